using System.Collections.Frozen;
using System.Globalization;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Ports;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>The outcome of an action, as AWS's SDK tells it to a Task.</summary>
internal static class SdkOutcome
{
    private const string ExceptionSuffix = "Exception";

    /// <summary>The errors of the API's model. All others have the name of the service's own exception.</summary>
    private static readonly FrozenSet<string> Modelled = FrozenSet.ToFrozenSet(
        [
            "ActivityAlreadyExists", "ActivityDoesNotExist", "ActivityLimitExceeded", "ActivityWorkerLimitExceeded", "ConflictException",
            "ExecutionAlreadyExists", "ExecutionDoesNotExist", "ExecutionLimitExceeded", "ExecutionNotRedrivable", "InvalidArn",
            "InvalidDefinition", "InvalidEncryptionConfiguration", "InvalidExecutionInput", "InvalidLoggingConfiguration", "InvalidName",
            "InvalidOutput", "InvalidToken", "InvalidTracingConfiguration", "KmsAccessDeniedException", "KmsInvalidStateException",
            "KmsThrottlingException", "MissingRequiredParameter", "ResourceNotFound", "ServiceQuotaExceededException",
            "StateMachineAlreadyExists", "StateMachineDeleting", "StateMachineDoesNotExist", "StateMachineLimitExceeded",
            "StateMachineTypeNotSupported", "TaskDoesNotExist", "TaskTimedOut", "TooManyTags", "ValidationException",
        ],
        StringComparer.Ordinal);

    /// <summary>It was carried out; null where the response is no JSON.</summary>
    public static TaskOutcome? Succeeded(LocalResponse response) =>
        response.Body is not { } body ? TooLarge()
        : JsonParser.TryParse(body.Span, JsonParserOptions.Payload, out var value, out _) ? new TaskOutcome.Succeeded(JsonWriter.ToUtf8(SdkNames.ToResult(value)))
        : null;

    /// <summary>It was refused.</summary>
    /// <param name="error">Why.</param>
    /// <param name="requestId">The id of the request.</param>
    /// <param name="attempts">How often it was made.</param>
    public static TaskOutcome.Failed Failed(AwsError error, string requestId, int attempts) => new(
        $"Sfn.{NameOf(error.Code)}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{error.Message} (Service: Sfn, Status Code: {error.Status}, Request ID: {requestId}) (SDK Attempt Count: {attempts})"));

    /// <summary>No action of that name is built here.</summary>
    public static TaskOutcome.Failed NotBuilt(string resource) =>
        new("States.Runtime", $"The resource '{resource}' is not supported yet by this server.");

    private static string NameOf(string code) =>
        !Modelled.Contains(code) ? "SfnException"
        : code.EndsWith(ExceptionSuffix, StringComparison.Ordinal) ? code
        : code + ExceptionSuffix;

    private static TaskOutcome.Failed TooLarge() => new(
        "States.DataLimitExceeded",
        $"The state/task '{SdkAction.Service}' returned a result with a size exceeding the maximum number of bytes service limit.");
}
