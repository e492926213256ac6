using System.Globalization;
using System.Text;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>The ways in which a call fails without the function having failed, by AWS's names and in its words.</summary>
internal static class LambdaFailures
{
    private const string SdkClientException = "Lambda.SdkClientException";

    /// <summary>The function's place cannot be reached, or it broke off: nothing is known of what the function did.</summary>
    public static TaskOutcome.Failed Transport(string reason) => new(SdkClientException, $"Unable to execute HTTP request: {reason}");

    /// <summary>Neither the registry nor the default endpoint says where the function is.</summary>
    public static TaskOutcome.Failed NoEndpoint(FunctionName function) =>
        new(SdkClientException, $"No endpoint is configured for the function '{function.Text}': set CLUSTER_LAMBDA_ENDPOINT (tasks:lambdaEndpoint) to "
            + "the address of a Lambda Invoke API, or add an entry for the function to tasks:functions.");

    /// <summary>More calls wait for a slot than may.</summary>
    public static TaskOutcome.Failed TooManyWaiting(int limit) =>
        new("Lambda.TooManyRequestsException", string.Create(CultureInfo.InvariantCulture,
            $"Rate Exceeded: {limit} calls of this function are waiting already (tasks:maxWaitingCalls)."));

    /// <summary>The resource is not one that this room can call.</summary>
    public static TaskOutcome.Failed UnknownResource(string resource) =>
        new("States.TaskFailed", $"The resource '{resource}' is not supported yet: a function ARN or arn:aws:states:::lambda:invoke can be called.");

    /// <summary>The call lasted longer than its function may.</summary>
    public static TaskOutcome.Failed TimedOut(TaskKey requestId, TimeSpan limit) =>
        new("Sandbox.Timedout", string.Create(CultureInfo.InvariantCulture,
            $$"""{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: {{requestId}} Error: Task timed out after {{limit.TotalSeconds:F2}} seconds"}"""));

    /// <summary>The result is larger than the reader takes, and so larger than a payload may be.</summary>
    public static TaskOutcome.Failed TooLarge(string task) =>
        new("States.DataLimitExceeded",
            $"The state/task '{task}' returned a result with a size exceeding the maximum number of bytes service limit.");

    /// <summary>The function failed without naming an error.</summary>
    public static TaskOutcome.Failed Unknown(ReadOnlySpan<byte> payload) =>
        new("Lambda.Unknown", "The cause could not be determined because Lambda did not return an error type. Returned payload: "
            + Encoding.UTF8.GetString(payload));

    /// <summary>The function's answer is not JSON, or nested deeper than a payload may be.</summary>
    public static TaskOutcome.Failed NotJson(string reason) =>
        new("Lambda.Unknown", $"The function's answer is not a JSON payload: {reason}");

    /// <summary>The call failed in a way that this room did not foresee.</summary>
    public static TaskOutcome.Failed Unexpected(Exception failure) =>
        new("Lambda.Unknown", $"The call failed unexpectedly: {failure.GetType().Name}: {failure.Message}");

    /// <summary>Lambda itself refused: a status other than 2xx.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Lambda's error code, or null.</param>
    /// <param name="message">Lambda's message, or null.</param>
    /// <param name="requestId">Lambda's request id, or null.</param>
    public static TaskOutcome.Failed Refused(int status, string? code, string? message, string? requestId)
    {
        var name = code ?? status switch
        {
            429 => "TooManyRequestsException",
            >= 500 => "ServiceException",
            _ => "AWSLambdaException",
        };
        return new TaskOutcome.Failed($"Lambda.{name}", string.Create(CultureInfo.InvariantCulture,
            $"{message ?? "null"} (Service: AWSLambda; Status Code: {status}; Error Code: {code ?? "null"}; Request ID: {requestId ?? "null"}; Proxy: null)"));
    }
}
