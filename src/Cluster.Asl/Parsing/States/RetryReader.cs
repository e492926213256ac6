using System.Collections.Frozen;
using System.Collections.Immutable;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Parsing.States;

internal static class RetryReader
{
    private const long DefaultIntervalSeconds = 1;
    private const long DefaultMaxAttempts = 3;
    private const double DefaultBackoffRate = 2.0;
    private const long MaxMaxDelaySeconds = 31_622_400;

    private static readonly FrozenSet<string> Fields = FrozenSet.ToFrozenSet(
        ["ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy", "Comment"],
        StringComparer.Ordinal);

    public static ImmutableArray<Retrier> Read(ObjectReader state)
    {
        if (ErrorHandlerFields.Items(state, "Retry") is not { } handlers)
            return [];
        return [.. handlers.Select((retrier, i) => Read(retrier, isLast: i == handlers.Count - 1))];
    }

    private static Retrier Read(ObjectReader retrier, bool isLast)
    {
        retrier.Require("ErrorEquals");
        retrier.RefuseUnknown(Fields);
        retrier.Text("Comment");
        return new Retrier(
            ErrorHandlerFields.ErrorEquals(retrier, isLast),
            retrier.Integer("IntervalSeconds", 0, DefinitionParser.MaxSeconds) ?? DefaultIntervalSeconds,
            retrier.Integer("MaxAttempts", 0, DefinitionParser.MaxSeconds) ?? DefaultMaxAttempts,
            retrier.Number("BackoffRate", 1.0) ?? DefaultBackoffRate,
            retrier.Integer("MaxDelaySeconds", 1, MaxMaxDelaySeconds),
            FullJitter: string.Equals(retrier.OneOf("JitterStrategy", "NONE", "FULL"), "FULL", StringComparison.Ordinal));
    }
}
