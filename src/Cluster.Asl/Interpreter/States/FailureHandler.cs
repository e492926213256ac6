using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;

namespace Cluster.Asl.Interpreter.States;

/// <summary>
/// What follows a failure: the first matching retrier while it has attempts left, then the first matching catcher (A74). Between the two a
/// Parallel or Map tells its failure, unless it is one that nothing may take.
/// </summary>
internal static class FailureHandler
{
    /// <summary>The retry, the telling, the catch, or null when nobody takes the failure.</summary>
    public static ExecutionEvent? Settle(in StateFrame frame, StateDefinition state)
    {
        if (state is not RecoverableState recoverable)
            return null;
        var failure = frame.Scope.Failure!;
        if (!failure.IsTold)
        {
            if (Retry(frame, recoverable.Retry, failure) is { } retry)
                return retry;

            // A catcher only fails after the state has told.
            if (state is not TaskState && failure.Kind != FailureKind.Catcher && !ErrorMatch.IsRuntime(failure))
                return new BranchesFailed(state.Type) { Scope = frame.Scope.Path };
        }

        return Catch(frame, recoverable, failure);
    }

    private static RetryScheduled? Retry(in StateFrame frame, ImmutableArray<Retrier> retriers, Failure failure)
    {
        for (var i = 0; i < retriers.Length; i++)
        {
            if (!ErrorMatch.Takes(retriers[i].ErrorEquals, failure, frame.Context.Limits))
                continue;

            // The first match decides, also when its attempts are used up: later retriers are not tried.
            var counters = frame.Scope.RetryCounters;
            var sofar = i < counters.Length ? counters[i] : 0;
            if (sofar >= retriers[i].MaxAttempts)
                return null;
            var delay = Backoff.Milliseconds(retriers[i], sofar, frame.RetryChance);
            return new RetryScheduled(i, Math.Max(frame.Context.Now, frame.Scope.LastAt) + delay) { Scope = frame.Scope.Path };
        }

        return null;
    }

    private static ExecutionEvent? Catch(in StateFrame frame, RecoverableState state, Failure failure)
    {
        foreach (var catcher in state.Catch)
        {
            if (ErrorMatch.Takes(catcher.ErrorEquals, failure, frame.Context.Limits))
                return Caught(frame, state, catcher, failure);
        }

        return null;
    }

    /// <summary>The state is left with the error output in its place; where that does not fit, it fails for good.</summary>
    private static ExecutionEvent Caught(in StateFrame frame, RecoverableState state, Catcher catcher, Failure failure)
    {
        var output = FailureText.ErrorOutput(failure, frame.Scope);
        var left = frame.TryPlace(catcher.ResultPath, output, out var placed, out var failed)
            ? frame.Exit(state, placed, catcher.Next)
            : failed!;
        return left is StateFailed own
            ? own with { Cause = FailureText.Shown(new Failure(own.Error, own.Cause, own.Kind), frame.Scope).Cause, Kind = FailureKind.Catcher }
            : left;
    }
}
