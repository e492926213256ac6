using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Tests.Simulation.Nested;
using Cluster.Node.Tests.Simulation.Workers;
using Cluster.Node.Timers;
using Cluster.Protocol.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One life of a node: the real actors, shards and executions on simulated ports.</summary>
internal sealed class SimulatedNode
{
    private const string ShardName = "shard-";
    private const string ActivityName = "activity-";

    private readonly World _world;
    private readonly ExecutionEntities _entities;
    private readonly SimulatedFunctions _functions;
    private readonly SimulatedRegister _register;
    private readonly ActorRef? _coordinator;
    private readonly ActivityRegion _activities;

    internal SimulatedNode(World world, NodeLife life, NodeSlot slot)
    {
        _world = world;
        Life = life;
        Slot = slot;
        var random = world.Random.Fork();
        var time = new VirtualTime(world.Agenda, life, slot.Skew, slot.Rate);
        System = new ActorSystem(new SimulationDispatcher(world.Agenda, life, world.Faults, random.Fork()), time)
        {
            Delivering = Delivering,
        };
        var timers = new TimerQueue(time);
        var chance = new SimulatedChance(random.Fork());
        var lease = world.Shape.IsCluster ? new Lease(time) : Lease.Endless;
        var tokens = SimulatedTokenKeys.Open(world, time, random.Below(int.MaxValue));
        var nested = new NestedParts(world, life, this, lease, tokens, time, random.Fork());
        Post = nested.Post;
        _activities = new ActivityRegion(System);
        var room = new ExecutionRoom
        {
            Journal = Journal(world, random),
            Definitions = world.Definitions,
            Timers = timers,
            Chance = chance,
            Time = time,
            Tokens = tokens,
            Letters = nested.Letters,
            Offers = _activities,
            VerifyFolds = true,
            Observer = world.Observers.Of(life),
            Metrics = world.Metrics,
            Log = NullLogger.Instance,
        };
        _functions = new SimulatedFunctions(world, life, lease, random.Fork())
        {
            Leaving = call => world.Calls.Leaving(call, life),
        };
        _entities = new ExecutionEntities(room, nested.Runner(_functions), world.Store.ShardCount, lease);
        _register = new SimulatedRegister(world, life);
        var shards = new ShardRoom
        {
            Entities = _entities,
            Wakes = new SimulatedWakes(world, life, random.Fork()),
            Timers = timers,
            Chance = chance,
        };
        if (world.Shape.IsCluster)
        {
            Region = new ShardRegion(System, world.Store.ShardCount, shards);
            _coordinator = System.Spawn("coordinator", new ShardCoordinator(Room(lease), Me));
        }
        else
        {
            Region = new ShardRegion(System, World.Now(world.Store.AcquireShardsAsync(CancellationToken.None)), shards);
            world.Register.Look(request: null, life);
        }

        Front = new Front(world, life, this);
        _activities.Room = new ActivityRoom { Region = Region, Tasks = new SimulatedPendingTasks(world, life), Timers = timers, Time = time };
        Tasks = new TaskDoor(world, life, Region, _activities, tokens, lease);
    }

    internal NodeLife Life { get; }

    internal NodeSlot Slot { get; }

    internal ActorSystem System { get; }

    internal ShardRegion Region { get; }

    internal Front Front { get; }

    /// <summary>What executions of this node send to others.</summary>
    internal SimulatedPost Post { get; }

    /// <summary>The door for workers and whoever has a token.</summary>
    internal TaskDoor Tasks { get; }

    /// <summary>Calls that the functions think are waited for.</summary>
    internal int OpenCalls => _functions.Open;

    internal int CallsInFlight => _entities.CallsInFlight;

    /// <summary>Actors beside those that live as long as the node.</summary>
    internal int ActorsTooMany => System.Live - Region.Shards.Count - (_coordinator is null ? 0 : 1) - _activities.Count;

    private NodeEntry Me => new(Life.Number, $"node-{Slot.Index}", Slot.Address, IsLeaving: false);

    /// <summary>Whether a shard lives here.</summary>
    internal bool Holds(int shard) => Region.Shards.Any(actor => string.Equals(actor.Name, $"{ShardName}{shard}", StringComparison.Ordinal));

    /// <summary>The store has ended all connections. Who cannot reach it hears nothing of that.</summary>
    internal void StoreRestarted()
    {
        if (_world.Network.IsCut(Slot.Index, Network.Store) || _world.Network.IsCut(Network.Store, Slot.Index))
            _world.Store.CutOff(Life.Number);
        else
            BreakConnection();
    }

    /// <summary>The connection to the register breaks. The process may notice that only by what it does beside asking for its lease.</summary>
    internal void BreakConnection()
    {
        if (!Life.IsFrozen && _world.Faults.Strikes(FaultKind.ConnectionMadeAnewUnseen, 0.3, Slot.Address))
            _register.BreakUnseen();
        else
            _register.Break();
    }

    /// <summary>Leaves in order.</summary>
    /// <param name="left">Called once all is given away.</param>
    internal void Leave(Action left) => _coordinator!.Tell(LeaveCluster.Instance, new Leaver(left));

    private IExecutionJournal Journal(World world, SimulationRandom random)
    {
        var store = world.Shape.IsCluster ? world.Store.JournalOf(Life.Number) : world.Store;
        return world.Sabotage.Journal(new FaultyJournal(world.Sabotage.Store(store, world), world, Life, random.Fork())
        {
            Committed = world.Invariants.Committed,
        });
    }

    private CoordinatorRoom Room(Lease lease) => new()
    {
        Register = _world.Sabotage.Register(_register, World.Lease),
        Region = Region,
        Lease = lease,
        Settings = World.Settings,
        Log = NullLogger.Instance,
    };

    /// <summary>A step, at which an actor may fail.</summary>
    private void Delivering(ActorRef actor, object message)
    {
        _world.Stepped(Life, "deliver", actor.Name, NameOf(message));
        if (!Life.IsAlive || Region is null || ReferenceEquals(actor, _coordinator) || !Fails(actor))
            return;
        _world.Invariants.ActorFailed(IsPartOfNode(actor) ? $"{Life.Number} {actor.Name}" : actor.Name);
        throw new SimulatedFailureException();
    }

    /// <summary>Shards are the ground that everything stands on; where there is a coordinator it makes them anew.</summary>
    private bool Fails(ActorRef actor) => actor.Name.StartsWith(ShardName, StringComparison.Ordinal)
        ? _coordinator is not null && _world.Faults.Strikes(FaultKind.ShardFailure, 0.0003, actor.Name)
        : _world.Fails(actor.Name);

    private static bool IsPartOfNode(ActorRef actor) =>
        actor.Name.StartsWith(ShardName, StringComparison.Ordinal) || actor.Name.StartsWith(ActivityName, StringComparison.Ordinal);

    private static string NameOf(object message) => message switch
    {
        ToEntity to => $"ToEntity {to.Message.GetType().Name}",
        Terminated { Failure: { } failure } => $"Terminated {failure.GetType().Name} {failure.Message}",
        _ => message.GetType().Name,
    };

    private sealed class SimulatedFailureException() : Exception("simulated");

    private sealed class Leaver(Action left) : ActorRef
    {
        public override string Name => "leaver";

        public override void Tell(object message, ActorRef? sender = null) => left();
    }

    private sealed class SimulatedChance(SimulationRandom random) : IChance
    {
        public ulong Next() => random.Next();
    }
}
