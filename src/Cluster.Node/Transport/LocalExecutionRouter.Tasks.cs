using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks.Tokens;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Transport;

/// <content>What workers and whoever holds a task token say.</content>
public sealed partial class LocalExecutionRouter
{
    /// <summary>How long a worker waits for a task (B19).</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async ValueTask<AwsResult<GetActivityTaskResponse>> GetActivityTaskAsync(
        GetActivityTaskRequest request, CancellationToken cancellation)
    {
        if (!lease.IsHeld)
            return TryAgain;
        var arn = request.ActivityArn;
        var name = new ActivityName(arn.Account, arn.Region, arn.Name);
        if (!await activities.HasAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false))
            return AwsErrors.ActivityDoesNotExist(arn);
        var promise = new PromiseRef();
        var until = time.GetUtcNow() + LongestPoll;
        polled.Poll(name, new PollActivity(request.WorkerName, until.ToUnixTimeMilliseconds()), promise);
        object answer;
        try
        {
            answer = await promise.Answer.WaitAsync(LongestPoll + LongestWait, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            polled.Abandon(name, promise);
            if (e is TimeoutException)
                return TryAgain;
            throw;
        }

        return answer switch
        {
            ActivityAnswer.Given given => new GetActivityTaskResponse(given.Token, given.Input),
            ActivityAnswer.TooMany => new AwsError("ActivityWorkerLimitExceeded", $"Activity Worker Limit Exceeded: '{arn}'"),
            _ => GetActivityTaskResponse.None,
        };
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<SendTaskSuccessResponse>> SendTaskSuccessAsync(
        SendTaskSuccessRequest request, CancellationToken cancellation)
    {
        var read = await tokens.ReadAsync(request.TaskToken, cancellation).ConfigureAwait(false);
        if (read.Token is not { } token)
            return Refusal(read);
        if (!Payload.TryRead(request.Output, out _, out var error))
            return AwsErrors.InvalidOutput(error.Message);
        var end = new ExecutionCommand.EndTask(token.Scope, token.Visit, token.Attempt, request.TaskToken, TaskWord.Success(request.Output));
        return await SayAsync(token, end, cancellation).ConfigureAwait(false) is { } refused ? refused : new SendTaskSuccessResponse();
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<SendTaskFailureResponse>> SendTaskFailureAsync(
        SendTaskFailureRequest request, CancellationToken cancellation)
    {
        var read = await tokens.ReadAsync(request.TaskToken, cancellation).ConfigureAwait(false);
        if (read.Token is not { } token)
            return Refusal(read);
        var end = new ExecutionCommand.EndTask(
            token.Scope, token.Visit, token.Attempt, request.TaskToken, TaskWord.Failure(request.Error, request.Cause));
        return await SayAsync(token, end, cancellation).ConfigureAwait(false) is { } refused ? refused : new SendTaskFailureResponse();
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<SendTaskHeartbeatResponse>> SendTaskHeartbeatAsync(
        SendTaskHeartbeatRequest request, CancellationToken cancellation)
    {
        var read = await tokens.ReadAsync(request.TaskToken, cancellation).ConfigureAwait(false);
        if (read.Token is not { } token)
            return Refusal(read);
        var beat = new ExecutionCommand.Heartbeat(token.Scope, token.Visit, token.Attempt, request.TaskToken);
        return await SayAsync(token, beat, cancellation).ConfigureAwait(false) is { } refused ? refused : new SendTaskHeartbeatResponse();
    }

    private static AwsError Refusal(TokenReading read) => read.IsUnsure ? TryAgain : AwsErrors.InvalidToken();

    /// <summary>Says something to the execution of a token; null when it was heard.</summary>
    private async ValueTask<AwsError?> SayAsync(TaskToken token, ExecutionCommand command, CancellationToken cancellation)
    {
        if (!lease.IsHeld)
            return TryAgain;
        var promise = new PromiseRef();
        region.Tell(new ToEntity(token.Execution, new RunCommand(command)), promise);
        return TokenAnswers.Refusal(await AnswerAsync(promise, cancellation).ConfigureAwait(false), lease);
    }
}
