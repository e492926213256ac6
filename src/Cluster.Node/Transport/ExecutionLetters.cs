using Cluster.Node.Actors;
using Cluster.Node.Executions.Letters;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Transport;

/// <summary>Carries letters between executions as the commands that they are: to whoever holds the receiver.</summary>
public sealed partial class ExecutionLetters(ILogger<ExecutionLetters> log) : ILetters
{
    /// <summary>Where commands go; set before the first execution runs.</summary>
    public IExecutionRouter Router { get; set; } = null!;

    /// <inheritdoc/>
    public void Send(Letter letter, ActorRef replyTo) => _ = SendAsync(letter, replyTo);

    private async Task SendAsync(Letter letter, ActorRef replyTo)
    {
        var delivered = false;
        try
        {
            delivered = await DeliverAsync(letter).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // It is sent again after a pause; nothing is lost.
            LogFailed(log, letter.GetType().Name, e);
        }

        replyTo.Tell(new LetterAnswered(letter, delivered));
    }

    private async ValueTask<bool> DeliverAsync(Letter letter) => letter switch
    {
        Letter.EndTask { Word.Output: { } output } end => IsSettled(
            (await Router.SendTaskSuccessAsync(new SendTaskSuccessRequest(end.Token, output), CancellationToken.None).ConfigureAwait(false)).Error),
        Letter.EndTask end => IsSettled(
            (await Router.SendTaskFailureAsync(new SendTaskFailureRequest(end.Token, end.Word.Error, end.Word.Cause), CancellationToken.None).ConfigureAwait(false)).Error),
        Letter.Stop stop => ArnReader.Execution(stop.ExecutionArn) is not { Error: null, Value: { } arn } || IsSettled(
            (await Router.StopExecutionAsync(new StopExecutionRequest(arn, Error: null, Cause: null), CancellationToken.None).ConfigureAwait(false)).Error),
        _ => throw new InvalidOperationException($"No way for {letter.GetType().Name}."),
    };

    /// <summary>Whether it was heard, or nobody waits for it any more; what may be otherwise in a moment is tried again.</summary>
    private static bool IsSettled(AwsError? error) => error is null || error.Status < 500;

    [LoggerMessage(EventId = 332, Level = LogLevel.Warning, Message = "{Letter} could not be delivered")]
    private static partial void LogFailed(ILogger log, string letter, Exception reason);
}
