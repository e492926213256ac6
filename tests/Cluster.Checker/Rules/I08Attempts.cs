using Cluster.Checker.Dumps;
using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// Attempts are bounded by the retriers; another attempt is made only where a retrier took the failure, the first that takes it, while it
/// has attempts left; it is due after exactly the interval of the retrier, and not made before.
/// </summary>
internal sealed class I08Attempts() : Rule("I8", "attempts and retries")
{
    /// <summary>Intervals are whole milliseconds.</summary>
    private const double Rounding = 1;

    public override void Take(History history, Event e, Positions at)
    {
        var position = at.Of(e.Scope);
        if (e.WhatCase is What.TaskScheduled or What.ParallelStateStarted or What.MapStateStarted)
            Attempted(history, e, position, at.StateOf(e.Scope));
        else if (e.WhatCase == What.RetryScheduled)
            Retried(history, e, position, at.StateOf(e.Scope));
    }

    private void Attempted(History history, Event e, Position position, StateOutline? state)
    {
        Judged();
        if (position.Begun == 0 && position.Attempt == 0)
            return;
        if (position.Retry is null)
        {
            Broken(history.Id, $"{e.Name()}: attempt {position.Begun + 1} of '{position.Current}', which no retrier asked for");
            return;
        }

        if (state is null)
            return;
        var most = state.Retry.Sum(retrier => retrier.MaxAttempts);
        if (Math.Max(position.Attempt, position.Begun) > most)
            Broken(history.Id, $"{e.Name()}: attempt {position.Attempt + 1} of '{state.Name}', {most + 1} are allowed");
        var index = (int)position.Retry.RetryScheduled.Retrier;
        if (index < state.Retry.Count && e.At - position.FailedAt < state.Retry[index].Shortest(position.Retries[index] - 1) - Rounding)
            Broken(history.Id, $"{e.Name()} of '{state.Name}' is made {e.At - position.FailedAt} ms after its failure, too early");
    }

    private void Retried(History history, Event e, Position position, StateOutline? state)
    {
        Judged();
        if (position.Failure is not { } failure)
            Broken(history.Id, $"{e.Name()} in '{position.Current}', which has not failed");
        else if (state is not null)
            Retried(history, e, position, state, failure);
    }

    private void Retried(History history, Event e, Position position, StateOutline state, Event failure)
    {
        var index = (int)e.RetryScheduled.Retrier;
        var before = position.Retries.GetValueOrDefault(index);
        var delay = e.RetryScheduled.Due - e.At;
        if (index >= state.Retry.Count || before >= state.Retry[index].MaxAttempts)
            Broken(history.Id, $"retry {before + 1} of '{state.Name}' by retrier {index} in '{e.Scope}'");
        else if (Failures.IsOfCatcher(failure) || (Failures.Of(failure).TakenBy(state.Retry.Select(retrier => retrier.Errors)) is { } first && first != index))
            Broken(history.Id, $"retry of '{state.Name}' by retrier {index} in '{e.Scope}', which {failure.Name()} does not belong to");
        else if (delay < state.Retry[index].Shortest(before) - Rounding)
            Broken(history.Id, $"retry {before + 1} of '{state.Name}' is due {delay} ms after {e.At}, too early");
        else if (delay > state.Retry[index].Longest(before))
            Broken(history.Id, $"retry {before + 1} of '{state.Name}' is due {delay} ms after {e.At}, too late");
        else if (e.At < failure.At)
            Broken(history.Id, $"retry {before + 1} of '{state.Name}' is before {failure.Name()}");
    }
}
