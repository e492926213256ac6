using Cluster.Node.Tasks;
using Xunit;

namespace Cluster.Node.Tests.Tasks;

/// <summary>The shapes of results and errors that AWS was recorded to give.</summary>
public sealed class LambdaTaskRunnerTests
{
    private const string FunctionError = "{\"errorMessage\": \"no\", \"errorType\": \"Refused\", \"stackTrace\": [1,  2]}";

    [Fact]
    public async Task The_result_of_a_function_arn_is_the_payload_as_it_came()
    {
        await using var server = FunctionServer.Answering(200, "{ \"a\": 1.0 }");
        using var caller = Caller.Of(server.Address);

        var outcome = await caller.Run(Caller.Arn, "{\"order\":1}");

        Assert.Equal("{ \"a\": 1.0 }", Caller.TextOf(outcome));
        var call = Assert.Single(server.Calls);
        Assert.Equal("/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Awork/invocations", call.Target);
        Assert.Equal("{\"order\":1}", call.Body);
        Assert.Equal("RequestResponse", call.Headers["X-Amz-Invocation-Type"]);
        Assert.Equal(Uri.EscapeDataString($"{new Protocol.Identity.ExecutionId(1, 2)}-1--1-0"), call.Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task The_result_of_lambda_invoke_holds_payload_headers_and_status_in_the_recorded_order()
    {
        await using var server = FunctionServer.Answering(
            200, "{\"b\": 2}", "Server: theirs", "X-Amz-Executed-Version: 7", "x-amzn-RequestId: r-1", "Content-Type: application/json", "Date: today");
        using var caller = Caller.Of(server.Address);

        var outcome = await caller.Run(Caller.Invoke, "{\"FunctionName\":\"work\",\"Payload\":{\"x\": 1},\"Qualifier\":\"live\"}");

        Assert.Equal(
            "{\"ExecutedVersion\":\"7\",\"Payload\":{\"b\":2},\"SdkHttpMetadata\":{\"AllHttpHeaders\":{\"X-Amz-Executed-Version\":[\"7\"],"
            + "\"Connection\":[\"keep-alive\"],\"x-amzn-RequestId\":[\"r-1\"],\"Content-Length\":[\"8\"],\"Date\":[\"today\"],\"Content-Type\":[\"application/json\"]},"
            + "\"HttpHeaders\":{\"Connection\":\"keep-alive\",\"Content-Length\":\"8\",\"Content-Type\":\"application/json\",\"Date\":\"today\","
            + "\"X-Amz-Executed-Version\":\"7\",\"x-amzn-RequestId\":\"r-1\"},\"HttpStatusCode\":200},"
            + "\"SdkResponseMetadata\":{\"RequestId\":\"r-1\"},\"StatusCode\":200}",
            Caller.TextOf(outcome));
        var call = Assert.Single(server.Calls);
        Assert.Equal("/2015-03-31/functions/work/invocations?Qualifier=live", call.Target);
        Assert.Equal("{\"x\":1}", call.Body);
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("\"0.0\"", "0.0")]
    [InlineData("\"\\\"text\\\"\"", "\"text\"")]
    [InlineData("[\"a\", 1.50]", "[\"a\",1.50]")]
    [InlineData("true", "true")]
    public async Task A_payload_is_sent_as_recorded(string payload, string sent)
    {
        await using var server = FunctionServer.Answering(200, "{}");
        using var caller = Caller.Of(server.Address);

        await caller.Run(Caller.Invoke, $"{{\"FunctionName\":\"work\",\"Payload\":{payload}}}");

        Assert.Equal(sent, Assert.Single(server.Calls).Body);
    }

    [Theory]
    [InlineData(Caller.Arn, "{}", FunctionError)]
    [InlineData(Caller.Invoke, "{\"FunctionName\":\"work\"}", "{\"errorMessage\":\"no\",\"errorType\":\"Refused\",\"stackTrace\":[1,2]}")]
    public async Task A_function_error_keeps_its_text_for_the_arn_and_is_compact_for_invoke(string resource, string input, string cause)
    {
        await using var server = FunctionServer.Answering(200, FunctionError, "X-Amz-Function-Error: Unhandled");
        using var caller = Caller.Of(server.Address);

        Assert.Equal(new TaskOutcome.Failed("Refused", cause), await caller.Run(resource, input));
    }

    [Theory]
    [InlineData("{\"errorMessage\":\"Process exited\"}")]
    [InlineData("boom")]
    [InlineData("")]
    public async Task A_crash_without_an_error_type_is_unknown(string body)
    {
        await using var server = FunctionServer.Answering(200, body, "X-Amz-Function-Error: Unhandled");
        using var caller = Caller.Of(server.Address);

        Assert.Equal(
            $"Lambda.Unknown: The cause could not be determined because Lambda did not return an error type. Returned payload: {body}",
            Caller.TextOf(await caller.Run(Caller.Arn, "{}")));
    }

    [Theory]
    [InlineData(404, "ResourceNotFoundException", "{\"Message\":\"Function not found: f\"}",
        "Lambda.ResourceNotFoundException: Function not found: f (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: r; Proxy: null)")]
    [InlineData(429, "TooManyRequestsException:http://x", "{\"message\":\"Rate Exceeded.\"}",
        "Lambda.TooManyRequestsException: Rate Exceeded. (Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: r; Proxy: null)")]
    [InlineData(429, null, "", "Lambda.TooManyRequestsException: null (Service: AWSLambda; Status Code: 429; Error Code: null; Request ID: r; Proxy: null)")]
    [InlineData(503, null, "busy", "Lambda.ServiceException: busy (Service: AWSLambda; Status Code: 503; Error Code: null; Request ID: r; Proxy: null)")]
    [InlineData(302, null, "", "Lambda.AWSLambdaException: null (Service: AWSLambda; Status Code: 302; Error Code: null; Request ID: r; Proxy: null)")]
    public async Task A_refusal_of_lambda_has_its_name_and_text(int status, string? type, string body, string expected)
    {
        string[] headers = type is null ? ["x-amzn-RequestId: r"] : ["x-amzn-RequestId: r", $"x-amzn-ErrorType: {type}"];
        await using var server = FunctionServer.Answering(status, body, headers);
        using var caller = Caller.Of(server.Address);

        Assert.Equal(expected, Caller.TextOf(await caller.Run(Caller.Arn, "{}")));
    }

    [Theory]
    [InlineData("{\"Payload\":1}", "The field \"FunctionName\" is required but was missing")]
    [InlineData("{\"FunctionName\":\"work\",\"Colour\":1}", "The field \"Colour\" is not supported by Step Functions")]
    [InlineData("{\"FunctionName\":7}", "The value for the field 'FunctionName' must be a STRING")]
    [InlineData("{\"FunctionName\":\"../secrets\"}", "The value for the field 'FunctionName' is not the name or ARN of a function")]
    [InlineData("{\"FunctionName\":\"work\",\"ClientContext\":\"a\\r\\nX: y\"}", "The value for the field 'ClientContext' holds a character that cannot be sent")]
    public async Task Parameters_that_say_no_call_are_refused(string parameters, string problem)
    {
        using var caller = Caller.Of(new Uri("http://127.0.0.1:9"));

        Assert.Equal(
            $"States.Runtime: The Parameters '{parameters}' could not be used to start the Task: [{problem}]",
            Caller.TextOf(await caller.Run(Caller.Invoke, parameters)));
    }

    [Fact]
    public async Task An_event_invocation_answers_its_status_without_a_version()
    {
        await using var server = FunctionServer.Answering(202, "", "x-amzn-RequestId: r");
        using var caller = Caller.Of(server.Address);

        var text = Caller.TextOf(await caller.Run(Caller.Invoke, "{\"FunctionName\":\"work\",\"InvocationType\":\"Event\",\"LogType\":\"Tail\"}"));

        Assert.StartsWith("{\"Payload\":\"\",", text, StringComparison.Ordinal);
        Assert.EndsWith("\"StatusCode\":202}", text, StringComparison.Ordinal);
        Assert.Equal("Event", Assert.Single(server.Calls).Headers["X-Amz-Invocation-Type"]);
        Assert.Equal("Tail", server.Calls[0].Headers["X-Amz-Log-Type"]);
    }

    [Fact]
    public async Task Without_any_endpoint_the_failure_says_what_to_configure()
    {
        using var caller = new Caller(new TaskSettings());

        var text = Caller.TextOf(await caller.Run(Caller.Arn, "{}"));

        Assert.StartsWith("Lambda.SdkClientException: No endpoint is configured for the function 'arn:aws:lambda:", text, StringComparison.Ordinal);
        Assert.Contains("CLUSTER_LAMBDA_ENDPOINT", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_resource_fails_the_task()
    {
        using var caller = new Caller(new TaskSettings());

        Assert.StartsWith("States.TaskFailed: The resource 'arn:aws:states:::sqs:sendMessage' is not supported", Caller.TextOf(
            await caller.Run("arn:aws:states:::sqs:sendMessage", "{}")), StringComparison.Ordinal);
    }
}
