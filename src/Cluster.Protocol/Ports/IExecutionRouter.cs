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
}
