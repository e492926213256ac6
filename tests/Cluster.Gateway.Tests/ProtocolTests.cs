using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Cluster.Gateway.Diagnostics;
using Cluster.Gateway.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cluster.Gateway.Tests;

public sealed class ProtocolTests
{
    private const string Machine = "\"stateMachineArn\":\"arn:aws:states:us-east-1:111111111111:stateMachine:orders\"";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("{'name':1}")]
    [InlineData("{\"name\":NaN}")]
    [InlineData("{\"name\":\"a\nb\"}")]
    [InlineData("{\"name\":\"\\x\"}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("{\"input\":\"\\ud800x\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// a\n{}")]
    [InlineData("\uFEFF{}")]
    public async Task Malformed_JSON_is_a_serialization_error(string body)
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync("StartExecution", body);
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("{\"__type\":\"SerializationException\",\"message\":\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("input")]
    public async Task Invalid_UTF8_is_a_serialization_error(string member)
    {
        await using var door = await Door.OpenAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes($"{{{Machine},\"{member}\":\""), 0xC3, 0x28, .. "\"}"u8];
        var answer = await door.SendAsync("AWSStepFunctions.StartExecution", new ByteArrayContent(body));
        Assert.Equal(400, answer.Status);
        Assert.Contains("SerializationException", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_given_twice_counts_as_its_last_value()
    {
        await using var door = await Door.OpenAsync();
        await door.CallAsync("StartExecution", $"{{{Machine},\"name\":\"a\",\"name\":\"b\"}}");
        Assert.Equal("b", Assert.IsType<Protocol.Operations.StartExecutionRequest>(door.Ports.Asked).Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("StartExecution")]
    [InlineData("AWSStepFunctions.")]
    [InlineData("AWSStepFunctions.startexecution")]
    [InlineData("AWSStepFunctions.DropTable")]
    [InlineData("DynamoDB_20120810.GetItem")]
    public async Task An_unknown_operation_is_refused(string? target)
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.SendAsync(target, new StringContent("{}"));
        Assert.Equal(400, answer.Status);
        Assert.Equal("{\"__type\":\"UnknownOperationException\",\"message\":\"The requested operation is not recognized.\"}", answer.Body);
        Assert.NotNull(answer.RequestId);
    }

    [Theory]
    [InlineData("DeleteStateMachineAlias")]
    [InlineData("DescribeStateMachineAlias")]
    [InlineData("UpdateStateMachineAlias")]
    public async Task An_alias_is_never_there_as_long_as_none_can_be_created(string operation)
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync(operation, """{"stateMachineAliasArn":"arn:aws:states:r:1:stateMachine:m:a"}""");
        Assert.Equal(400, answer.Status);
        Assert.Equal("""{"__type":"ResourceNotFound","message":"Request references a resource that does not exist."}""", answer.Body);
    }

    [Theory]
    [InlineData("CreateStateMachineAlias")]
    [InlineData("DeleteStateMachineVersion")]
    [InlineData("DescribeMapRun")]
    [InlineData("ListMapRuns")]
    [InlineData("PublishStateMachineVersion")]
    [InlineData("RedriveExecution")]
    [InlineData("StartSyncExecution")]
    [InlineData("TestState")]
    [InlineData("UpdateMapRun")]
    public async Task An_operation_that_is_not_built_yet_says_so_by_name(string operation)
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync(operation, "{}");
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            $"{{\"__type\":\"UnsupportedOperationException\",\"message\":\"The operation {operation} is not supported yet by this server.\"}}",
            answer.Body);
    }

    [Theory]
    [InlineData("https://example.org", 403)]
    [InlineData("http://127.0.0.1.example.org:8080", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost:3000", 200)]
    [InlineData("http://127.0.0.1:8080", 200)]
    public async Task A_web_page_of_another_machine_is_kept_out(string origin, int status)
    {
        await using var door = await Door.OpenAsync();
        using var content = new StringContent($"{{{Machine}}}");
        var answer = await door.SendAsync("AWSStepFunctions.StartExecution", content, ("Origin", origin));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? 1 : 0, door.Ports.Calls);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("PUT", "/", 404)]
    [InlineData("OPTIONS", "/", 404)]
    [InlineData("POST", "/x", 404)]
    [InlineData("GET", "/../../etc/passwd", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("HEAD", "/health/live", 200)]
    [InlineData("GET", "/health/ready", 200)]
    public async Task Only_the_known_ways_in_are_open(string method, string path, int status)
    {
        await using var door = await Door.OpenAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await door.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Readiness_and_metrics_are_what_the_process_says()
    {
        string? unready = "recovering 3 of 64 shards";
        await using var door = await Door.OpenAsync(probes: new GatewayProbes
        {
            Unready = () => unready,
            Metrics = (writer, _) =>
            {
                writer.Write("cluster_up 1\n"u8);
                return ValueTask.CompletedTask;
            },
        });
        using (var refused = await door.Client.GetAsync(new Uri("/health/ready", UriKind.Relative)))
        {
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Equal("recovering 3 of 64 shards\n", await refused.Content.ReadAsStringAsync());
        }

        unready = null;
        using var ready = await door.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(200, (int)ready.StatusCode);
        Assert.Equal("cluster_up 1\n", await door.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)));
    }

    [Fact]
    public async Task The_unexpected_tells_the_caller_nothing_but_the_id_and_is_logged_once()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new InvalidDataException("secret: SELECT * FROM journal");
        var answer = await door.CallAsync("StartExecution", $"{{{Machine}}}");
        Assert.Equal(500, answer.Status);
        Assert.Equal($"{{\"__type\":\"InternalServerError\",\"message\":\"Internal error. Request ID: {answer.RequestId}\"}}", answer.Body);
        var (level, text) = Assert.Single(door.Log);
        Assert.Equal((LogLevel.Error, $"StartExecution failed unexpectedly; request {answer.RequestId}"), (level, text));
        door.Ports.Answer = new Protocol.Operations.StartExecutionResponse(FakePorts.Execution, 0);
        Assert.Equal(200, (await door.CallAsync("StartExecution", $"{{{Machine}}}")).Status);
    }

    [Fact]
    public async Task What_is_stored_and_cannot_be_read_is_refused_in_words_and_logged_once()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new Protocol.Errors.DamagedException("row 7 is not what was written");
        var answer = await door.CallAsync("StartExecution", $"{{{Machine}}}");
        Assert.Equal(503, answer.Status);
        Assert.Equal("{\"__type\":\"ServiceUnavailable\",\"message\":\"What is stored of it cannot be read. An operator must look after it.\"}", answer.Body);
        Assert.Equal(LogLevel.Error, Assert.Single(door.Log).Level);
    }

    [Fact]
    public async Task What_cannot_be_done_now_is_answered_as_unavailable_and_may_be_asked_again()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new Protocol.Errors.UnavailableException("secret: the database is gone");
        var answer = await door.CallAsync("StartExecution", $"{{{Machine}}}");
        Assert.Equal(503, answer.Status);
        Assert.Equal("{\"__type\":\"ServiceUnavailable\",\"message\":\"The service is unavailable at the moment. Try again.\"}", answer.Body);
        door.Ports.Answer = new Protocol.Operations.StartExecutionResponse(FakePorts.Execution, 0);
        Assert.Equal(200, (await door.CallAsync("StartExecution", $"{{{Machine}}}")).Status);
    }

    [Fact]
    public async Task Requests_are_counted_by_operation_and_code()
    {
        await using var door = await Door.OpenAsync();
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (string.Equals(instrument.Meter.Name, GatewayMetrics.MeterName, StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument, door);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (counted)
                counted.Add($"{tags[0].Value} {tags[1].Value} {value}");
        });
        listener.Start();
        await door.CallAsync("StartExecution", $"{{{Machine}}}");
        await door.CallAsync("TestState", "{}");
        await door.CallAsync("Nonsense", "{}");
        lock (counted)
        {
            Assert.Contains("StartExecution OK 1", counted);
            Assert.Contains("TestState UnsupportedOperationException 1", counted);
            Assert.Contains("unknown UnknownOperationException 1", counted);
        }

    }
}
