using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One scope of an execution as the committed rows tell it: attempts, retries, and what comes not before its time.</summary>
/// <param name="punctualFrom">From when on (Unix milliseconds) nothing goes wrong any more that could make a timer late.</param>
/// <param name="violated">Who hears of what must not be.</param>
internal sealed class ModelScope(long punctualFrom, Action<string> violated)
{
    /// <summary>How late, in milliseconds, a timer may show in the journal of a healthy node.</summary>
    private const long MostLate = 1_000;

    private readonly Dictionary<int, int> _retries = [];
    private RecoverableState? _state;

    internal long Visit { get; private set; }

    internal int Attempts { get; private set; }

    /// <summary>Before when the next event must not be, in Unix milliseconds; null when nothing is waited for.</summary>
    internal long? NotBefore { get; set; }

    /// <summary>When the call is too late, counted from its scheduling: between that and its start a process may have ended.</summary>
    internal long CallDue { get; private set; }

    /// <summary>When whoever has the token has been silent for too long.</summary>
    internal long SilentDue { get; private set; }

    internal bool IsCalling { get; set; }

    /// <summary>Whether its last event was a failure.</summary>
    internal bool IsFailing { get; set; }

    internal void Enter(StateEntered entered, ScopeDefinition machine)
    {
        Visit++;
        Attempts = 0;
        _retries.Clear();
        _state = Find(machine, entered.Name) as RecoverableState;
    }

    internal void Attempted(ExecutionEvent e, long now)
    {
        if (Attempts > 0)
            Timely(e, e.At, now);
        Attempts++;
        if (Attempts > 1 + _state!.Retry.Sum(r => r.MaxAttempts))
            violated($"attempt {Attempts} of {_state.Name} is beyond its retriers");
        NotBefore = null;
        CallDue = e.At + (((_state as TaskState)?.Timeout?.Seconds ?? 0) * 1000);
    }

    /// <summary>Somebody has the token now, or was heard.</summary>
    internal void Heard(long at) => SilentDue = at + (((_state as TaskState)?.Heartbeat?.Seconds ?? 0) * 1000);

    internal void Retried(RetryScheduled retry)
    {
        var retrier = _state!.Retry[retry.Retrier];
        var count = _retries.GetValueOrDefault(retry.Retrier);
        _retries[retry.Retrier] = count + 1;
        if (count + 1 > retrier.MaxAttempts)
            violated($"retry {count + 1} of {_state.Name} by a retrier of {retrier.MaxAttempts}");
        var seconds = retrier.IntervalSeconds * Math.Pow(retrier.BackoffRate, count);
        var delay = (long)(Math.Min(seconds, retrier.MaxDelaySeconds ?? double.MaxValue) * 1000);
        var gap = retry.Due - retry.At;
        if (gap > delay || (!retrier.FullJitter && gap < delay))
            violated($"a back-off of {gap} ms in {_state.Name} where {delay} was computed");
        NotBefore = retry.Due;
    }

    /// <summary>What a time brought came not before it, and in healthy days not long after it.</summary>
    internal void Timely(ExecutionEvent e, long at, long now)
    {
        if (NotBefore is not { } due || at < due)
            violated($"{e.GetType().Name} at {at}, which was not due before {NotBefore}");
        else if (due >= punctualFrom && now - due > MostLate)
            violated($"{e.GetType().Name} committed at {now}, which was due at {due}");
        NotBefore = null;
    }

    /// <summary>Names are taken once in a machine, whichever scope they are in.</summary>
    private static StateDefinition? Find(ScopeDefinition scope, string name)
    {
        if (scope.TryGetState(name, out var found))
            return found;
        foreach (var state in scope.States)
        {
            var inside = state switch
            {
                ParallelState parallel => parallel.Branches.Select(branch => Find(branch, name)).FirstOrDefault(s => s is not null),
                MapState map => Find(map.Processor, name),
                _ => null,
            };
            if (inside is not null)
                return inside;
        }

        return null;
    }
}
