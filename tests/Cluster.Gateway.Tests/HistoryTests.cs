using System.Text.Json;
using Cluster.Protocol.History;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Gateway.Tests;

public sealed class HistoryTests
{
    private const string Request = "{\"executionArn\":\"arn:aws:states:us-east-1:111111111111:execution:orders:one\"}";

    public static TheoryData<string, HistoryEventDetails, string> Details { get; } = new()
    {
        { "ExecutionStarted", new ExecutionStartedEventDetails(FakePorts.Json("{}"), "role"), """ "executionStartedEventDetails":{"input":"{}","inputDetails":{"truncated":false},"roleArn":"role"} """ },
        { "ExecutionStarted", new ExecutionStartedEventDetails(null, "role"), """ "executionStartedEventDetails":{"roleArn":"role"} """ },
        { "ExecutionSucceeded", new ExecutionSucceededEventDetails(FakePorts.Json("[1]")), """ "executionSucceededEventDetails":{"output":"[1]","outputDetails":{"truncated":false}} """ },
        { "ExecutionFailed", new FailureEventDetails("E", "C"), """ "executionFailedEventDetails":{"error":"E","cause":"C"} """ },
        { "ExecutionAborted", new FailureEventDetails(null, null), """ "executionAbortedEventDetails":{} """ },
        { "ExecutionTimedOut", new FailureEventDetails("States.Timeout", null), """ "executionTimedOutEventDetails":{"error":"States.Timeout"} """ },
        { "LambdaFunctionTimedOut", new FailureEventDetails("States.Timeout", null), """ "lambdaFunctionTimedOutEventDetails":{"error":"States.Timeout"} """ },
        { "LambdaFunctionScheduleFailed", new FailureEventDetails("E", "C"), """ "lambdaFunctionScheduleFailedEventDetails":{"error":"E","cause":"C"} """ },
        { "PassStateEntered", new StateEnteredEventDetails("A", FakePorts.Json("\"é\"")), """ "stateEnteredEventDetails":{"name":"A","input":"\"é\"","inputDetails":{"truncated":false}} """ },
        { "WaitStateExited", new StateExitedEventDetails("A", FakePorts.Json("1")), """ "stateExitedEventDetails":{"name":"A","output":"1","outputDetails":{"truncated":false}} """ },
        { "FailStateEntered", new StateEnteredEventDetails("A", null), """ "stateEnteredEventDetails":{"name":"A"} """ },
        { "LambdaFunctionScheduled", new LambdaFunctionScheduledEventDetails(FakePorts.Json("1"), "arn", 5), """ "lambdaFunctionScheduledEventDetails":{"resource":"arn","input":"1","inputDetails":{"truncated":false},"timeoutInSeconds":5} """ },
        { "LambdaFunctionSucceeded", new LambdaFunctionSucceededEventDetails(FakePorts.Json("1")), """ "lambdaFunctionSucceededEventDetails":{"output":"1","outputDetails":{"truncated":false}} """ },
        { "TaskScheduled", new TaskScheduledEventDetails(FakePorts.Json("{}"), "us-east-1", "invoke", "lambda", 7, 3), """ "taskScheduledEventDetails":{"resourceType":"lambda","resource":"invoke","region":"us-east-1","parameters":"{}","timeoutInSeconds":7,"heartbeatInSeconds":3} """ },
        { "TaskStarted", new TaskStartedEventDetails("invoke", "lambda"), """ "taskStartedEventDetails":{"resourceType":"lambda","resource":"invoke"} """ },
        { "TaskSucceeded", new TaskSucceededEventDetails(FakePorts.Json("1"), "invoke", "lambda"), """ "taskSucceededEventDetails":{"resourceType":"lambda","resource":"invoke","output":"1","outputDetails":{"truncated":false}} """ },
        { "TaskFailed", new TaskFailureEventDetails("E", "C", "invoke", "lambda"), """ "taskFailedEventDetails":{"resourceType":"lambda","resource":"invoke","error":"E","cause":"C"} """ },
        { "TaskTimedOut", new TaskFailureEventDetails("E", null, "invoke", "lambda"), """ "taskTimedOutEventDetails":{"resourceType":"lambda","resource":"invoke","error":"E"} """ },
        { "TaskSubmitted", new TaskSubmittedEventDetails(FakePorts.Json("1"), "startExecution.sync", "states"), """ "taskSubmittedEventDetails":{"resourceType":"states","resource":"startExecution.sync","output":"1","outputDetails":{"truncated":false}} """ },
        { "ActivityScheduled", new ActivityScheduledEventDetails(FakePorts.Json("1"), "arn", 5, 3), """ "activityScheduledEventDetails":{"resource":"arn","input":"1","inputDetails":{"truncated":false},"timeoutInSeconds":5,"heartbeatInSeconds":3} """ },
        { "ActivityStarted", new ActivityStartedEventDetails("w"), """ "activityStartedEventDetails":{"workerName":"w"} """ },
        { "ActivityStarted", new ActivityStartedEventDetails(null), """ "activityStartedEventDetails":{} """ },
        { "ActivitySucceeded", new ActivitySucceededEventDetails(FakePorts.Json("1")), """ "activitySucceededEventDetails":{"output":"1","outputDetails":{"truncated":false}} """ },
        { "ActivityTimedOut", new FailureEventDetails("States.Timeout", null), """ "activityTimedOutEventDetails":{"error":"States.Timeout"} """ },
        { "MapStateStarted", new MapStateStartedEventDetails(3), """ "mapStateStartedEventDetails":{"length":3} """ },
        { "MapIterationStarted", new MapIterationEventDetails("M", 0), """ "mapIterationStartedEventDetails":{"name":"M","index":0} """ },
        { "MapIterationSucceeded", new MapIterationEventDetails("M", 1), """ "mapIterationSucceededEventDetails":{"name":"M","index":1} """ },
        { "MapIterationFailed", new MapIterationEventDetails("M", 2), """ "mapIterationFailedEventDetails":{"name":"M","index":2} """ },
        { "MapIterationAborted", new MapIterationEventDetails("M", 2), """ "mapIterationAbortedEventDetails":{"name":"M","index":2} """ },
    };

    [Theory]
    [MemberData(nameof(Details))]
    public async Task An_event_has_the_details_member_of_its_type(string type, HistoryEventDetails details, string expected)
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new GetExecutionHistoryResponse([new HistoryEvent(2, 1, 5, type, details)], null);
        var answer = await door.CallAsync("GetExecutionHistory", Request);
        Assert.Equal(
            $"{{\"events\":[{{\"timestamp\":0.005,\"type\":\"{type}\",\"id\":2,\"previousEventId\":1,{expected.Trim()}}}]}}", answer.Body);
    }

    [Fact]
    public async Task Every_kind_of_details_has_a_test_here()
    {
        await using var door = await Door.OpenAsync();
        var kinds = typeof(HistoryEventDetails).Assembly.GetTypes().Where(type => type.BaseType == typeof(HistoryEventDetails));
        Assert.Empty(kinds.Except(Details.Select(row => row.Data.Item2.GetType())));
    }

    [Fact]
    public async Task A_page_of_many_megabytes_goes_out_in_pieces_and_is_whole()
    {
        await using var door = await Door.OpenAsync();
        var payload = FakePorts.Json("\"" + new string('é', 100_000) + "\"");
        door.Ports.Answer = new GetExecutionHistoryResponse(
            [.. Enumerable.Range(1, 200).Select(id => new HistoryEvent(id, id - 1, 0, "PassStateEntered", new StateEnteredEventDetails("A", payload)))],
            "next");
        var answer = await door.CallAsync("GetExecutionHistory", Request);
        using var page = JsonDocument.Parse(answer.Body);
        Assert.Equal(200, page.RootElement.GetProperty("events").GetArrayLength());
        Assert.Equal("next", page.RootElement.GetProperty("nextToken").GetString());
        var small = await door.CallAsync("GetExecutionHistory", "{}");
        Assert.Equal(400, small.Status);
    }
}
