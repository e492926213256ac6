using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Attempts are bounded by the retriers, and a retry is not due before its interval.</summary>
internal sealed class I08Attempts : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        if (Positions.For(dump, history) is not { } positions)
            yield break;
        foreach (var e in history.All)
        {
            positions.Follow(e);
            if (positions.StateOf(e.Scope) is not { } state)
                continue;
            var position = positions.Of(e.Scope);
            if (e.WhatCase is What.TaskScheduled or What.ParallelStateStarted or What.MapStateStarted)
            {
                var most = 1 + state.Retry.Sum(retrier => retrier.MaxAttempts);
                if (position.Attempts > most)
                    yield return new Breach("I8", history.Id, $"{e.Name()}: attempt {position.Attempts} of '{state.Name}', {most} are allowed");
            }
            else if (e.WhatCase == What.RetryScheduled)
            {
                var index = (int)e.RetryScheduled.Retrier;
                var count = position.Retries[index];
                if (index >= state.Retry.Count || count > state.Retry[index].MaxAttempts)
                    yield return new Breach("I8", history.Id, $"retry {count} of '{state.Name}' by retrier {index} in '{e.Scope}'");
                else if (e.RetryScheduled.Due - e.At < state.Retry[index].Shortest(count - 1) - 1)
                    yield return new Breach("I8", history.Id, $"retry {count} of '{state.Name}' is due {e.RetryScheduled.Due - e.At} ms after {e.At}, too early");
            }
        }
    }
}
