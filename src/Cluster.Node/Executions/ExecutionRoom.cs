using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Executions.Letters;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Timers;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Executions;

/// <summary>What all executions of a node share: its ports and settings.</summary>
public sealed record ExecutionRoom
{
    /// <summary>Where events become durable.</summary>
    public required IExecutionJournal Journal { get; init; }

    /// <summary>Where compiled definitions come from.</summary>
    public required IDefinitionSource Definitions { get; init; }

    /// <summary>Timers of executions in memory.</summary>
    public required ITimers Timers { get; init; }

    /// <summary>Seeds for decisions.</summary>
    public required IChance Chance { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Events to bytes and back.</summary>
    public EventCodec Codec { get; init; } = new(new IdentityPayloadCodec());

    /// <summary>
    /// How many branches of one execution are run at a time: enough to use all processors, and few enough that others get their turn.
    /// </summary>
    public int BranchesAtATime { get; init; } = 2 * BranchesPerProcessor;

    /// <summary>How many of them there are for each processor: while one runs the next is at hand.</summary>
    public const int BranchesPerProcessor = 2;

    /// <summary>The limits of executions.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Places where a test host may end the process.</summary>
    public IFaultPoints FaultPoints { get; init; } = NoFaultPoints.Instance;

    /// <summary>Who is told what has committed.</summary>
    public IExecutionObserver Observer { get; init; } = NoExecutionObserver.Instance;

    /// <summary>Where each thread notes for which execution it is working.</summary>
    public IDecisionSlots Slots { get; init; } = NoDecisionSlots.Instance;

    /// <summary>Makes task tokens.</summary>
    public required TaskTokens Tokens { get; init; }

    /// <summary>Carries what executions tell each other.</summary>
    public ILetters Letters { get; init; } = NoLetters.Instance;

    /// <summary>Which activities there are.</summary>
    public IActivityDirectory Activities { get; init; } = EveryActivity.Instance;

    /// <summary>Who hears of tasks that wait for a worker.</summary>
    public ITaskOffers Offers { get; init; } = NoTaskOffers.Instance;

    /// <summary>The executions that are not run.</summary>
    public ParkedExecutions Parked { get; init; } = new(ExecutionMetrics.OfProcess);

    /// <summary>Whether each append is decoded again and its fold compared with the live execution; on in tests and simulation.</summary>
    public bool VerifyFolds { get; init; }

    /// <summary>What is counted.</summary>
    public ExecutionMetrics Metrics { get; init; } = ExecutionMetrics.OfProcess;

    /// <summary>Where what happens to executions is told.</summary>
    public required ILogger Log { get; init; }

    /// <summary>The time in Unix milliseconds.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>Where compiled definitions come from. They are compiled once per content hash.</summary>
public interface IDefinitionSource
{
    /// <summary>Asks for a definition; the answer may come before the call returns.</summary>
    /// <param name="hash">SHA-256 of its text.</param>
    /// <param name="reply">Who gets it.</param>
    void Request(ReadOnlyMemory<byte> hash, IDefinitionReply reply);
}

/// <summary>Where a definition goes. Called on any thread; must only hand it on.</summary>
public interface IDefinitionReply
{
    /// <summary>The definition, or null with a reason when it cannot be had now.</summary>
    void Defined(Asl.Definitions.StateMachineDefinition? definition, Exception? reason);
}
