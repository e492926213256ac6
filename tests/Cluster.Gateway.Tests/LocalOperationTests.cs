using System.Text;
using Cluster.Gateway.Hosting;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;
using Xunit;

namespace Cluster.Gateway.Tests;

/// <summary>Operations that the process itself asks for.</summary>
public sealed class LocalOperationTests
{
    private readonly FakePorts _ports = new();

    [Fact]
    public async Task A_request_is_read_carried_out_and_answered_as_one_that_comes_over_HTTP()
    {
        var answer = await AskAsync("StartExecution", """{"stateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:orders","input":"[1]","name":"one"}""");

        var asked = Assert.IsType<StartExecutionRequest>(_ports.Asked);
        Assert.Equal(("one", "[1]", "request-1"), (asked.Name, Encoding.UTF8.GetString(asked.Input.Span), asked.RequestId));
        Assert.Equal(
            """{"executionArn":"arn:aws:states:us-east-1:111111111111:execution:orders:one","startDate":1700000000.123}""",
            Encoding.UTF8.GetString(answer.Value!.Body!.Value.Span));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whether_a_name_is_the_calls_own_is_told_by_the_process_and_by_no_body(bool isOwn)
    {
        var operations = new LocalOperations(
            new GatewayPorts(_ports, _ports, _ports, _ports, _ports, _ports, TimeProvider.System), new GatewayOptions());
        var request = new LocalRequest(
            "StartExecution",
            """{"stateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:orders","name":"one","nameIsOwn":true,"NameIsOwn":true}"""u8.ToArray(),
            "request-1",
            1024)
        {
            NameIsOwn = isOwn,
        };

        await operations.AskAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(isOwn, Assert.IsType<StartExecutionRequest>(_ports.Asked).NameIsOwn);
    }

    [Fact]
    public async Task A_request_that_breaks_a_constraint_has_AWSs_words()
    {
        var answer = await AskAsync("SendTaskHeartbeat", "{}");
        Assert.Equal(
            AwsErrors.Validation("1 validation error detected: Value null at 'taskToken' failed to satisfy constraint: Member must not be null"),
            answer.Error);
    }

    [Fact]
    public async Task An_error_of_the_port_is_the_answer()
    {
        _ports.Answer = AwsErrors.InvalidToken();
        Assert.Equal(AwsErrors.InvalidToken(), (await AskAsync("SendTaskHeartbeat", """{"taskToken":"t"}""")).Error);
    }

    [Theory]
    [InlineData("TestState", "UnsupportedOperationException")]
    [InlineData("MakeCoffee", "UnknownOperationException")]
    public async Task An_operation_that_is_not_there_says_so(string operation, string code) =>
        Assert.Equal(code, (await AskAsync(operation, "{}")).Error!.Code);

    [Theory]
    [InlineData(13, true)]
    [InlineData(12, false)]
    public async Task A_response_beyond_the_limit_is_not_kept(int longest, bool isKept)
    {
        _ports.Answer = new GetActivityTaskResponse(TaskToken: null, Input: FakePorts.Json("1"));
        var answer = await AskAsync(
            "GetActivityTask", """{"activityArn":"arn:aws:states:us-east-1:111111111111:activity:a"}""", longest);
        Assert.Equal(isKept ? """{"input":"1"}""" : null, answer.Value!.Body is { } kept ? Encoding.UTF8.GetString(kept.Span) : null);
    }

    [Fact]
    public async Task A_poll_that_is_given_up_ends()
    {
        _ports.Poll = async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return GetActivityTaskResponse.None;
        };
        using var given = new CancellationTokenSource();
        var poll = AskAsync("GetActivityTask", """{"activityArn":"arn:aws:states:us-east-1:111111111111:activity:a"}""", cancellation: given.Token);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
    }

    private async Task<AwsResult<LocalResponse>> AskAsync(
        string operation, string body, int longest = 1024, CancellationToken cancellation = default)
    {
        var operations = new LocalOperations(
            new GatewayPorts(_ports, _ports, _ports, _ports, _ports, _ports, TimeProvider.System), new GatewayOptions());
        return await operations.AskAsync(new LocalRequest(operation, Encoding.UTF8.GetBytes(body), "request-1", longest), cancellation);
    }
}
