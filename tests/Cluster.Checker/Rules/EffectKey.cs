using System.Globalization;
using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>The names of calls: execution-segment-scope-visit-attempt.</summary>
internal static class EffectKey
{
    public static string ExecutionOf(string key) => key.IndexOf('-', StringComparison.Ordinal) is var end and > 0 ? key[..end] : key;

    /// <summary>The call of the state in which a scope is, in its present attempt.</summary>
    public static string Of(History history, string scope, Position position) => string.Create(
        CultureInfo.InvariantCulture,
        $"{history.Id}-{(history.Rows.Count > 0 ? history.Rows[0].Segment : 0)}-{scope}-{position.Visit}-{position.Attempt}");
}
