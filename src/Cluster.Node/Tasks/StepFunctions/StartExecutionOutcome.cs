using System.Globalization;
using System.Text;
using Cluster.Asl.Json;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>The outcome of a start, as AWS's SDK tells it to a Task.</summary>
internal static class StartExecutionOutcome
{
    private const string ContentType = "application/x-amz-json-1.0";

    /// <summary>It was started.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="requestId">The id of the request.</param>
    /// <param name="date">When it was answered.</param>
    public static TaskOutcome.Succeeded Succeeded(StartExecutionResponse response, string requestId, DateTimeOffset date)
    {
        var arn = response.ExecutionArn.ToString();
        var length = Encoding.UTF8.GetByteCount($"{{\"executionArn\":\"{arn}\",\"startDate\":{Seconds(response.StartDate)}}}").ToString(CultureInfo.InvariantCulture);
        var shown = date.ToString("R", CultureInfo.InvariantCulture);
        var all = Object(
            ("x-amzn-RequestId", new JsonArray([Text(requestId)])),
            ("connection", new JsonArray([Text("keep-alive")])),
            ("Content-Length", new JsonArray([Text(length)])),
            ("Date", new JsonArray([Text(shown)])),
            ("Content-Type", new JsonArray([Text(ContentType)])));
        var single = Object(
            ("connection", Text("keep-alive")),
            ("Content-Length", Text(length)),
            ("Content-Type", Text(ContentType)),
            ("Date", Text(shown)),
            ("x-amzn-RequestId", Text(requestId)));
        return new TaskOutcome.Succeeded(JsonWriter.ToUtf8(Object(
            ("ExecutionArn", Text(arn)),
            ("SdkHttpMetadata", Object(("AllHttpHeaders", all), ("HttpHeaders", single), ("HttpStatusCode", JsonNumber.Of(200)))),
            ("SdkResponseMetadata", Object(("RequestId", Text(requestId)))),
            ("StartDate", JsonNumber.Of(response.StartDate)))));
    }

    /// <summary>It was refused.</summary>
    /// <param name="error">Why.</param>
    /// <param name="requestId">The id of the request; a name without meaning where none was made.</param>
    public static TaskOutcome.Failed Failed(AwsError error, string requestId = "none") => new(
        $"StepFunctions.{error.Code}Exception",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{error.Message} (Service: AWSStepFunctions; Status Code: {error.Status}; Error Code: {error.Code}; Request ID: {requestId}; Proxy: null)"));

    /// <summary>Epoch seconds as AWS's Java writes a double: <c>1.713193513813E9</c>.</summary>
    private static string Seconds(long milliseconds) => (milliseconds / 1e12).ToString("0.0###########", CultureInfo.InvariantCulture) + "E9";

    private static JsonString Text(string text) => new(text);

    private static JsonObject Object(params ReadOnlySpan<(string Name, JsonValue Value)> members)
    {
        var properties = new KeyValuePair<string, JsonValue>[members.Length];
        for (var i = 0; i < members.Length; i++)
            properties[i] = KeyValuePair.Create(members[i].Name, members[i].Value);
        return new JsonObject([.. properties]);
    }
}
