using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One execution as the committed rows tell it, judged event by event as they commit.</summary>
/// <param name="definition">The machine.</param>
/// <param name="punctualFrom">From when on (Unix milliseconds) nothing goes wrong any more that could make a timer late.</param>
/// <param name="faults">Where landmarks are counted.</param>
/// <param name="violated">Who hears of what must not be.</param>
internal sealed class ModelExecution(StateMachineDefinition definition, long punctualFrom, Faults faults, Action<string> violated)
{
    /// <summary>How late, in milliseconds, a timer may show in the journal of a healthy node.</summary>
    private const long MostLate = 1_000;

    private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

    private readonly HashSet<(long Visit, int Attempt)> _started = [];
    private readonly Dictionary<int, int> _retries = [];
    private long _lastId;
    private long _visit;
    private int _attempts;
    private TaskState? _task;
    private long? _notBefore;
    private long _callDue;
    private bool _ended;
    private bool _failing;

    internal Execution Fold { get; private set; } = Execution.Empty(definition);

    internal int Terminals { get; private set; }

    /// <summary>Whether the start of a call has committed.</summary>
    internal bool HasStarted(long visit, int attempt) => _started.Contains((visit, attempt));

    internal void Committed(JournalRow row, long now)
    {
        Fold = Codec.Fold(Fold, row.Events);
        if (row.Terminal != Fold.IsClosed)
            violated($"row {row.SequenceNr} says terminal {row.Terminal}, its fold {Fold.State}");
        var first = _lastId;
        foreach (var wire in EventCodec.Read(row.Events).Events)
        {
            var e = EventReader.ToEvent(wire) with { Id = wire.Id, PreviousId = wire.PreviousId, At = wire.At };
            Judge(e, now);
        }

        var expected = _lastId == first ? (0, 0) : (first + 1, _lastId);
        if (expected != (row.FirstHistoryId, row.LastHistoryId))
            violated($"row {row.SequenceNr} says history {row.FirstHistoryId}-{row.LastHistoryId}, its events {expected}");
    }

    private void Judge(ExecutionEvent e, long now)
    {
        if (_ended)
            violated($"{e.GetType().Name} after the end");
        if (e.At > now)
            violated($"{e.GetType().Name} is from the future: {e.At} at {now}");
        if (e.IsHistory)
        {
            if (e.Id != _lastId + 1)
                violated($"history id {e.Id} follows {_lastId}");
            if (e.PreviousId >= e.Id)
                violated($"event {e.Id} is chained to {e.PreviousId}");
            _lastId = e.Id;
        }

        if (e.IsTerminal)
        {
            _ended = true;
            Terminals++;
        }

        Track(e, now);
        _failing = e is TaskFailed or TaskTimedOut or StateFailed;
    }

    private void Track(ExecutionEvent e, long now)
    {
        switch (e)
        {
            case StateEntered entered:
                _visit++;
                _attempts = 0;
                _retries.Clear();
                definition.Root.TryGetState(entered.Name, out var state);
                _task = state as TaskState;
                break;
            case WaitStarted wait:
                _notBefore = wait.Until;
                break;
            case StateExited { Type: StateType.Wait }:
                Timely(e, e.At, now);
                break;
            case StateExited when _failing:
                faults.Passed(Landmark.Caught);
                break;
            case TaskFailed { Cause: { } cause } when cause.StartsWith(EffectRunner.OutcomeUnknown, StringComparison.Ordinal):
                faults.Passed(Landmark.OutcomeUnknown);
                break;
            case RetryScheduled retry:
                faults.Passed(Landmark.Retried);
                Retried(retry);
                break;
            case TaskScheduled:
                if (_attempts > 0)
                    Timely(e, e.At, now);
                _attempts++;
                if (_attempts > 1 + _task!.Retry.Sum(r => r.MaxAttempts))
                    violated($"attempt {_attempts} of {_task.Name} is beyond its retriers");
                _notBefore = null;
                break;
            case TaskStarted:
                _started.Add((_visit, _attempts - 1));
                _callDue = e.At + ((_task!.Timeout?.Seconds ?? 0) * 1000);
                break;
            case TaskTimedOut:
                faults.Passed(Landmark.TaskTimedOut);
                _notBefore = _callDue;
                Timely(e, e.At, now);
                break;
            case ExecutionTimedOut:
                faults.Passed(Landmark.ExecutionTimedOut);
                _notBefore = Fold.StartedAt + (definition.TimeoutSeconds * 1000);
                Timely(e, now, now);
                if (e.At != Fold.StoppedAt)
                    violated($"timed out at {e.At}, its fold says {Fold.StoppedAt}");
                break;
        }
    }

    private void Retried(RetryScheduled retry)
    {
        var retrier = _task!.Retry[retry.Retrier];
        var count = _retries.GetValueOrDefault(retry.Retrier);
        _retries[retry.Retrier] = count + 1;
        if (count + 1 > retrier.MaxAttempts)
            violated($"retry {count + 1} of {_task.Name} by a retrier of {retrier.MaxAttempts}");
        var seconds = retrier.IntervalSeconds * Math.Pow(retrier.BackoffRate, count);
        var delay = (long)(Math.Min(seconds, retrier.MaxDelaySeconds ?? double.MaxValue) * 1000);
        var gap = retry.Due - retry.At;
        if (gap > delay || (!retrier.FullJitter && gap < delay))
            violated($"a back-off of {gap} ms in {_task.Name} where {delay} was computed");
        _notBefore = retry.Due;
    }

    /// <summary>What a time brought came not before it, and in healthy days not long after it.</summary>
    private void Timely(ExecutionEvent e, long at, long now)
    {
        if (_notBefore is not { } due || at < due)
            violated($"{e.GetType().Name} at {at}, which was not due before {_notBefore}");
        else if (due >= punctualFrom && now - due > MostLate)
            violated($"{e.GetType().Name} committed at {now}, which was due at {due}");
        _notBefore = null;
    }
}
