using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.StateMachines;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Timers;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>What a node is put together from. A test brings other parts; everything behind them is the same.</summary>
public sealed record NodeParts
{
    /// <summary>The journal.</summary>
    public required IExecutionJournal Journal { get; init; }

    /// <summary>Reads from storage.</summary>
    public required IExecutionQueries Queries { get; init; }

    /// <summary>Machines and definitions.</summary>
    public required IStateMachineStore Machines { get; init; }

    /// <summary>Activities.</summary>
    public required IActivityStore Activities { get; init; }

    /// <summary>The epoch of each shard, as this process took it; null where several nodes share the store.</summary>
    public IReadOnlyList<long>? Epochs { get; init; }

    /// <summary>How the shards of a store are shared with other nodes; null where this process holds them all.</summary>
    public SharedShards? Shared { get; init; }

    /// <summary>Calls of work outside.</summary>
    public required ITaskRunner Tasks { get; init; }

    /// <summary>Where actors run.</summary>
    public required IDispatcher Dispatcher { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Timers over that clock.</summary>
    public required ITimers Timers { get; init; }

    /// <summary>Where shards read their sleepers.</summary>
    public required IWakeSource Wakes { get; init; }

    /// <summary>Where activities read their tasks.</summary>
    public required IPendingTaskSource Pending { get; init; }

    /// <summary>Task tokens; null for those of a key that nobody keeps.</summary>
    public TaskTokens? Tokens { get; init; }

    /// <summary>Chance for ids and seeds.</summary>
    public required IChance Chance { get; init; }

    /// <summary>Chance that nobody can foretell.</summary>
    public required ISecretSource Secrets { get; init; }

    /// <summary>In whose name the node answers.</summary>
    public required NodeAddress Address { get; init; }

    /// <summary>Where it logs.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The limits of executions.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Who is told what executions have made durable.</summary>
    public IExecutionObserver Observer { get; init; } = NoExecutionObserver.Instance;

    /// <summary>Where each thread notes for which execution it is working.</summary>
    public IDecisionSlots Slots { get; init; } = NoDecisionSlots.Instance;

    /// <summary>Places where a test host may end the process.</summary>
    public IFaultPoints FaultPoints { get; init; } = NoFaultPoints.Instance;

    /// <summary>Whether each append's fold is compared with the live execution; on in tests and simulation.</summary>
    public bool VerifyFolds { get; init; }
}
