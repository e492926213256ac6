using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Node.Actors;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Executions.Letters;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// An execution in memory: takes one message at a time, lets the core decide, makes the events durable, and only then lets out what
/// follows from them.
/// </summary>
/// <remarks>
/// <para>Always: nothing leaves before the append that holds its events has committed; at most one append is in flight, and what is decided
/// meanwhile is the next; with more than <see cref="MostWaitingBytes"/> decided and not committed nothing more is decided.</para>
/// <para>An append that was refused or whose outcome is unknown ends the actor; the shard builds it anew from the journal.</para>
/// </remarks>
public sealed partial class ExecutionActor : Actor
{
    /// <summary>How many bytes of decided events may wait for their commit.</summary>
    public const long MostWaitingBytes = 4 << 20;

    /// <summary>Waits longer than this, in milliseconds, are slept in the store.</summary>
    public const long LongestAwakeWait = 1_000;

    /// <summary>A snapshot is written at passivation when more events than this came since the last.</summary>
    public const int EventsBetweenSnapshots = 200;

    private readonly ExecutionId _id;
    private readonly ShardHold _hold;
    private readonly ExecutionRoom _room;
    private readonly EffectRunner _effects;
    private readonly Queue<Envelope> _deferred = new();
    private readonly Ports _ports;
    private readonly ExecutionEnvironment _environment;
    private readonly PendingTasks _pending;
    private Execution? _execution;
    private PendingAppend _next = new();
    private PendingAppend? _flying;
    private long _sequenceNr;
    private int _eventsSinceSnapshot;
    private long? _storedWakeAt;
    private bool _wakeIsKnown = true;
    private MessageTimer? _alarm;
    private bool _goingOn;
    private bool _passivating;
    private bool _sleepsSoon;
    private bool _ending;
    private bool _handedOff;
    private readonly bool _isNew;
    private readonly bool _wasHere;

    private ExecutionActor(ExecutionId id, ShardHold hold, ExecutionRoom room, EffectRunner effects, bool isNew, bool wasHere)
    {
        _id = id;
        _hold = hold;
        _room = room;
        _effects = effects;
        _isNew = isNew;
        _wasHere = wasHere;
        _ports = new Ports(this);
        _environment = new ExecutionEnvironment(id, room);
        _pending = new PendingTasks(id);
    }

    /// <summary>An execution that starts now.</summary>
    public static ExecutionActor Start(ExecutionId id, ShardHold hold, ExecutionRoom room, EffectRunner effects) =>
        new(id, hold, room, effects, isNew: true, wasHere: false);

    /// <summary>An execution that reads itself back from the journal.</summary>
    public static ExecutionActor Restore(ExecutionId id, ShardHold hold, ExecutionRoom room, EffectRunner effects, bool wasHere) =>
        new(id, hold, room, effects, isNew: false, wasHere);

    /// <inheritdoc/>
    public override void PreStart()
    {
        _room.Metrics.Lived(1);
        if (_isNew)
            return;
        if (_room.Parked.Find(_id) is { Reason: not ParkReason.Quarantined } parked)
            _parked = new ExecutionAnswer.Parked(parked.Words);
        else
            Load();
    }

    /// <inheritdoc/>
    public override void PostStop()
    {
        _room.Metrics.Lived(-1);
        if (!_ending)
            Abandon();
        _branches?.EndAll();
        if (_alarm is not null)
            _room.Timers.Cancel(_alarm);
    }

    /// <inheritdoc/>
    public override void Receive(in Envelope message)
    {
        // Whatever ends the process from here on, deciding, folding or encoding, did so over this execution.
        _room.Slots.Enter(_id);
        try
        {
            Handle(message);
        }
        finally
        {
            _room.Slots.Leave();
        }
    }

    private void Handle(in Envelope message)
    {
        switch (message.Message)
        {
            case AppendAnswered answered:
                Answered(answered.Outcome);
                break;
            case StartEntity start:
                Begin(start, message.Sender);
                break;
            case HandOffStop:
                _handedOff = true;
                EndHandedOff();
                break;
            case ToEntity when _parked is not null:
                // An answer of a call stays with the effect runner, and a time in the store.
                message.Sender?.Tell(_parked);
                End();
                break;
            case ToEntity when _ending:
                // The shard knows already that this actor ends: it keeps the message for the next one.
                _hold.Shard.Tell(message.Message, message.Sender);
                break;
            case ScopeDecision or GoOn when _ending:
                break;
            case ToEntity or GoOn or ScopeDecision when _execution is null || IsFull:
                _mailSinceLoad = true;
                _deferred.Enqueue(message);
                break;
            case ToEntity to:
                Handle(to.Message, message.Sender);
                break;
            case GoOn:
                _goingOn = false;
                Handle(Wake.Instance, sender: null);
                break;
            case ScopeDecision:
                Handle(message.Message, sender: null);
                break;
            case LetterAnswered answered:
                if (!_ending)
                    Heard(answered);
                break;
            case RetryLetters:
                if (!_ending)
                    Retry();
                break;
            case Terminated terminated:
                Ended(terminated);
                break;
            case Loaded or LoadAgain or LoadFailed or DefinitionFound:
                Loading(message.Message);
                break;
            default:
                throw new InvalidOperationException($"An execution has no use for {message.Message.GetType().Name}.");
        }
    }

    private bool IsFull => _next.Bytes + (_flying?.Bytes ?? 0) > MostWaitingBytes;

    private void Handle(object message, ActorRef? sender)
    {
        switch (message)
        {
            case Wake:
                Decide(ExecutionCommand.GoOn.Instance);
                break;
            case GoToSleep:
                _sleepsSoon = true;
                break;
            case TaskAnswered answered:
                Take(answered);
                break;
            case ScopeDecision branch:
                Accept(branch);
                break;
            case RunCommand command:
                var decision = Decide(command.What);
                if (sender is not null)
                    Reply(sender, AnswerTo(command.What, decision));
                break;
            default:
                throw new InvalidOperationException($"An execution has no use for {message.GetType().Name}.");
        }

        Flush();
        Rest();
    }

    private static ExecutionAnswer AnswerTo(ExecutionCommand command, Decision decision) =>
        command is ExecutionCommand.StartActivity start && decision.Reply == CommandReply.Done
        && decision.Execution.Task(start.Scope, start.Visit, start.Attempt, ScopePhase.Delegated) is { } given
            ? new ExecutionAnswer.ActivityStarted(given.Token!, given.TaskInput!.Utf8)
            : new ExecutionAnswer.Handled(decision.Reply, decision.Execution.StoppedAt);

    private void Take(TaskAnswered answered)
    {
        var key = answered.Key;
        var decision = Decide(answered.Outcome switch
        {
            TaskOutcome.Succeeded ok => new ExecutionCommand.CompleteTask(key.Scope, key.Visit, key.Attempt, ok.Output),
            TaskOutcome.Failed failed => new ExecutionCommand.FailTask(key.Scope, key.Visit, key.Attempt, failed.Error, failed.Cause),
            _ => throw new InvalidOperationException($"No command for {answered.Outcome.GetType().Name}."),
        });

        if (decision.Reply != CommandReply.Done && TakeOrphans(answered))
            return;

        // Also a repeated answer is kept until the append that took the first one has committed: a rebuilt actor may need it.
        if (decision.Reply == CommandReply.Done || _next.Events.Count > 0)
            _next.Take(key);
        else if (_flying is not null)
            _flying.Take(key);
        else
            _effects.Taken(key);
    }

    /// <summary>The limits of a decision: while the shard drains nothing follows by itself.</summary>
    private Limits Limits => _hold.Drain.IsOn ? _room.Limits with { DecisionEvents = 0 } : _room.Limits;

    private Decision Decide(ExecutionCommand command)
    {
        _room.FaultPoints.Deciding(_execution!);
        var now = _room.Now;
        var decision = ExecutionDecider.Decide(
            _execution!,
            command,
            new DecisionContext(now, _room.Chance.Next(), Limits, BranchesApart: true, _environment));
        _execution = decision.Execution;
        _next.Add(decision);
        _eventsSinceSnapshot += decision.Events.Length;
        if (!decision.Events.IsEmpty)
            _lastEventsAt = now;
        if (_execution.HasWork && !_goingOn && !_hold.Drain.IsOn)
        {
            _goingOn = true;
            Self.Tell(GoOn.Instance);
        }

        RunBranches(decision);
        return decision;
    }

    /// <summary>Answers a sender once all that its answer was judged on has committed.</summary>
    private void Reply(ActorRef sender, ExecutionAnswer answer)
    {
        if (_next.Events.Count > 0)
            _next.Reply(sender, answer);
        else if (_flying is not null)
            _flying.Reply(sender, answer);
        else
            sender.Tell(IsSure(answer) ? answer : new ExecutionAnswer.Unavailable("Another node may hold the execution; try again."));
    }

    /// <summary>No commit shows that a task is not waited for: who has lost the shard, and does not know it, may only not have heard of the task.</summary>
    private bool IsSure(ExecutionAnswer answer) => answer is not ExecutionAnswer.Handled { Reply: CommandReply.NotWaitedFor } || _effects.IsCurrent;

    /// <summary>Goes on with the mail that had to wait.</summary>
    private void Undefer()
    {
        RunHeldBranches();
        while (_deferred.Count > 0 && _execution is not null && !IsFull)
            Handle(_deferred.Dequeue());
    }

    /// <summary>The shard goes to another node: when nothing of this execution is on its way, it ends. What is stored tells the rest.</summary>
    private void EndHandedOff()
    {
        if (_ending || _flying is not null || _passivating || _next.Events.Count > 0 || _deferred.Count > 0)
            return;
        End();
    }

    /// <summary>This actor has failed: whoever waits for an answer of its is told to try again, and mail is for the next one.</summary>
    private void Abandon()
    {
        _ending = true;
        if (_sequenceNr > 0)
        {
            // Who waits for a start hears of its end from the shard.
            if (_flying is not null)
                TellUnavailable(_flying);
            TellUnavailable(_next);
        }

        // The next one would fail over what it is to read back as this one did, at once and again, as long as mail calls for it.
        if (_restoring)
            RefuseDeferred(new ExecutionAnswer.Unavailable("The execution cannot go on now; try again."));
        HandBack();
    }

    /// <summary>This actor ends: mail that it keeps is for the next one.</summary>
    private void HandBack()
    {
        while (_deferred.TryDequeue(out var letter))
        {
            if (letter.Message is ToEntity)
                _hold.Shard.Tell(letter.Message, letter.Sender);
        }
    }

    /// <summary>To itself: a decision ended at its limit, or a time has come.</summary>
    private sealed record GoOn
    {
        public static readonly GoOn Instance = new();
    }
}
