using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Checker.Histories;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Testing.Histories;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One execution as the committed rows tell it, judged event by event as they commit.</summary>
/// <param name="machine">The machine.</param>
/// <param name="punctualFrom">From when on (Unix milliseconds) nothing goes wrong any more that could make a timer late.</param>
/// <param name="faults">Where landmarks are counted.</param>
/// <param name="violated">Who hears of what must not be.</param>
internal sealed class ModelExecution(SimulatedMachine machine, long punctualFrom, Faults faults, Action<string> violated)
{
    private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

    private readonly HashSet<(string Scope, long Visit, int Attempt)> _started = [];
    private readonly Dictionary<string, ModelScope> _scopes = new(StringComparer.Ordinal);
    private readonly List<HistoryLine> _history = [];
    private long _lastId;
    private long _latest;
    private bool _ended;

    internal Execution Fold { get; private set; } = Execution.Empty(machine.Definition);

    internal int Terminals { get; private set; }

    /// <summary>Sees each event with the visit and the attempt of its scope.</summary>
    internal required Action<ExecutionEvent, long, int> TaskSeen { get; init; }

    /// <summary>Whether the start of a call has committed.</summary>
    internal bool HasStarted(string scope, long visit, int attempt) => _started.Contains((scope, visit, attempt));

    /// <summary>What is wrong with the history by the rules, or null.</summary>
    internal string? Wrong() => HistoryRules.Check(machine.Text, _history);

    internal void Committed(JournalRow row, long now)
    {
        Fold = Codec.Fold(Fold, row.Events);
        if (row.Terminal != Fold.IsClosed)
            violated($"row {row.SequenceNr} says terminal {row.Terminal}, its fold {Fold.State}");
        var first = _lastId;
        foreach (var wire in EventCodec.Read(row.Events).Events)
        {
            var e = EventReader.ToEvent(wire) with { Id = wire.Id, PreviousId = wire.PreviousId, At = wire.At, Scope = wire.Scope };
            Judge(e, now, InlineOf(wire));
        }

        var expected = _lastId == first ? (0, 0) : (first + 1, _lastId);
        if (expected != (row.FirstHistoryId, row.LastHistoryId))
            violated($"row {row.SequenceNr} says history {row.FirstHistoryId}-{row.LastHistoryId}, its events {expected}");
    }

    /// <summary>The payload that an event holds itself, and does not refer to.</summary>
    private static Payload? InlineOf(Cluster.Node.Executions.Encoding.Wire.Event wire) =>
        wire.Payload is { WhereCase: Cluster.Node.Executions.Encoding.Wire.Payload.WhereOneofCase.Inline } held ? Payload.OfText(Codec.Text(held)) : null;

    private void Judge(ExecutionEvent e, long now, Payload? payload)
    {
        if (_ended)
            violated($"{e.GetType().Name} after the end");

        // The clock of an earlier owner may have been ahead: times never go back.
        if (e.At > Math.Max(now, _latest))
            violated($"{e.GetType().Name} is from the future: {e.At} at {now}");
        _latest = Math.Max(_latest, e.At);
        if (e.IsHistory)
        {
            if (e.Id != _lastId + 1)
                violated($"history id {e.Id} follows {_lastId}");
            if (e.PreviousId >= e.Id)
                violated($"event {e.Id} is chained to {e.PreviousId}");
            _lastId = e.Id;
            _history.AddRange(HistoryLines.Of([e]));
        }

        if (e.IsTerminal)
        {
            _ended = true;
            Terminals++;
        }

        Track(e, now);
        TaskSeen(e with { Payload = payload }, Of(e).Visit, Of(e).Attempts - 1);
        Of(e).IsFailing = e is TaskFailed or TaskTimedOut or StateFailed or BranchesFailed;
    }

    private ModelScope Of(ExecutionEvent e)
    {
        if (!_scopes.TryGetValue(e.Scope, out var scope))
            _scopes.Add(e.Scope, scope = new ModelScope(punctualFrom, violated));
        return scope;
    }

    private void Track(ExecutionEvent e, long now)
    {
        var scope = Of(e);
        switch (e)
        {
            case StateEntered entered:
                scope.Enter(entered, machine.Definition.Root);
                break;
            case WaitStarted wait:
                scope.NotBefore = wait.Until;
                break;
            case StateExited { Type: StateType.Wait }:
                scope.Timely(e, e.At, now);
                break;
            case StateExited when scope.IsFailing:
                faults.Passed(Landmark.Caught);
                break;
            case TaskFailed failed:
                scope.IsCalling = false;
                if (failed.Cause?.StartsWith(EffectRunner.OutcomeUnknown, StringComparison.Ordinal) == true)
                    faults.Passed(Landmark.OutcomeUnknown);
                break;
            case TaskSucceeded:
                scope.IsCalling = false;
                break;
            case RetryScheduled retry:
                faults.Passed(Landmark.Retried);
                scope.Retried(retry);
                break;
            case TaskScheduled or ParallelStateStarted or MapStateStarted:
                Attempted(scope, e, now);
                break;
            case TaskHeartbeat or TaskSubmitted or TaskStarted { Kind: TaskKind.Activity }:
                scope.Heard(e.At);
                break;
            case TaskStarted:
                _started.Add((e.Scope, scope.Visit, scope.Attempts - 1));
                scope.IsCalling = true;
                break;
            case TaskTimedOut timedOut:
                faults.Passed(Landmark.TaskTimedOut);
                scope.NotBefore = timedOut.Heartbeat ? scope.SilentDue : scope.CallDue;
                scope.IsCalling = false;
                scope.Timely(e, e.At, now);
                break;
            case MapIterationStarted iteration when iteration.Index >= Limits.MapLanes:
                faults.Passed(Landmark.LaneTakenAgain);
                break;
            case StateAborted:
                faults.Passed(Landmark.SiblingCutShort);
                if (scope.IsCalling)
                    faults.Passed(Landmark.SiblingCallGivenUp);
                break;
            case ExecutionTimedOut:
                faults.Passed(Landmark.ExecutionTimedOut);
                scope.NotBefore = Fold.StartedAt + (machine.Definition.TimeoutSeconds * 1000);
                scope.Timely(e, now, now);
                if (e.At != Fold.StoppedAt)
                    violated($"timed out at {e.At}, its fold says {Fold.StoppedAt}");
                break;
        }
    }

    private void Attempted(ModelScope scope, ExecutionEvent e, long now)
    {
        scope.Attempted(e, now);
        if (e is MapStateStarted && scope.Attempts > 1)
            faults.Passed(Landmark.MapRetried);
    }
}
