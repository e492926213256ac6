using System.Collections.Immutable;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>Turns what came back from a function into the outcome of its Task, as AWS does.</summary>
internal static class LambdaOutcome
{
    /// <summary>The version that answers when an endpoint names none: places without versions have only this one.</summary>
    private const string Latest = "$LATEST";

    /// <summary>The outcome of a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="key">Its key, which stands for the request id when the answer names none.</param>
    /// <param name="answer">What came back.</param>
    public static TaskOutcome Of(FunctionRequest request, TaskKey key, FunctionAnswer answer) => answer switch
    {
        FunctionAnswer.None none => none.Failure,
        FunctionAnswer.Response response when response.Status is < 200 or > 299 => Refused(response),
        FunctionAnswer.Response response when response.Headers[AnswerHeaders.FunctionError] is not null => FunctionFailed(request, response.Body),
        FunctionAnswer.Response response when request.IsInvoke => InvokeResult(request, key, response),
        FunctionAnswer.Response response => PayloadResult(response),
        _ => throw new InvalidOperationException($"An answer of an unknown kind: {answer.GetType().Name}."),
    };

    /// <summary>
    /// The function failed: the error is its <c>errorType</c>, the cause its whole answer, for a function ARN as it came and for
    /// <c>lambda:invoke</c> written again compactly.
    /// </summary>
    public static TaskOutcome.Failed FunctionFailed(FunctionRequest request, ReadOnlyMemory<byte> body)
    {
        if (!JsonParser.TryParse(body.Span, JsonParserOptions.Payload, out var value, out _) || ErrorTypeOf(value) is not { } errorType)
            return LambdaFailures.Unknown(body.Span);
        return new TaskOutcome.Failed(errorType, request.IsInvoke ? JsonWriter.ToText(value) : Encoding.UTF8.GetString(body.Span));
    }

    /// <summary>The error that a function's answer names, or null when it names none.</summary>
    public static string? ErrorTypeOf(JsonValue value) =>
        value is JsonObject answer && answer["errorType"] is JsonString { Value.Length: > 0 } errorType ? errorType.Value : null;

    private static TaskOutcome PayloadResult(FunctionAnswer.Response response)
    {
        if (response.IsKnownJson || JsonParser.TryParse(response.Body.Span, JsonParserOptions.Payload, out _, out var error))
            return new TaskOutcome.Succeeded(response.Body);
        return LambdaFailures.NotJson(error.Message);
    }

    private static TaskOutcome InvokeResult(FunctionRequest request, TaskKey key, FunctionAnswer.Response response)
    {
        var result = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>();
        if (request.InvocationType is null or "RequestResponse")
            Add("ExecutedVersion", new JsonString(response.Headers[AnswerHeaders.ExecutedVersion] ?? Latest));
        if (response.Headers[AnswerHeaders.LogResult] is { } log)
            Add("LogResult", new JsonString(log));
        Add("Payload", PayloadOf(response.Body));
        Add("SdkHttpMetadata", response.Headers.ToMetadata(response.Status));
        Add("SdkResponseMetadata", new JsonObject(
            [KeyValuePair.Create("RequestId", (JsonValue)new JsonString(response.Headers[AnswerHeaders.RequestId] ?? key.ToString()))]));
        Add("StatusCode", JsonNumber.Of(response.Status));
        return new TaskOutcome.Succeeded(JsonWriter.ToUtf8(new JsonObject(result.ToImmutable())));

        void Add(string name, JsonValue value) => result.Add(KeyValuePair.Create(name, value));
    }

    /// <summary>A payload that is JSON is parsed; another, or one nested too deep, stays the text that it is.</summary>
    private static JsonValue PayloadOf(ReadOnlyMemory<byte> body) =>
        JsonParser.TryParse(body.Span, JsonParserOptions.Payload, out var value, out _)
            ? value
            : new JsonString(Encoding.UTF8.GetString(body.Span));

    private static TaskOutcome.Failed Refused(FunctionAnswer.Response response)
    {
        var code = response.Headers[AnswerHeaders.ErrorType];
        var colon = code?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        string? message = null;
        if (JsonParser.TryParse(response.Body.Span, JsonParserOptions.Payload, out var value, out _) && value is JsonObject body)
            message = ((body["Message"] ?? body["message"]) as JsonString)?.Value;
        return LambdaFailures.Refused(
            response.Status,
            colon < 0 ? code : code![..colon],
            message ?? (response.Body.IsEmpty ? null : Encoding.UTF8.GetString(response.Body.Span)),
            response.Headers[AnswerHeaders.RequestId]);
    }
}
