using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Sharding;
using Cluster.Node.Timers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One life of the node: the real actors, shards and executions on simulated ports.</summary>
internal sealed class SimulatedNode
{
    private readonly ExecutionEntities _entities;
    private readonly SimulatedFunctions _functions;

    internal SimulatedNode(World world, NodeLife life, IReadOnlyList<long> epochs)
    {
        Life = life;
        var random = world.Random.Fork();
        var time = new VirtualTime(world.Agenda, life);
        System = new ActorSystem(new SimulationDispatcher(world.Agenda, life, world.Faults, random.Fork()), time)
        {
            Delivering = (actor, message) => Delivering(world, actor, message),
        };
        var timers = new TimerQueue(time);
        var chance = new SimulatedChance(random.Fork());
        var room = new ExecutionRoom
        {
            Journal = new FaultyJournal(world.Store, world.Agenda, life, world.Faults, random.Fork(), world)
            {
                Committed = world.Invariants.Committed,
            },
            Definitions = world.Definitions,
            Timers = timers,
            Chance = chance,
            Time = time,
            VerifyFolds = true,
            Metrics = world.Metrics,
            Log = NullLogger.Instance,
        };
        _functions = new SimulatedFunctions(world.Agenda, life, world.Faults, random.Fork(), world)
        {
            Leaving = call => world.Invariants.Leaving(call, life),
        };
        var wakes = new SimulatedWakes(world.Store, world.Agenda, life, world.Faults, random.Fork());
        _entities = new ExecutionEntities(room, _functions, epochs.Count);
        Region = new ShardRegion(
            System, epochs, new ShardRoom { Entities = _entities, Wakes = wakes, Timers = timers, Chance = chance });
    }

    internal NodeLife Life { get; }

    internal ActorSystem System { get; }

    internal ShardRegion Region { get; }

    /// <summary>Calls that the functions think are waited for.</summary>
    internal int OpenCalls => _functions.Open;

    internal int CallsInFlight => _entities.CallsInFlight;

    /// <summary>A step, at which an execution's actor may fail. The shards are the ground that everything stands on.</summary>
    private void Delivering(World world, ActorRef actor, object message)
    {
        world.Stepped("deliver", actor.Name, NameOf(message));
        if (!Life.IsAlive || Region is null || Region.Shards.Contains(actor) || !world.Fails(actor.Name))
            return;
        world.Invariants.ActorFailed(actor.Name);
        throw new SimulatedFailureException();
    }

    private static string NameOf(object message) => message switch
    {
        ToEntity to => $"ToEntity {to.Message.GetType().Name}",
        Terminated { Failure: { } failure } => $"Terminated {failure.GetType().Name} {failure.Message}",
        _ => message.GetType().Name,
    };

    private sealed class SimulatedFailureException() : Exception("simulated");

    private sealed class SimulatedChance(SimulationRandom random) : IChance
    {
        public ulong Next() => random.Next();
    }
}
