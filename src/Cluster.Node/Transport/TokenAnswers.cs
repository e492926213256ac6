using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Sharding;
using Cluster.Protocol.Errors;

namespace Cluster.Node.Transport;

/// <summary>What whoever has a task token is told, by what its execution has answered.</summary>
internal static class TokenAnswers
{
    /// <summary>To be tried again.</summary>
    public static readonly AwsError TryAgain =
        new("ServiceUnavailable", "The service is unavailable at the moment. Try again.", Status: 503);

    /// <summary>The refusal, or null when it was heard.</summary>
    /// <param name="answer">The answer, or null when none came in time.</param>
    /// <param name="lease">The node's lease.</param>
    public static AwsError? Refusal(object? answer, Lease lease) => answer switch
    {
        ExecutionAnswer.Handled { Reply: CommandReply.Done } => null,
        ExecutionAnswer.Handled => AwsErrors.TaskTimedOut(),
        ExecutionAnswer.Unknown => AwsErrors.TaskDoesNotExist(),
        ExecutionAnswer.Parked parked => TryAgain with { Message = parked.Words },
        NotOwner elsewhere => Elsewhere(elsewhere),
        _ => TryAgain,
    };

    /// <summary>Until nodes pass requests on to each other the caller is told whom to ask. SDKs try a 503 again.</summary>
    public static AwsError Elsewhere(NotOwner answer) => answer.Owner is { } owner
        ? new AwsError("NotOwner", $"This node does not hold the execution. Its owner is {owner}", Status: 503)
        : TryAgain;
}
