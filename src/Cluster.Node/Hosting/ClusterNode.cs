using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Node.Sharding;
using Cluster.Node.StateMachines;
using Cluster.Node.Transport;
using Cluster.Protocol.Ports;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>A node put together: its shards run, and its ports answer. It knows neither HTTP nor a database.</summary>
public sealed class ClusterNode
{
    private readonly ExecutionEntities _entities;

    /// <summary>Starts all shards; each brings back what was open.</summary>
    public ClusterNode(NodeParts parts)
    {
        System = new ActorSystem(parts.Dispatcher, parts.Time, parts.Loggers.CreateLogger<ActorSystem>());
        var codec = new EventCodec(new IdentityPayloadCodec());
        var definitions = new DefinitionCache(parts.Machines);
        var heads = new MachineHeads(parts.Machines, parts.Time);
        var room = new ExecutionRoom
        {
            Journal = parts.Journal,
            Definitions = definitions,
            Timers = parts.Timers,
            Chance = parts.Chance,
            Time = parts.Time,
            Codec = codec,
            Limits = parts.Limits,
            BranchesAtATime = ExecutionRoom.BranchesPerProcessor * Environment.ProcessorCount,
            FaultPoints = parts.FaultPoints,
            Drain = Drain,
            VerifyFolds = parts.VerifyFolds,
            Log = parts.Loggers.CreateLogger<ExecutionActor>(),
        };
        _entities = new ExecutionEntities(room, parts.Tasks, parts.Epochs.Count);
        Region = new ShardRegion(
            System, parts.Epochs, (range, epoch) => new Shard(range, epoch, _entities, parts.Wakes, parts.Timers, parts.Chance));
        Router = new LocalExecutionRouter(Region, parts.Queries, heads, definitions, parts.Time);
        Queries = new QueryService(parts.Queries, parts.Machines, new HistoryReader(parts.Queries, codec), parts.Address, parts.Time);
        Catalog = new StateMachineCatalog(parts.Machines, definitions, heads, parts.Address, parts.Secrets, parts.Time);
    }

    /// <summary>Whether the node drains.</summary>
    public DrainSwitch Drain { get; } = new();

    /// <summary>The actors.</summary>
    public ActorSystem System { get; }

    /// <summary>The shards.</summary>
    public ShardRegion Region { get; }

    /// <summary>Takes commands to executions.</summary>
    public IExecutionRouter Router { get; }

    /// <summary>Answers questions.</summary>
    public IQueryService Queries { get; }

    /// <summary>Changes machines.</summary>
    public IStateMachineCatalog Catalog { get; }

    /// <summary>Calls in flight and answers that are not taken yet.</summary>
    public int CallsInFlight => _entities.CallsInFlight;
}
