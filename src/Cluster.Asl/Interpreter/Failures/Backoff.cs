using Cluster.Asl.Definitions;

namespace Cluster.Asl.Interpreter.Failures;

/// <summary>The arithmetic of Retry (A75). Chance is given from outside.</summary>
internal static class Backoff
{
    /// <summary>The longest delay that is ever computed, in milliseconds: a year and a day, past any execution's life.</summary>
    private const double LongestMilliseconds = 366.0 * 24 * 60 * 60 * 1000;

    /// <summary>The delay before the next attempt, in milliseconds.</summary>
    /// <param name="retrier">The retrier.</param>
    /// <param name="retriesSoFar">How often this retrier has retried in this visit; its own count only.</param>
    /// <param name="chance">0 to 1 (exclusive), used with JitterStrategy FULL.</param>
    public static long Milliseconds(Retrier retrier, int retriesSoFar, double chance)
    {
        var delay = retrier.IntervalSeconds * 1000.0 * Math.Pow(retrier.BackoffRate, retriesSoFar);
        if (retrier.MaxDelaySeconds is { } cap)
            delay = Math.Min(delay, cap * 1000.0);
        delay = Math.Min(delay, LongestMilliseconds);
        return (long)(retrier.FullJitter ? delay * chance : delay);
    }
}
