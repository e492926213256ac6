using System.Text;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Gateway.Tests;

/// <summary>Activities, task tokens, tags, and what Terraform asks around a machine.</summary>
public sealed class ResourceOperationTests
{
    private const string ActivityText = "arn:aws:states:us-east-1:111111111111:activity:act";
    private const string MachineText = "arn:aws:states:us-east-1:111111111111:stateMachine:orders";
    private const string Arn = $"\"activityArn\":\"{ActivityText}\"";
    private const string Resource = $"\"resourceArn\":\"{MachineText}\"";
    private const long Time = 1_700_000_000_120;

    private static readonly ActivityArn Activity = new("aws", "us-east-1", "111111111111", "act");
    private static readonly TaggedArn Tagged = new(TaggedKind.StateMachine, "us-east-1", "111111111111", "orders", MachineText);

    [Fact]
    public async Task CreateActivity_hands_on_name_tags_and_encryption()
    {
        var asked = Assert.IsType<CreateActivityRequest>(await AskAsync(
            "CreateActivity",
            """{"name":"act","tags":[{"key":"k","value":"v"},{"key":"e"}],"encryptionConfiguration":{"type":"AWS_OWNED_KEY"}}""",
            new CreateActivityResponse(Activity, Time),
            $$"""{"activityArn":"{{ActivityText}}","creationDate":1700000000.120}"""));
        Assert.Equal(("act", null), (asked.Name, asked.CustomerKey));
        Assert.Equal([("k", "v"), ("e", "")], asked.Tags!.Select(tag => (tag.Key, tag.Value)));
    }

    [Fact]
    public async Task Equal_encryptions_are_equal_texts_whatever_is_left_to_the_default()
    {
        var texts = new List<string?>();
        foreach (var more in (string[])["", ",\"kmsDataKeyReusePeriodSeconds\":300", ",\"kmsDataKeyReusePeriodSeconds\":60"])
        {
            var asked = await AskAsync(
                "CreateActivity",
                $$$"""{"name":"act","encryptionConfiguration":{"kmsKeyId":"k","type":"CUSTOMER_MANAGED_KMS_KEY"{{{more}}}}}""",
                new CreateActivityResponse(Activity, Time),
                expected: null);
            texts.Add(Assert.IsType<CreateActivityRequest>(asked).CustomerKey);
        }

        Assert.NotNull(texts[0]);
        Assert.Equal(texts[0], texts[1]);
        Assert.NotEqual(texts[0], texts[2]);
    }

    [Fact]
    public async Task DescribeActivity_and_DeleteActivity_and_ListActivities_answer_as_AWS()
    {
        await AskAsync(
            "DescribeActivity",
            $$"""{{{Arn}}}""",
            new DescribeActivityResponse(Activity, Time),
            $$$"""{"activityArn":"{{{ActivityText}}}","name":"act","creationDate":1700000000.120,"encryptionConfiguration":{"type":"AWS_OWNED_KEY"}}""");
        Assert.Equal(
            new DeleteActivityRequest(Activity),
            await AskAsync("DeleteActivity", $$"""{{{Arn}}}""", new DeleteActivityResponse(), "{}"));
        Assert.Equal(
            new ListActivitiesRequest(100, "t"),
            await AskAsync(
                "ListActivities",
                """{"maxResults":0,"nextToken":"t"}""",
                new ListActivitiesResponse([new ActivityListItem(Activity, Time)], "next"),
                $$"""{"activities":[{"activityArn":"{{ActivityText}}","name":"act","creationDate":1700000000.120}],"nextToken":"next"}"""));
    }

    [Fact]
    public async Task GetActivityTask_hands_out_token_and_input_and_without_a_task_neither()
    {
        Assert.Equal(
            new GetActivityTaskRequest(Activity, "w"),
            await AskAsync(
                "GetActivityTask",
                $$"""{{{Arn}},"workerName":"w"}""",
                new GetActivityTaskResponse("token", Encoding.UTF8.GetBytes("""{"a": "é"}""")),
                """{"taskToken":"token","input":"{\"a\": \"é\"}"}"""));
        Assert.Equal(
            new GetActivityTaskRequest(Activity, WorkerName: null),
            await AskAsync("GetActivityTask", $$"""{{{Arn}}}""", GetActivityTaskResponse.None, "{}"));
    }

    [Fact]
    public async Task Answers_to_tasks_are_handed_on_as_they_were_sent()
    {
        var success = Assert.IsType<SendTaskSuccessRequest>(await AskAsync(
            "SendTaskSuccess", """{"output":" {\"a\": 1.0}","taskToken":"t"}""", new SendTaskSuccessResponse(), "{}"));
        Assert.Equal(("t", """ {"a": 1.0}"""), (success.TaskToken, Encoding.UTF8.GetString(success.Output.Span)));
        Assert.Equal(
            new SendTaskFailureRequest("t", "E", "C"),
            await AskAsync("SendTaskFailure", """{"taskToken":"t","error":"E","cause":"C"}""", new SendTaskFailureResponse(), "{}"));
        Assert.Equal(
            new SendTaskFailureRequest("t", Error: null, Cause: null),
            await AskAsync("SendTaskFailure", """{"taskToken":"t"}""", new SendTaskFailureResponse(), "{}"));
        Assert.Equal(
            new SendTaskHeartbeatRequest("t"),
            await AskAsync("SendTaskHeartbeat", """{"taskToken":"t"}""", new SendTaskHeartbeatResponse(), "{}"));
    }

    [Theory]
    [InlineData(2048, 200)]
    [InlineData(2049, 400)]
    public async Task A_token_has_at_most_2048_characters(int length, int status)
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new SendTaskHeartbeatResponse();
        var answer = await door.CallAsync("SendTaskHeartbeat", $$"""{"taskToken":"{{new string('t', length)}}"}""");
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Tags_are_set_taken_and_listed()
    {
        var set = Assert.IsType<TagResourceRequest>(await AskAsync(
            "TagResource", $$"""{{{Resource}},"tags":[{"key":"k","value":"1"},{"key":"k","value":"2"}]}""", new TagResourceResponse(), "{}"));
        Assert.Equal(Tagged, set.ResourceArn);
        Assert.Equal([("k", "2")], set.Tags.Select(tag => (tag.Key, tag.Value)));
        var taken = Assert.IsType<UntagResourceRequest>(await AskAsync(
            "UntagResource", $$"""{"tagKeys":["a",null,"b"],{{Resource}}}""", new UntagResourceResponse(), "{}"));
        Assert.Equal(["a", "b"], taken.TagKeys);
        Assert.Equal(
            new ListTagsForResourceRequest(new TaggedArn(TaggedKind.Activity, "us-east-1", "111111111111", "act", ActivityText)),
            await AskAsync(
                "ListTagsForResource",
                $$"""{"resourceArn":"{{ActivityText}}"}""",
                new ListTagsForResourceResponse([new("a", "1"), new("b", "")]),
                """{"tags":[{"key":"a","value":"1"},{"key":"b","value":""}]}"""));
    }

    [Fact]
    public async Task Versions_and_aliases_are_empty_lists()
    {
        Assert.Equal(
            new ListStateMachineVersionsRequest(FakePorts.Machine, NextToken: null),
            await AskAsync(
                "ListStateMachineVersions",
                $$"""{"stateMachineArn":"{{MachineText}}"}""",
                new ListStateMachineVersionsResponse(),
                """{"stateMachineVersions":[]}"""));
        Assert.Equal(
            new ListStateMachineAliasesRequest(FakePorts.Machine, "t"),
            await AskAsync(
                "ListStateMachineAliases",
                $$"""{"stateMachineArn":"{{MachineText}}","nextToken":"t"}""",
                new ListStateMachineAliasesResponse(),
                """{"stateMachineAliases":[]}"""));
    }

    [Fact]
    public async Task ValidateStateMachineDefinition_tells_each_diagnostic()
    {
        Assert.Equal(
            new ValidateStateMachineDefinitionRequest("d", "EXPRESS", IncludeWarnings: true, 7),
            await AskAsync(
                "ValidateStateMachineDefinition",
                """{"definition":"d","type":"EXPRESS","severity":"WARNING","maxResults":7}""",
                new ValidateStateMachineDefinitionResponse(
                    IsValid: false,
                    [new DefinitionDiagnostic("ERROR", "C", "m", "/States/X"), new DefinitionDiagnostic("WARNING", "D", "n", Location: null)],
                    IsTruncated: true),
                """{"result":"FAIL","diagnostics":[{"severity":"ERROR","code":"C","message":"m","location":"/States/X"},{"severity":"WARNING","code":"D","message":"n"}],"truncated":true}"""));
        Assert.Equal(
            new ValidateStateMachineDefinitionRequest("d", "STANDARD", IncludeWarnings: false, 100),
            await AskAsync(
                "ValidateStateMachineDefinition",
                """{"definition":"d","maxResults":0}""",
                new ValidateStateMachineDefinitionResponse(IsValid: true, [], IsTruncated: false),
                """{"result":"OK","diagnostics":[],"truncated":false}"""));
    }

    private static async Task<object?> AskAsync(string operation, string body, object answer, string? expected)
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = answer;
        var got = await door.CallAsync(operation, body);
        Assert.Equal(200, got.Status);
        if (expected is not null)
            Assert.Equal(expected, got.Body);
        return door.Ports.Asked;
    }
}
