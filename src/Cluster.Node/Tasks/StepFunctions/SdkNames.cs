using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>Names and times as AWS's SDK has them in a Task, and as the API has them: <c>StartDate</c> in ISO 8601, and <c>startDate</c> in seconds.</summary>
internal static class SdkNames
{
    private const decimal MillisecondsPerSecond = 1000;

    /// <summary>Members whose names are chosen by users: what is in them keeps its names.</summary>
    private static readonly string[] Maps = ["assignedVariables", "variableReferences"];

    /// <summary><c>taskToken</c> of <c>TaskToken</c>.</summary>
    public static string ToMember(string parameter) =>
        parameter.Length == 0 ? parameter : string.Concat(parameter[..1].ToLowerInvariant(), parameter.AsSpan(1));

    /// <summary>A structure of a request, at every depth; what is none is as it is.</summary>
    public static JsonValue ToMembers(JsonValue value) => value switch
    {
        JsonObject structure => new JsonObject(
            [.. structure.Properties.Select(member => KeyValuePair.Create(ToMember(member.Key), ToMembers(member.Value)))]),
        JsonArray list => new JsonArray([.. list.Items.Select(ToMembers)]),
        _ => value,
    };

    /// <summary>A structure of a response, at every depth; what is none is as it is.</summary>
    public static JsonValue ToResult(JsonValue value) => value switch
    {
        JsonObject structure => new JsonObject(
            [.. structure.Properties.Select(member => KeyValuePair.Create(Capital(member.Key), ResultOf(member.Key, member.Value)))]),
        JsonArray list => new JsonArray([.. list.Items.Select(ToResult)]),
        _ => value,
    };

    private static JsonValue ResultOf(string member, JsonValue value) =>
        Maps.Contains(member, StringComparer.Ordinal) ? value
        : value is JsonNumber seconds && IsTime(member) ? Time(seconds)
        : ToResult(value);

    private static string Capital(string member) =>
        member.Length == 0 ? member : string.Concat(member[..1].ToUpperInvariant(), member.AsSpan(1));

    private static bool IsTime(string member) => member is "timestamp" || member.EndsWith("Date", StringComparison.Ordinal);

    /// <summary>As Java writes an instant: without a fraction on the full second, otherwise with milliseconds.</summary>
    private static JsonString Time(JsonNumber seconds)
    {
        var milliseconds = (long)(decimal.Parse(seconds.Text, NumberStyles.Float, CultureInfo.InvariantCulture) * MillisecondsPerSecond);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return new JsonString(time.ToString(
            time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
