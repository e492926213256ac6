using System.Text;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Gateway.Tests;

/// <summary>The ports as a table of functions: a test sets what it needs and reads what the Gateway asked.</summary>
internal sealed class FakePorts : IExecutionRouter, IQueryService, IStateMachineCatalog, IActivityCatalog, ITagCatalog, ISecretSource
{
    public static readonly StateMachineArn Machine = new("aws", "us-east-1", "111111111111", "orders");
    public static readonly ExecutionArn Execution = new("aws", "us-east-1", "111111111111", "orders", "one");

    private int _drawn;

    public object? Asked { get; private set; }

    public int Calls { get; private set; }

    /// <summary>What the next calls answer: a response record or an <see cref="AwsError"/>, or an exception to throw.</summary>
    public object Answer { get; set; } = new StartExecutionResponse(Execution, 1_700_000_000_123);

    /// <summary>What is done when the server stops.</summary>
    public Action? WorkersSentHome { get; set; }

    /// <summary>What polls do instead of being answered.</summary>
    public Func<CancellationToken, ValueTask<AwsResult<GetActivityTaskResponse>>>? Poll { get; set; }

    public static ReadOnlyMemory<byte> Json(string text) => Encoding.UTF8.GetBytes(text);

    public void Fill(Span<byte> destination) => destination.Fill((byte)Interlocked.Increment(ref _drawn));

    public ValueTask<AwsResult<StartExecutionResponse>> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellation) =>
        Tell<StartExecutionResponse>(request);

    public ValueTask<AwsResult<StopExecutionResponse>> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancellation) =>
        Tell<StopExecutionResponse>(request);

    public ValueTask<AwsResult<DescribeExecutionResponse>> DescribeExecutionAsync(
        DescribeExecutionRequest request, CancellationToken cancellation) => Tell<DescribeExecutionResponse>(request);

    public ValueTask<AwsResult<ListExecutionsResponse>> ListExecutionsAsync(ListExecutionsRequest request, CancellationToken cancellation) =>
        Tell<ListExecutionsResponse>(request);

    public ValueTask<AwsResult<GetExecutionHistoryResponse>> GetExecutionHistoryAsync(
        GetExecutionHistoryRequest request, CancellationToken cancellation) => Tell<GetExecutionHistoryResponse>(request);

    public ValueTask<AwsResult<DescribeStateMachineForExecutionResponse>> DescribeStateMachineForExecutionAsync(
        DescribeStateMachineForExecutionRequest request, CancellationToken cancellation) =>
        Tell<DescribeStateMachineForExecutionResponse>(request);

    public ValueTask<AwsResult<DescribeStateMachineResponse>> DescribeStateMachineAsync(
        DescribeStateMachineRequest request, CancellationToken cancellation) => Tell<DescribeStateMachineResponse>(request);

    public ValueTask<AwsResult<ListStateMachinesResponse>> ListStateMachinesAsync(
        ListStateMachinesRequest request, CancellationToken cancellation) => Tell<ListStateMachinesResponse>(request);

    public ValueTask<AwsResult<CreateStateMachineResponse>> CreateStateMachineAsync(
        CreateStateMachineRequest request, CancellationToken cancellation) => Tell<CreateStateMachineResponse>(request);

    public ValueTask<AwsResult<UpdateStateMachineResponse>> UpdateStateMachineAsync(
        UpdateStateMachineRequest request, CancellationToken cancellation) => Tell<UpdateStateMachineResponse>(request);

    public ValueTask<AwsResult<DeleteStateMachineResponse>> DeleteStateMachineAsync(
        DeleteStateMachineRequest request, CancellationToken cancellation) => Tell<DeleteStateMachineResponse>(request);

    public ValueTask<AwsResult<GetActivityTaskResponse>> GetActivityTaskAsync(
        GetActivityTaskRequest request, CancellationToken cancellation) =>
        Poll?.Invoke(cancellation) ?? Tell<GetActivityTaskResponse>(request);

    public void SendWorkersHome() => WorkersSentHome?.Invoke();

    public ValueTask<AwsResult<SendTaskSuccessResponse>> SendTaskSuccessAsync(
        SendTaskSuccessRequest request, CancellationToken cancellation) => Tell<SendTaskSuccessResponse>(request);

    public ValueTask<AwsResult<SendTaskFailureResponse>> SendTaskFailureAsync(
        SendTaskFailureRequest request, CancellationToken cancellation) => Tell<SendTaskFailureResponse>(request);

    public ValueTask<AwsResult<SendTaskHeartbeatResponse>> SendTaskHeartbeatAsync(
        SendTaskHeartbeatRequest request, CancellationToken cancellation) => Tell<SendTaskHeartbeatResponse>(request);

    public ValueTask<AwsResult<ValidateStateMachineDefinitionResponse>> ValidateStateMachineDefinitionAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancellation) => Tell<ValidateStateMachineDefinitionResponse>(request);

    public ValueTask<AwsResult<ListStateMachineVersionsResponse>> ListStateMachineVersionsAsync(
        ListStateMachineVersionsRequest request, CancellationToken cancellation) => Tell<ListStateMachineVersionsResponse>(request);

    public ValueTask<AwsResult<ListStateMachineAliasesResponse>> ListStateMachineAliasesAsync(
        ListStateMachineAliasesRequest request, CancellationToken cancellation) => Tell<ListStateMachineAliasesResponse>(request);

    public ValueTask<AwsResult<CreateActivityResponse>> CreateActivityAsync(
        CreateActivityRequest request, CancellationToken cancellation) => Tell<CreateActivityResponse>(request);

    public ValueTask<AwsResult<DeleteActivityResponse>> DeleteActivityAsync(
        DeleteActivityRequest request, CancellationToken cancellation) => Tell<DeleteActivityResponse>(request);

    public ValueTask<AwsResult<DescribeActivityResponse>> DescribeActivityAsync(
        DescribeActivityRequest request, CancellationToken cancellation) => Tell<DescribeActivityResponse>(request);

    public ValueTask<AwsResult<ListActivitiesResponse>> ListActivitiesAsync(
        ListActivitiesRequest request, CancellationToken cancellation) => Tell<ListActivitiesResponse>(request);

    public ValueTask<AwsResult<TagResourceResponse>> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellation) => Tell<TagResourceResponse>(request);

    public ValueTask<AwsResult<UntagResourceResponse>> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellation) => Tell<UntagResourceResponse>(request);

    public ValueTask<AwsResult<ListTagsForResourceResponse>> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellation) => Tell<ListTagsForResourceResponse>(request);

    private ValueTask<AwsResult<T>> Tell<T>(object request)
        where T : class
    {
        Asked = request;
        Calls++;
        AwsResult<T> result = Answer switch
        {
            T response => response,
            AwsError error => error,
            Exception e => throw e,
            _ => throw new InvalidOperationException($"The test set no answer for {typeof(T).Name}."),
        };
        return ValueTask.FromResult(result);
    }
}
