using System.Text.Json.Nodes;
using Cluster.Asl.Definitions;
using Cluster.Gateway.Hosting;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Ports;
using Xunit;

namespace Cluster.Node.Tests.Tasks;

/// <summary>Operations of Step Functions itself as a Task asks for them.</summary>
public sealed class SdkActionTests
{
    [Fact]
    public async Task An_action_asks_for_its_operation_with_the_names_of_the_API()
    {
        var asked = new AskedOperations();

        var body = await asked.BodyAsync("sendTaskSuccess", """{"Output":"1","TaskToken":"t"}""");

        Assert.Equal("SendTaskSuccess", asked.Asked.Single().Operation);
        Assert.Equal("""{"output":"1","taskToken":"t"}""", body.ToJsonString());
    }

    [Fact]
    public async Task A_pattern_does_not_belong_to_the_action()
    {
        var asked = new AskedOperations();
        await asked.RunAsync("startExecution.waitForTaskToken", """{"StateMachineArn":"m"}""");
        Assert.Equal("StartExecution", asked.Asked.Single().Operation);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{\u0022a\u0022:1}""")]
    [InlineData("[1]", "[1]")]
    [InlineData("5", "5")]
    [InlineData("true", "true")]
    public async Task JSON_where_the_operation_takes_a_text_is_sent_as_its_text(string output, string text)
    {
        var body = await new AskedOperations().BodyAsync("sendTaskSuccess", $$"""{"Output":{{output}},"TaskToken":"t"}""");
        Assert.Equal($"\"{text}\"", body["output"]!.ToJsonString());
    }

    [Fact]
    public async Task Numbers_flags_lists_and_structures_are_sent_as_they_are_with_the_names_of_the_API()
    {
        var page = await new AskedOperations().BodyAsync("getExecutionHistory", """{"ExecutionArn":"e","MaxResults":5,"ReverseOrder":true}""");
        var tags = await new AskedOperations().BodyAsync("createActivity", """{"Name":"a","Tags":[{"Key":"K","Value":"V"}]}""");

        Assert.Equal("""{"executionArn":"e","maxResults":5,"reverseOrder":true}""", page.ToJsonString());
        Assert.Equal("""{"name":"a","tags":[{"key":"K","value":"V"}]}""", tags.ToJsonString());
    }

    [Fact]
    public async Task A_start_without_a_name_has_one_that_is_the_same_when_it_is_sent_again()
    {
        var first = await new AskedOperations().BodyAsync("startExecution", """{"StateMachineArn":"m","Input":null,"Name":null}""");
        var second = await new AskedOperations().BodyAsync("startExecution", """{"StateMachineArn":"m","Input":null}""");
        var named = await new AskedOperations().BodyAsync("startExecution", """{"StateMachineArn":"m","Name":"mine"}""");

        Assert.Null(first["input"]);
        Assert.True(Guid.TryParse((string)first["name"]!, out _));
        Assert.Equal((string)first["name"]!, (string)second["name"]!);
        Assert.Equal("mine", (string)named["name"]!);
    }

    [Theory]
    [InlineData("startExecution", """{"StateMachineArn":"m"}""", true)]
    [InlineData("startExecution", """{"StateMachineArn":"m","Name":null}""", true)]
    [InlineData("startExecution", """{"StateMachineArn":"m","Name":"mine"}""", false)]
    [InlineData("describeExecution", """{"ExecutionArn":"e"}""", false)]
    public async Task Only_a_start_without_a_name_says_that_its_name_is_its_own(string action, string parameters, bool isOwn)
    {
        var asked = new AskedOperations();
        await asked.RunAsync(action, parameters);
        Assert.Equal(isOwn, asked.Asked.Single().NameIsOwn);
    }

    [Theory]
    [InlineData("sendTaskSuccess", """{"TaskToken":"t","Outptu":1}""", "[The field \"Outptu\" is not supported by Step Functions, The field \"Output\" is required but was missing]")]
    [InlineData("sendTaskHeartbeat", """{"taskToken":"t"}""", "[The field \"taskToken\" is not supported by Step Functions, The field \"TaskToken\" is required but was missing]")]
    [InlineData("listActivities", "[]", "[The parameters must be an object]")]
    public async Task Parameters_that_the_operation_does_not_take_start_no_task(string action, string parameters, string problems)
    {
        var asked = new AskedOperations();

        var text = await asked.TextAsync(action, parameters);

        Assert.Equal($"States.Runtime: The Parameters '{parameters}' could not be used to start the Task: {problems}", text);
        Assert.Empty(asked.Asked);
    }

    [Theory]
    [InlineData("InvalidToken", "Sfn.InvalidTokenException")]
    [InlineData("ResourceNotFound", "Sfn.ResourceNotFoundException")]
    [InlineData("ValidationException", "Sfn.ValidationException")]
    [InlineData("SerializationException", "Sfn.SfnException")]
    [InlineData("UnsupportedOperationException", "Sfn.SfnException")]
    public async Task An_error_has_the_name_and_the_words_of_the_SDK(string code, string name)
    {
        var asked = AskedOperations.Refusing(new AwsError(code, "No: 'x'"));

        var text = await asked.TextAsync("sendTaskHeartbeat", """{"TaskToken":"t"}""");

        var id = asked.Asked.Single().RequestId;
        Assert.Equal($"{name}: No: 'x' (Service: Sfn, Status Code: 400, Request ID: {id}) (SDK Attempt Count: 1)", text);
    }

    [Fact]
    public async Task What_the_server_cannot_do_now_is_asked_for_three_times_under_one_request_id()
    {
        var asked = AskedOperations.Refusing(AwsErrors.Unavailable("Not now."));

        var text = await asked.TextAsync("describeActivity", """{"ActivityArn":"a"}""");

        Assert.Equal(3, asked.Asked.Count);
        var id = asked.Asked.Select(request => request.RequestId).Distinct().Single();
        Assert.Equal($"Sfn.SfnException: Not now. (Service: Sfn, Status Code: 503, Request ID: {id}) (SDK Attempt Count: 3)", text);
    }

    [Fact]
    public async Task What_nobody_expected_fails_the_task_and_tells_it_nothing()
    {
        var asked = new AskedOperations { Answer = static (_, _) => throw new InvalidOperationException("secret") };

        var text = await asked.TextAsync("describeActivity", """{"ActivityArn":"a"}""");

        Assert.StartsWith("Sfn.SfnException: The request could not be carried out. (Service: Sfn, Status Code: 500, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_has_capitals_and_times_in_ISO_8601_and_leaves_users_names_alone()
    {
        var asked = AskedOperations.Answering(
            """{"events":[{"timestamp":1700000000.120,"stateExitedEventDetails":{"assignedVariables":{"x":"1"}}}],"startDate":1700000000.000,"input":"{\"a\":1}"}""");

        var result = JsonNode.Parse(await asked.TextAsync("getExecutionHistory", """{"ExecutionArn":"e"}"""))!;

        Assert.Equal("2023-11-14T22:13:20.120Z", (string)result["Events"]![0]!["Timestamp"]!);
        Assert.Equal("2023-11-14T22:13:20Z", (string)result["StartDate"]!);
        Assert.Equal("1", (string)result["Events"]![0]!["StateExitedEventDetails"]!["AssignedVariables"]!["x"]!);
        Assert.Equal("""{"a":1}""", (string)result["Input"]!);
    }

    [Fact]
    public async Task A_response_that_is_too_long_is_over_the_data_limit() => Assert.StartsWith(
        "States.DataLimitExceeded: The state/task 'aws-sdk:sfn' returned a result with a size exceeding",
        await AskedOperations.Answering(null).TextAsync("listActivities", "{}"),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_call_that_is_given_up_ends_its_wait_and_is_not_answered()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = new AskedOperations();
        asked.Answer = async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(gone.SetResult);
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException();
        };
        var call = AskedOperations.Call("getActivityTask", """{"ActivityArn":"a"}""");

        asked.Runner.Start(call, asked);
        asked.Runner.Cancel(call.Key);

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(asked.HasAnswer);
    }

    [Fact]
    public void A_call_that_may_not_leave_asks_for_nothing()
    {
        var asked = new AskedOperations { May = false };
        asked.Runner.Start(AskedOperations.Call("listActivities", "{}"), asked);
        Assert.Empty(asked.Asked);
    }

    [Theory]
    [InlineData("getActivityTask", false)]
    [InlineData("sendTaskSuccess", false)]
    [InlineData("sendTaskFailure.waitForTaskToken", false)]
    [InlineData("updateStateMachine", false)]
    [InlineData("sendTaskHeartbeat", true)]
    [InlineData("startExecution.waitForTaskToken", true)]
    [InlineData("stopExecution", true)]
    [InlineData("describeExecution", true)]
    public void Only_what_is_the_same_twice_is_sent_again(string action, bool may) =>
        Assert.Equal(may, new AskedOperations().Runner.MayResend(AskedOperations.Call(action, "{}")));

    [Fact]
    public async Task An_action_that_is_not_built_says_its_name() => Assert.Equal(
        "States.Runtime: The resource 'arn:aws:states:::aws-sdk:sfn:redriveExecution' is not supported yet by this server.",
        await new AskedOperations().TextAsync("redriveExecution", "{}"));

    [Fact]
    public async Task Every_action_has_an_operation()
    {
        var operations = new LocalOperations(new GatewayPorts(null!, null!, null!, null!, null!, null!, TimeProvider.System), new GatewayOptions());
        foreach (var action in SdkAction.All)
        {
            // A body that is no JSON is refused by the operation itself, before it asks anybody.
            var answer = await operations.AskAsync(new LocalRequest(action.Operation, "x"u8.ToArray(), "id", 1), TestContext.Current.CancellationToken);
            Assert.Equal((action.Name, "SerializationException"), (action.Name, answer.Error!.Code));
        }
    }

    [Fact]
    public void An_action_is_known_by_its_exact_name()
    {
        Assert.Equal("GetActivityTask", SdkAction.Find("getActivityTask")!.Operation);
        Assert.Null(SdkAction.Find("GetActivityTask"));
        Assert.False(SdkAction.IsKnown("GetActivityTask"));
        Assert.True(SdkAction.IsKnown("testState"));
    }
}
