using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Protocol.Ports;

/// <summary>Takes a command to the owner of an execution and brings the answer back, once what it decided has committed.</summary>
public interface IExecutionRouter
{
    /// <summary>Starts an execution. Answers ExecutionAlreadyExists when the name is taken by a different start.</summary>
    ValueTask<AwsResult<StartExecutionResponse>> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellation);

    /// <summary>Stops an execution.</summary>
    ValueTask<AwsResult<StopExecutionResponse>> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancellation);

    /// <summary>
    /// Waits for a task of an activity, at most the poll's 60 s; answers <see cref="GetActivityTaskResponse.None"/> when none came. A poll
    /// that is cancelled takes no task. Answers ActivityDoesNotExist for an activity that is not there, ActivityWorkerLimitExceeded beyond
    /// the pollers that one activity may have.
    /// </summary>
    ValueTask<AwsResult<GetActivityTaskResponse>> GetActivityTaskAsync(GetActivityTaskRequest request, CancellationToken cancellation);

    /// <summary>
    /// The server stops: every poll that waits is answered with <see cref="GetActivityTaskResponse.None"/> now, and so is one that comes. Safe
    /// to call again. Who keeps no poll waiting has nothing to do.
    /// </summary>
    void SendWorkersHome()
    {
    }

    /// <summary>
    /// Ends a task by its token. Answers InvalidToken for a token that this cluster did not make (without any read), InvalidOutput for an
    /// output that is no JSON, TaskTimedOut for a task that is over, TaskDoesNotExist for one whose execution is no more.
    /// </summary>
    ValueTask<AwsResult<SendTaskSuccessResponse>> SendTaskSuccessAsync(SendTaskSuccessRequest request, CancellationToken cancellation);

    /// <summary>Fails a task by its token. Errors as of <see cref="SendTaskSuccessAsync"/>, without InvalidOutput.</summary>
    ValueTask<AwsResult<SendTaskFailureResponse>> SendTaskFailureAsync(SendTaskFailureRequest request, CancellationToken cancellation);

    /// <summary>Begins a task's heartbeat clock anew. Errors as of <see cref="SendTaskFailureAsync"/>.</summary>
    ValueTask<AwsResult<SendTaskHeartbeatResponse>> SendTaskHeartbeatAsync(SendTaskHeartbeatRequest request, CancellationToken cancellation);
}
