using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Protocol.Ports;

/// <summary>Answers from storage; no actor is woken. What was acknowledged before a call is seen by it.</summary>
public interface IQueryService
{
    /// <summary>Describes an execution.</summary>
    ValueTask<AwsResult<DescribeExecutionResponse>> DescribeExecutionAsync(
        DescribeExecutionRequest request, CancellationToken cancellation);

    /// <summary>A page of a machine's executions.</summary>
    ValueTask<AwsResult<ListExecutionsResponse>> ListExecutionsAsync(ListExecutionsRequest request, CancellationToken cancellation);

    /// <summary>A page of an execution's history.</summary>
    ValueTask<AwsResult<GetExecutionHistoryResponse>> GetExecutionHistoryAsync(
        GetExecutionHistoryRequest request, CancellationToken cancellation);

    /// <summary>The machine as an execution runs it.</summary>
    ValueTask<AwsResult<DescribeStateMachineForExecutionResponse>> DescribeStateMachineForExecutionAsync(
        DescribeStateMachineForExecutionRequest request, CancellationToken cancellation);

    /// <summary>Describes a machine.</summary>
    ValueTask<AwsResult<DescribeStateMachineResponse>> DescribeStateMachineAsync(
        DescribeStateMachineRequest request, CancellationToken cancellation);

    /// <summary>A page of the machines.</summary>
    ValueTask<AwsResult<ListStateMachinesResponse>> ListStateMachinesAsync(
        ListStateMachinesRequest request, CancellationToken cancellation);

    /// <summary>A page of a machine's versions.</summary>
    ValueTask<AwsResult<ListStateMachineVersionsResponse>> ListStateMachineVersionsAsync(
        ListStateMachineVersionsRequest request, CancellationToken cancellation);

    /// <summary>A page of a machine's aliases.</summary>
    ValueTask<AwsResult<ListStateMachineAliasesResponse>> ListStateMachineAliasesAsync(
        ListStateMachineAliasesRequest request, CancellationToken cancellation);

    /// <summary>Describes an activity.</summary>
    ValueTask<AwsResult<DescribeActivityResponse>> DescribeActivityAsync(DescribeActivityRequest request, CancellationToken cancellation);

    /// <summary>A page of the activities.</summary>
    ValueTask<AwsResult<ListActivitiesResponse>> ListActivitiesAsync(ListActivitiesRequest request, CancellationToken cancellation);

    /// <summary>The tags of a machine or an activity.</summary>
    ValueTask<AwsResult<ListTagsForResourceResponse>> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellation);
}
