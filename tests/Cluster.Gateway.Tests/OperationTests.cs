using System.Text;
using Cluster.Protocol.Errors;
using Cluster.Protocol.History;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Gateway.Tests;

public sealed class OperationTests
{
    private const string MachineArn = "arn:aws:states:us-east-1:111111111111:stateMachine:orders";
    private const string ExecutionArn = "arn:aws:states:us-east-1:111111111111:execution:orders:one";
    private const string Role = "arn:aws:iam::111111111111:role/r";
    private const long Time = 1_700_000_000_120;

    [Fact]
    public async Task StartExecution_hands_on_what_was_sent_and_answers_arn_and_date()
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync(
            "StartExecution",
            $$$"""{"unknown":{"a":[1,{}]},"stateMachineArn":"{{{MachineArn}}}","name":"one","input":"{\"a\": \"\u00e9\"}","traceHeader":"Root=1"}""");
        Assert.Equal(
            new Answer(
                200,
                $$"""{"executionArn":"{{ExecutionArn}}","startDate":1700000000.123}""",
                "01010101-0101-4101-8101-010101010101",
                "application/x-amz-json-1.0"),
            answer);
        var asked = Assert.IsType<StartExecutionRequest>(door.Ports.Asked);
        Assert.Equal(FakePorts.Machine, asked.StateMachineArn);
        Assert.Equal("one", asked.Name);
        Assert.Equal("{\"a\": \"é\"}", Encoding.UTF8.GetString(asked.Input.Span));
        Assert.Equal("Root=1", asked.TraceHeader);
        Assert.Equal(answer.RequestId, asked.RequestId);
    }

    [Fact]
    public async Task StartExecution_without_name_and_input_draws_a_uuid_and_gives_an_empty_object()
    {
        await using var door = await Door.OpenAsync();
        await door.CallAsync("StartExecution", $$"""{"stateMachineArn":"{{MachineArn}}","name":null}""");
        var asked = Assert.IsType<StartExecutionRequest>(door.Ports.Asked);
        Assert.Equal("02020202-0202-4202-8202-020202020202", asked.Name);
        Assert.Equal("{}", Encoding.UTF8.GetString(asked.Input.Span));
        Assert.Null(asked.TraceHeader);
    }

    [Fact]
    public async Task The_trace_header_of_the_request_wins_over_the_member()
    {
        await using var door = await Door.OpenAsync();
        using var content = new StringContent($$"""{"stateMachineArn":"{{MachineArn}}","traceHeader":"member"}""");
        await door.SendAsync("AWSStepFunctions.StartExecution", content, ("X-Amzn-Trace-Id", "Root=1-header"));
        Assert.Equal("Root=1-header", Assert.IsType<StartExecutionRequest>(door.Ports.Asked).TraceHeader);
    }

    [Theory]
    [InlineData("ALL", true, "/aws/vendedlogs/states/orders")]
    [InlineData("ERROR", false, "orders#1.a-b_c")]
    [InlineData("FATAL", false, "orders")]
    [InlineData("OFF", true, "orders")]
    public async Task A_logging_configuration_is_handed_on_as_one_canonical_text(string level, bool data, string group)
    {
        await using var door = await Door.OpenAsync();
        var destinations = $$$"""[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:111111111111:log-group:{{{group}}}:*"}}]""";
        var flag = data ? "true" : "false";
        await door.CallAsync(
            "UpdateStateMachine",
            $$$"""{"stateMachineArn":"{{{MachineArn}}}","loggingConfiguration":{"destinations":{{{destinations}}},"includeExecutionData":{{{flag}}},"level":"{{{level}}}"}}""");
        Assert.Equal(
            $$$"""{"level":"{{{level}}}","includeExecutionData":{{{flag}}},"destinations":{{{destinations}}}}""",
            Assert.IsType<UpdateStateMachineRequest>(door.Ports.Asked).LoggingConfiguration);
    }

    [Fact]
    public async Task StopExecution_hands_on_error_and_cause()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new StopExecutionResponse(Time);
        var answer = await door.CallAsync("StopExecution", $$"""{"executionArn":"{{ExecutionArn}}","error":"E","cause":"C"}""");
        Assert.Equal("""{"stopDate":1700000000.120}""", answer.Body);
        Assert.Equal(new StopExecutionRequest(FakePorts.Execution, "E", "C"), door.Ports.Asked);
    }

    [Fact]
    public async Task DescribeExecution_of_a_succeeded_execution()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new DescribeExecutionResponse
        {
            ExecutionArn = FakePorts.Execution,
            Status = "SUCCEEDED",
            StartDate = Time,
            StopDate = Time + 1,
            Input = FakePorts.Json("{ \"a\": \"<é>\" }"),
            Output = FakePorts.Json("2"),
            TraceHeader = "T",
            RedriveStatus = "NOT_REDRIVABLE",
            RedriveStatusReason = "Execution is SUCCEEDED and cannot be redriven",
        };
        var answer = await door.CallAsync("DescribeExecution", $$"""{"executionArn":"{{ExecutionArn}}"}""");
        Assert.Equal(
            $$"""{"executionArn":"{{ExecutionArn}}","stateMachineArn":"{{MachineArn}}","name":"one","status":"SUCCEEDED","""
            + "\"startDate\":1700000000.120,\"stopDate\":1700000000.121,"
            + "\"input\":\"{ \\\"a\\\": \\\"<é>\\\" }\",\"inputDetails\":{\"included\":true},"
            + "\"output\":\"2\",\"outputDetails\":{\"included\":true},\"traceHeader\":\"T\",\"redriveCount\":0,"
            + "\"redriveStatus\":\"NOT_REDRIVABLE\",\"redriveStatusReason\":\"Execution is SUCCEEDED and cannot be redriven\"}",
            answer.Body);
        Assert.Equal(new DescribeExecutionRequest(FakePorts.Execution, MetadataOnly: false), door.Ports.Asked);
    }

    [Fact]
    public async Task DescribeExecution_of_a_failed_execution_has_error_and_cause_and_no_output()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new DescribeExecutionResponse
        {
            ExecutionArn = FakePorts.Execution,
            Status = "FAILED",
            StartDate = Time,
            Error = "E",
            Cause = "C",
            RedriveStatus = "REDRIVABLE",
        };
        var answer = await door.CallAsync("DescribeExecution", $$"""{"executionArn":"{{ExecutionArn}}","includedData":"METADATA_ONLY"}""");
        Assert.Equal(
            $$"""{"executionArn":"{{ExecutionArn}}","stateMachineArn":"{{MachineArn}}","name":"one","status":"FAILED","""
            + "\"startDate\":1700000000.120,\"error\":\"E\",\"cause\":\"C\",\"redriveCount\":0,\"redriveStatus\":\"REDRIVABLE\"}",
            answer.Body);
        Assert.Equal(new DescribeExecutionRequest(FakePorts.Execution, MetadataOnly: true), door.Ports.Asked);
    }

    [Fact]
    public async Task ListExecutions_gives_items_and_the_next_token()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new ListExecutionsResponse(
            [new ExecutionListItem(FakePorts.Execution, "RUNNING", Time, null), new ExecutionListItem(FakePorts.Execution, "FAILED", Time, Time)],
            "next");
        var answer = await door.CallAsync(
            "ListExecutions", $$"""{"stateMachineArn":"{{MachineArn}}","statusFilter":"FAILED","maxResults":3,"nextToken":"t"}""");
        Assert.Equal(
            $$"""{"executions":[{"executionArn":"{{ExecutionArn}}","stateMachineArn":"{{MachineArn}}","name":"one","status":"RUNNING","""
            + "\"startDate\":1700000000.120,\"redriveCount\":0},"
            + $$"""{"executionArn":"{{ExecutionArn}}","stateMachineArn":"{{MachineArn}}","name":"one","status":"FAILED","""
            + "\"startDate\":1700000000.120,\"stopDate\":1700000000.120,\"redriveCount\":0}],\"nextToken\":\"next\"}",
            answer.Body);
        Assert.Equal(new ListExecutionsRequest(FakePorts.Machine, "FAILED", 3, "t"), door.Ports.Asked);
    }

    [Fact]
    public async Task CreateStateMachine_hands_on_the_definition_and_canonical_settings()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new CreateStateMachineResponse(FakePorts.Machine, Time);
        var answer = await door.CallAsync(
            "CreateStateMachine",
            $$$"""
            {"name":"orders","definition":"{\n}","roleArn":"{{{Role}}}","type":"STANDARD","tags":[{"key":"k","value":"v"}],"publish":false,
             "loggingConfiguration":{"includeExecutionData":true,"level":"OFF"},"tracingConfiguration":{"enabled":true},
             "encryptionConfiguration":{"type":"AWS_OWNED_KEY"}}
            """);
        Assert.Equal($$"""{"stateMachineArn":"{{MachineArn}}","creationDate":1700000000.120}""", answer.Body);
        var asked = Assert.IsType<CreateStateMachineRequest>(door.Ports.Asked);
        Assert.Equal("{\n}", asked.Definition);
        Assert.Equal("""{"level":"OFF","includeExecutionData":true}""", asked.LoggingConfiguration);
        Assert.True(asked.Tracing);
        Assert.Equal("STANDARD", asked.Type);
        Assert.Equal("v", asked.Tags!["k"]);
    }

    [Fact]
    public async Task CreateStateMachine_with_the_least_members_has_the_defaults()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new CreateStateMachineResponse(FakePorts.Machine, Time);
        await door.CallAsync("CreateStateMachine", $$"""{"name":"orders","definition":"d","roleArn":"{{Role}}"}""");
        Assert.Equal(
            new CreateStateMachineRequest(
                "orders", "d", Role, "STANDARD", """{"level":"OFF","includeExecutionData":false}""", Tracing: false),
            door.Ports.Asked);
    }

    [Theory]
    [InlineData("revision", "{\"updateDate\":1700000000.120,\"revisionId\":\"revision\"}")]
    [InlineData(null, "{\"updateDate\":1700000000.120}")]
    public async Task UpdateStateMachine_answers_the_revision_where_there_is_one(string? revision, string expected)
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new UpdateStateMachineResponse(Time, revision);
        var answer = await door.CallAsync("UpdateStateMachine", $$"""{"stateMachineArn":"{{MachineArn}}","definition":"d"}""");
        Assert.Equal(expected, answer.Body);
        Assert.Equal(new UpdateStateMachineRequest(FakePorts.Machine, "d", null, null, null), door.Ports.Asked);
    }

    [Fact]
    public async Task DeleteStateMachine_answers_an_empty_structure()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new DeleteStateMachineResponse();
        var answer = await door.CallAsync("DeleteStateMachine", $$"""{"stateMachineArn":"{{MachineArn}}"}""");
        Assert.Equal((200, "{}"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task DescribeStateMachine_has_all_settings_and_the_revision_where_there_is_one()
    {
        await using var door = await Door.OpenAsync();
        var machine = new DescribeStateMachineResponse
        {
            StateMachineArn = FakePorts.Machine,
            Definition = "{\n}",
            RoleArn = Role,
            Type = "STANDARD",
            CreationDate = Time,
        };
        door.Ports.Answer = machine;
        var first = await door.CallAsync("DescribeStateMachine", $$"""{"stateMachineArn":"{{MachineArn}}"}""");
        door.Ports.Answer = new DescribeStateMachineResponse
        {
            StateMachineArn = FakePorts.Machine,
            Definition = "{}",
            RoleArn = Role,
            Type = "STANDARD",
            CreationDate = Time,
            RevisionId = "r",
            Tracing = true,
            LoggingConfiguration = """{"level":"OFF","includeExecutionData":true}""",
        };
        var second = await door.CallAsync("DescribeStateMachine", $$"""{"stateMachineArn":"{{MachineArn}}","includedData":"METADATA_ONLY"}""");
        Assert.Equal(
            $$"""{"stateMachineArn":"{{MachineArn}}","name":"orders","status":"ACTIVE","definition":"{\n}","roleArn":"{{Role}}","""
            + "\"type\":\"STANDARD\",\"creationDate\":1700000000.120,\"loggingConfiguration\":{\"level\":\"OFF\",\"includeExecutionData\":false},"
            + "\"tracingConfiguration\":{\"enabled\":false},\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"}}",
            first.Body);
        Assert.EndsWith(
            "\"loggingConfiguration\":{\"level\":\"OFF\",\"includeExecutionData\":true},\"tracingConfiguration\":{\"enabled\":true},"
            + "\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"},\"revisionId\":\"r\"}",
            second.Body,
            StringComparison.Ordinal);
        Assert.Equal(new DescribeStateMachineRequest(FakePorts.Machine, MetadataOnly: true), door.Ports.Asked);
    }

    [Fact]
    public async Task DescribeStateMachineForExecution_has_the_date_of_the_form_that_runs()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new DescribeStateMachineForExecutionResponse
        {
            StateMachineArn = FakePorts.Machine,
            Definition = "{}",
            RoleArn = Role,
            UpdateDate = Time,
            RevisionId = "r",
        };
        var answer = await door.CallAsync("DescribeStateMachineForExecution", $$"""{"executionArn":"{{ExecutionArn}}"}""");
        Assert.Equal(
            $$"""{"stateMachineArn":"{{MachineArn}}","name":"orders","definition":"{}","roleArn":"{{Role}}","updateDate":1700000000.120,"""
            + "\"loggingConfiguration\":{\"level\":\"OFF\",\"includeExecutionData\":false},\"tracingConfiguration\":{\"enabled\":false},"
            + "\"encryptionConfiguration\":{\"type\":\"AWS_OWNED_KEY\"},\"revisionId\":\"r\"}",
            answer.Body);
    }

    [Fact]
    public async Task ListStateMachines_gives_items_and_defaults_to_a_hundred()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new ListStateMachinesResponse([new StateMachineListItem(FakePorts.Machine, "STANDARD", Time)], null);
        var answer = await door.CallAsync("ListStateMachines", """{"maxResults":0}""");
        Assert.Equal(
            $$"""{"stateMachines":[{"stateMachineArn":"{{MachineArn}}","name":"orders","type":"STANDARD","creationDate":1700000000.120}]}""",
            answer.Body);
        Assert.Equal(new ListStateMachinesRequest(100, null), door.Ports.Asked);
    }

    [Fact]
    public async Task An_error_of_a_port_is_told_in_its_own_words()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = AwsErrors.ExecutionDoesNotExist(FakePorts.Execution);
        var answer = await door.CallAsync("DescribeExecution", $$"""{"executionArn":"{{ExecutionArn}}"}""");
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            $$"""{"__type":"ExecutionDoesNotExist","message":"Execution Does Not Exist: '{{ExecutionArn}}'"}""", answer.Body);
        Assert.Equal("application/x-amz-json-1.0", answer.ContentType);
    }

    [Fact]
    public async Task GetExecutionHistory_hands_on_order_and_data_and_page()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new GetExecutionHistoryResponse([new HistoryEvent(1, 0, Time, "LambdaFunctionStarted", null)], "n");
        var answer = await door.CallAsync(
            "GetExecutionHistory",
            $$"""{"executionArn":"{{ExecutionArn}}","reverseOrder":true,"includeExecutionData":false,"maxResults":1000,"nextToken":"t"}""");
        Assert.Equal(
            """{"events":[{"timestamp":1700000000.120,"type":"LambdaFunctionStarted","id":1,"previousEventId":0}],"nextToken":"n"}""",
            answer.Body);
        Assert.Equal(
            new GetExecutionHistoryRequest(FakePorts.Execution, 1000, ReverseOrder: true, IncludeExecutionData: false, "t"), door.Ports.Asked);
    }
}
