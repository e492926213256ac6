using System.Collections.Immutable;

namespace Cluster.Asl.Definitions;

/// <summary>A retrier. Its numbers are constants of the definition.</summary>
/// <param name="ErrorEquals">The error names it matches; at least one.</param>
/// <param name="IntervalSeconds">The first delay.</param>
/// <param name="MaxAttempts">How often it retries; 0 is never.</param>
/// <param name="BackoffRate">The factor from one delay to the next, at least 1.</param>
/// <param name="MaxDelaySeconds">The longest delay, or null.</param>
/// <param name="FullJitter">Whether the delay is drawn uniformly from 0 to the computed one (JitterStrategy FULL).</param>
public sealed record Retrier(
    ImmutableArray<string> ErrorEquals,
    long IntervalSeconds,
    long MaxAttempts,
    double BackoffRate,
    long? MaxDelaySeconds,
    bool FullJitter);
