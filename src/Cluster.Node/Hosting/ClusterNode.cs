using Cluster.Gateway.Hosting;
using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Node.Sharding;
using Cluster.Node.StateMachines;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.StepFunctions;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Transport;
using Cluster.Protocol.Nodes;
using Cluster.Protocol.Ports;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>A node put together: its shards run, and its ports answer. It knows neither HTTP nor a database.</summary>
public sealed class ClusterNode
{
    private readonly ExecutionEntities _entities;
    private readonly CoordinatorRoom? _coordinatorRoom;
    private readonly PromiseRef _joined = new();

    /// <summary>Starts all shards; each brings back what was open.</summary>
    public ClusterNode(NodeParts parts)
    {
        System = new ActorSystem(parts.Dispatcher, parts.Time, parts.Loggers.CreateLogger<ActorSystem>());
        var codec = new EventCodec(new IdentityPayloadCodec());
        var activities = new ActivityHeads(parts.Activities, parts.Time);
        var definitions = new DefinitionCache(parts.Machines, activities);
        var heads = new MachineHeads(parts.Machines, parts.Time);
        ActivityRegion = new ActivityRegion(System);
        var letters = new ExecutionLetters(parts.Loggers.CreateLogger<ExecutionLetters>());
        var starts = new StartExecutionRunner(parts.Secrets, parts.Time, parts.Loggers.CreateLogger<StartExecutionRunner>());
        var actions = new SdkActionRunner(parts.Secrets, parts.Time, parts.Loggers.CreateLogger<SdkActionRunner>());
        var tokens = parts.Tokens ?? TaskTokens.Forgotten(parts.Secrets, parts.Time);
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
            Observer = parts.Observer,
            Slots = parts.Slots,
            Parked = Parked,
            Tokens = tokens,
            Letters = letters,
            Activities = activities,
            Offers = ActivityRegion,
            VerifyFolds = parts.VerifyFolds,
            Log = parts.Loggers.CreateLogger<ExecutionActor>(),
        };
        var lease = parts.Shared is null ? Lease.Endless : new Lease(parts.Time);
        _entities = new ExecutionEntities(room, new IntegrationRunner(starts, actions, parts.Tasks), parts.Shared?.Count ?? parts.Epochs!.Count, lease);
        var shards = new ShardRoom
        {
            Entities = _entities,
            Wakes = parts.Wakes,
            Timers = parts.Timers,
            Chance = parts.Chance,
            Drain = Drain,
        };
        if (parts.Shared is { } shared)
        {
            Region = new ShardRegion(System, shared.Count, shards);
            _coordinatorRoom = new CoordinatorRoom
            {
                Register = shared.Register,
                Region = Region,
                Lease = lease,
                Settings = shared.Settings,
                Joined = _joined,
                Log = parts.Loggers.CreateLogger<ShardCoordinator>(),
            };
        }
        else
        {
            Region = new ShardRegion(System, parts.Epochs!, shards);
            _joined.Tell(Sharding.HasJoined.Instance);
        }

        ActivityRegion.Room = new ActivityRoom
        {
            Region = Region,
            Tasks = parts.Pending,
            Timers = parts.Timers,
            Time = parts.Time,
            Partition = parts.Address.Partition,
        };
        Router = new LocalExecutionRouter(
            Region, lease, parts.Queries, heads, definitions, activities, ActivityRegion, tokens, parts.Time);
        letters.Router = Router;
        starts.Router = Router;
        Queries = new QueryService(
            parts.Queries, parts.Machines, parts.Activities, new HistoryReader(parts.Queries, codec), parts.Address, parts.Time);
        Catalog = new StateMachineCatalog(parts.Machines, definitions, heads, parts.Address, parts.Secrets, parts.Time);
        Activities = new ActivityCatalog(parts.Activities, activities, parts.Address, parts.Time);
        Tags = new TagCatalog(parts.Machines, parts.Activities);
        actions.Operations = new LocalOperations(
            new GatewayPorts(Router, Queries, Catalog, Activities, Tags, parts.Secrets, parts.Time), new GatewayOptions());
    }

    /// <summary>Decides which shards are here, where several nodes share them; null otherwise.</summary>
    public ActorRef? Coordinator { get; private set; }

    /// <summary>Whether the node holds the shards that fall to it at first.</summary>
    public bool HasJoined => _joined.Answer.IsCompleted;

    /// <summary>Whether the node drains.</summary>
    public DrainSwitch Drain { get; } = new();

    /// <summary>The executions that this process has found and does not run.</summary>
    public ParkedExecutions Parked { get; } = new(ExecutionMetrics.OfProcess);

    /// <summary>The actors.</summary>
    public ActorSystem System { get; }

    /// <summary>The shards.</summary>
    public ShardRegion Region { get; }

    /// <summary>The activities that are polled here.</summary>
    public ActivityRegion ActivityRegion { get; }

    /// <summary>Takes commands to executions.</summary>
    public IExecutionRouter Router { get; }

    /// <summary>Answers questions.</summary>
    public IQueryService Queries { get; }

    /// <summary>Changes machines.</summary>
    public IStateMachineCatalog Catalog { get; }

    /// <summary>Changes activities.</summary>
    public IActivityCatalog Activities { get; }

    /// <summary>Changes the tags of machines and activities.</summary>
    public ITagCatalog Tags { get; }

    /// <summary>Calls in flight and answers that are not taken yet.</summary>
    public int CallsInFlight => _entities.CallsInFlight;

    /// <summary>Joins the nodes that share the store; without any, all shards are here since the start.</summary>
    /// <param name="me">What the node says of itself.</param>
    /// <returns>A task that ends when the node holds the shards that fall to it at first.</returns>
    public Task JoinAsync(NodeEntry me)
    {
        if (_coordinatorRoom is not null)
            Coordinator ??= System.Spawn("coordinator", new ShardCoordinator(_coordinatorRoom, me));
        return _joined.Answer;
    }

    /// <summary>Gives all shards to other nodes, where there are any, and leaves the register.</summary>
    /// <returns>A task that ends when that is done.</returns>
    public Task LeaveAsync()
    {
        if (Coordinator is null)
            return Task.CompletedTask;
        var left = new PromiseRef();
        Coordinator.Tell(LeaveCluster.Instance, left);
        return left.Answer;
    }
}
