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
    public ValueTask<AwsResult<GetActivityTaskResponse>> GetActivityTaskAsync(
        GetActivityTaskRequest request, CancellationToken cancellation)
    {
        if (!lease.IsHeld)
            return ValueTask.FromResult<AwsResult<GetActivityTaskResponse>>(TryAgain);
        var arn = request.ActivityArn;
        var isThere = activities.HasAsync(arn.Account, arn.Region, arn.Name, cancellation);
        return isThere.IsCompletedSuccessfully ? Poll(isThere.Result, request, cancellation) : LookAndPollAsync(isThere, request, cancellation);
    }

    private async ValueTask<AwsResult<GetActivityTaskResponse>> LookAndPollAsync(
        ValueTask<bool> isThere, GetActivityTaskRequest request, CancellationToken cancellation) =>
        await Poll(await isThere.ConfigureAwait(false), request, cancellation).ConfigureAwait(false);

    private ValueTask<AwsResult<GetActivityTaskResponse>> Poll(bool isThere, GetActivityTaskRequest request, CancellationToken cancellation)
    {
        var arn = request.ActivityArn;
        if (!isThere)
            return ValueTask.FromResult<AwsResult<GetActivityTaskResponse>>(AwsErrors.ActivityDoesNotExist(arn));
        var until = time.GetUtcNow().ToUnixTimeMilliseconds() + (long)LongestPoll.TotalMilliseconds;
        return WaitingPoll.WaitAsync(
            polled,
            new ActivityName(arn.Account, arn.Region, arn.Name),
            new PollActivity(request.WorkerName, until),
            until + (long)LongestWait.TotalMilliseconds,
            cancellation);
    }

    /// <inheritdoc/>
    public void SendWorkersHome() => polled.Close();

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
