using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.Failures;

/// <summary>How failures are shown.</summary>
internal static class FailureText
{
    /// <summary>Error name and cause as events show them: cut to their limits, the cause of an evaluation behind AWS's prefix (A36).</summary>
    public static (string? Error, string? Cause) Shown(Failure failure, Scope scope)
    {
        var cause = failure.Kind == FailureKind.Evaluation ? Prefix(scope) + failure.Cause : failure.Cause;
        return (Cut(failure.Error, Limits.ErrorCharacters), Cut(cause, Limits.CauseCharacters));
    }

    /// <summary>
    /// The kind of a failure as the state sees it whose branch failed: a cause has its prefix by then, and a catcher's failure is one like
    /// others, which retriers and catchers outside of the branch may take.
    /// </summary>
    public static FailureKind KindOutside(Failure failure) =>
        failure.Kind is FailureKind.Timeout or FailureKind.Heartbeat ? failure.Kind : FailureKind.Given;

    /// <summary>The error output that a catcher gets (A78). A time-out's cause is the empty text; a call that failed without values gives nulls.</summary>
    public static JsonObject ErrorOutput(Failure failure, Scope scope)
    {
        var (error, cause) = Shown(failure, scope);
        if (failure.Kind is FailureKind.Timeout or FailureKind.Heartbeat)
            cause = "";
        return new JsonObject([KeyValuePair.Create("Error", Text(error)), KeyValuePair.Create("Cause", Text(cause))]);
    }

    /// <summary>The text without what is beyond the limit; a surrogate pair is not cut apart, and half of one is replaced.</summary>
    public static string? Cut(string? text, int limit)
    {
        if (text is null || text.Length <= limit)
            return WellFormed(text);
        return WellFormed(char.IsHighSurrogate(text[limit - 1]) ? text[..(limit - 1)] : text[..limit]);
    }

    /// <summary>The text with U+FFFD for each half of a surrogate pair, which JSON can hold and UTF-8, the journal's encoding, cannot.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? WellFormed(string? text) =>
        text is null || text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The cause of a payload that is too large (A80).</summary>
    /// <param name="name">The state's name, a function's ARN, or a service.</param>
    public static string TooLarge(string name) =>
        $"The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit.";

    private static string Prefix(Scope scope) => string.Create(
        CultureInfo.InvariantCulture,
        $"An error occurred while executing the state '{scope.State}' (entered at the event id #{scope.EnteredId}). ");

    private static JsonValue Text(string? text) => text is null ? JsonValue.Null : new JsonString(text);
}
