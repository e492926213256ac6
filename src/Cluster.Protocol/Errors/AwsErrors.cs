using System.Globalization;
using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Errors;

/// <summary>The errors that more than one room answers, in AWS's words.</summary>
public static class AwsErrors
{
    /// <summary>The code of an unexpected failure.</summary>
    public const string InternalServerErrorCode = "InternalServerError";

    private const int InternalServerErrorStatus = 500;
    private const int UnavailableStatus = 503;

    /// <summary>The machine is not there.</summary>
    /// <param name="arn">The ARN as the caller wrote it.</param>
    public static AwsError StateMachineDoesNotExist(string arn) =>
        new("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");

    /// <summary>The execution is not there.</summary>
    public static AwsError ExecutionDoesNotExist(ExecutionArn arn) =>
        new("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");

    /// <summary>A machine of that name is there, and it is another one.</summary>
    public static AwsError StateMachineAlreadyExists(StateMachineArn arn) =>
        new("StateMachineAlreadyExists", $"State Machine Already Exists: '{arn}'");

    /// <summary>The name is taken by a different start.</summary>
    public static AwsError ExecutionAlreadyExists(ExecutionArn arn) =>
        new("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");

    /// <summary>The ARN cannot be read, or is of something else.</summary>
    /// <param name="reason">What is wrong, for example <c>Invalid ARN prefix: x</c>.</param>
    public static AwsError InvalidArn(string reason) => new("InvalidArn", $"Invalid Arn: '{reason}'");

    /// <summary>The name has a character that names must not have.</summary>
    public static AwsError InvalidName(string name) => new("InvalidName", $"Invalid Name: '{name}'");

    /// <summary>The page token was not made by this query, or has expired.</summary>
    public static AwsError InvalidToken() => new("InvalidToken", "Invalid Token: 'Invalid token'");

    /// <summary>The activity is not there.</summary>
    public static AwsError ActivityDoesNotExist(ActivityArn arn) =>
        new("ActivityDoesNotExist", $"Activity Does Not Exist: '{arn}'");

    /// <summary>As many workers as may wait for the activity.</summary>
    public static AwsError ActivityWorkerLimitExceeded(ActivityArn arn) =>
        new("ActivityWorkerLimitExceeded", $"Activity Worker Limit Exceeded: '{arn}'");

    /// <summary>An activity of that name is there, with another encryption.</summary>
    public static AwsError ActivityAlreadyExists(ActivityArn arn) =>
        new("ActivityAlreadyExists", $"Activity Already Exists: '{arn}'");

    /// <summary>The account has as many activities in the region as it may.</summary>
    public static AwsError ActivityLimitExceeded() => new(
        "ActivityLimitExceeded",
        "The maximum number of activities has been reached. Existing activities must be deleted before a new activity can be created.");

    /// <summary>Nothing that can have tags has this ARN.</summary>
    /// <param name="arn">The ARN as the caller wrote it.</param>
    public static AwsError ResourceNotFound(string arn) => new("ResourceNotFound", $"Resource not found: '{arn}'");

    /// <summary>The resource would have more tags than it may.</summary>
    /// <param name="count">How many.</param>
    public static AwsError TooManyTags(int count) =>
        new("TooManyTags", string.Create(CultureInfo.InvariantCulture, $"Too many tags: {count}"));

    /// <summary>The token answers a task that is over: answered, timed out, stopped or retried.</summary>
    public static AwsError TaskTimedOut() => new("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");

    /// <summary>The token answers a task whose execution is no more.</summary>
    public static AwsError TaskDoesNotExist() => new("TaskDoesNotExist", "The activity does not exist.");

    /// <summary>The output of a task is no JSON.</summary>
    /// <param name="reason">The parser's words.</param>
    public static AwsError InvalidOutput(string reason) => new("InvalidOutput", $"Invalid Output: '{reason}'");

    /// <summary>The definition is refused.</summary>
    /// <param name="reason">The first diagnostic, for example <c>SCHEMA_VALIDATION_FAILED: … at /States/X</c>.</param>
    public static AwsError InvalidDefinition(string reason) =>
        new("InvalidDefinition", $"Invalid State Machine Definition: '{reason}'");

    /// <summary>The input is no JSON.</summary>
    /// <param name="reason">The parser's words.</param>
    public static AwsError InvalidExecutionInput(string reason) =>
        new("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{reason}'");

    /// <summary>A member breaks a constraint.</summary>
    public static AwsError Validation(string message) => new("ValidationException", message);

    /// <summary>Something of AWS that this server cannot do yet.</summary>
    /// <param name="what">The thing, as the subject of the sentence, for example <c>publish</c>.</param>
    public static AwsError NotSupportedYet(string what) =>
        new("UnsupportedOperationException", $"{what} is not supported yet by this server.");

    /// <summary>Something unexpected; the message gives nothing away but the request's id.</summary>
    public static AwsError Internal(string requestId) =>
        new(InternalServerErrorCode, $"Internal error. Request ID: {requestId}", InternalServerErrorStatus);

    /// <summary>The server cannot answer now; a repeat may help.</summary>
    public static AwsError Unavailable(string message) => new("ServiceUnavailable", message, UnavailableStatus);
}
