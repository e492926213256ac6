using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>
/// The headers of an answer that Lambda's Invoke API has, spelled as it does. Others (a server's name, cookies) stay outside: a result
/// is stored, shown and handed on.
/// </summary>
/// <param name="Values">The known headers that came, in the order in which results list them.</param>
internal sealed record AnswerHeaders(ImmutableArray<KeyValuePair<string, string>> Values)
{
    public const string LogResult = "X-Amz-Log-Result";
    public const string ExecutedVersion = "X-Amz-Executed-Version";
    public const string FunctionError = "X-Amz-Function-Error";
    public const string Connection = "Connection";
    public const string RequestId = "x-amzn-RequestId";
    public const string ContentLength = "Content-Length";
    public const string ErrorType = "x-amzn-ErrorType";

    /// <summary>No header at all.</summary>
    public static readonly AnswerHeaders Empty = new([]);

    /// <summary>The headers that a result shows, in its order.</summary>
    public static readonly ImmutableArray<string> Known =
    [
        LogResult, ExecutedVersion, FunctionError, "x-amzn-Remapped-Content-Length", Connection, RequestId, ContentLength, "Date",
        "X-Amzn-Trace-Id", "Content-Type", ErrorType,
    ];

    /// <summary>The value of a header, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (key, value) in Values)
            {
                if (string.Equals(key, name, StringComparison.Ordinal))
                    return value;
            }

            return null;
        }
    }

    /// <summary>The headers as a result's <c>SdkHttpMetadata</c> shows them.</summary>
    public JsonObject ToMetadata(int status)
    {
        var all = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>(Values.Length);
        var single = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>(Values.Length);
        foreach (var (name, value) in Values)
            all.Add(KeyValuePair.Create(name, (JsonValue)new JsonArray([new JsonString(value)])));
        foreach (var (name, value) in Values.Sort(static (a, b) => string.Compare(a.Key, b.Key, StringComparison.OrdinalIgnoreCase)))
            single.Add(KeyValuePair.Create(name, (JsonValue)new JsonString(value)));
        return new JsonObject(
        [
            KeyValuePair.Create("AllHttpHeaders", (JsonValue)new JsonObject(all.ToImmutable())),
            KeyValuePair.Create("HttpHeaders", (JsonValue)new JsonObject(single.ToImmutable())),
            KeyValuePair.Create("HttpStatusCode", (JsonValue)JsonNumber.Of(status)),
        ]);
    }
}
