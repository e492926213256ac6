using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Cluster.Gateway.Tests;

/// <summary>What the API model and AWS refuse, word by word; nothing of it reaches a port.</summary>
public sealed class ValidationTests
{
    private const string Machine = "\"stateMachineArn\":\"arn:aws:states:us-east-1:111111111111:stateMachine:orders\"";
    private const string Execution = "\"executionArn\":\"arn:aws:states:us-east-1:111111111111:execution:orders:one\"";
    private const string Create = "\"name\":\"n\",\"definition\":\"d\",\"roleArn\":\"arn:aws:iam::111111111111:role/r\"";
    private const string One = "1 validation error detected: ";

    public static TheoryData<string, string, string, string> Refusals { get; } = new()
    {
        { "StartExecution", "{}", "ValidationException", One + "Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null" },
        { "StartExecution", "{\"stateMachineArn\":\"\"}", "ValidationException", One + "Value '' at 'stateMachineArn' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "StartExecution", $"{{{Machine},\"name\":\"\"}}", "ValidationException", One + "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "StartExecution", "{\"stateMachineArn\":\"x\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'" },
        { "StartExecution", "{\"stateMachineArn\":\"arn:aws:states:r\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN: arn:aws:states:r'" },
        { "StartExecution", "{\"stateMachineArn\":\"arn:aws:states:r:1:activity:a\"}", "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: activity'" },
        { "StartExecution", "{\"stateMachineArn\":\"arn:aws:states:r:1:stateMachine:a:1\"}", "StateMachineDoesNotExist", "State Machine Does Not Exist: 'arn:aws:states:r:1:stateMachine:a:1'" },
        { "StartExecution", "{\"stateMachineArn\":\"arn:aws:states:r:1:stateMachine:a/l\"}", "ValidationException", "This operation does not support state machine ARNs with a label." },
        { "StartExecution", "{\"name\":\"\"}", "ValidationException", "2 validation errors detected: Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null; Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "StopExecution", "{}", "ValidationException", One + "Value null at 'executionArn' failed to satisfy constraint: Member must not be null" },
        { "DescribeExecution", "{\"executionArn\":\"x\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'" },
        { "DescribeExecution", $"{{{Execution},\"includedData\":\"SOME\"}}", "ValidationException", One + "Value 'SOME' at 'includedData' failed to satisfy constraint: Member must satisfy enum value set: [ALL_DATA, METADATA_ONLY]" },
        { "DescribeStateMachine", "{\"stateMachineArn\":\"x\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'" },
        { "DescribeStateMachine", "{}", "ValidationException", One + "Value null at 'stateMachineArn' failed to satisfy constraint: Member must not be null" },
        { "DescribeStateMachineForExecution", "{\"executionArn\":\"arn:aws:states:r:1:execution:a\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN: arn:aws:states:r:1:execution:a'" },
        { "DeleteStateMachine", "{\"stateMachineArn\":\"arn:aws:lambda:r:1:function:f\"}", "InvalidArn", "Invalid Arn: 'Service name not valid in this context: lambda'" },
        { "GetExecutionHistory", "{\"executionArn\":\"arn:aws:states:r:1:express:m:e:u\"}", "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'" },
        { "GetExecutionHistory", $"{{{Execution},\"maxResults\":1001}}", "ValidationException", One + "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000" },
        { "GetExecutionHistory", $"{{{Execution},\"maxResults\":-1}}", "ValidationException", One + "Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0" },
        { "ListStateMachines", "{\"maxResults\":1001}", "ValidationException", One + "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000" },
        { "ListStateMachines", "{\"nextToken\":\"\"}", "ValidationException", One + "Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "ListExecutions", "{}", "ValidationException", "Exactly one of stateMachineArn and mapRunArn must be specified" },
        { "ListExecutions", $"{{{Machine},\"statusFilter\":\"succeeded\"}}", "ValidationException", One + "Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]" },
        { "ListExecutions", $"{{{Machine},\"statusFilter\":\"PENDING_REDRIVE\"}}", "ValidationException", "The status filter PENDING_REDRIVE is only valid with mapRunArn" },
        { "ListExecutions", "{\"mapRunArn\":\"arn:aws:states:r:1:mapRun:m/l:u\"}", "UnsupportedOperationException", "mapRunArn is not supported yet by this server." },
        { "UpdateStateMachine", $"{{{Machine}}}", "MissingRequiredParameter", "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified" },
        { "UpdateStateMachine", "{\"stateMachineArn\":\"arn:aws:states:r:1:stateMachine:a:2\",\"definition\":\"d\"}", "StateMachineDoesNotExist", "State Machine Does Not Exist: 'arn:aws:states:r:1:stateMachine:a:2'" },
        { "UpdateStateMachine", $"{{{Machine},\"definition\":\"d\",\"publish\":true}}", "UnsupportedOperationException", "publish is not supported yet by this server." },
        { "CreateStateMachine", "{}", "ValidationException", "3 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; Value null at 'definition' failed to satisfy constraint: Member must not be null; Value null at 'roleArn' failed to satisfy constraint: Member must not be null" },
        { "CreateStateMachine", $"{{{Create},\"definition\":\"\"}}", "ValidationException", One + "Value at 'definition' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "CreateStateMachine", $"{{{Create},\"roleArn\":\"role\"}}", "InvalidArn", "Invalid Role Arn: 'role'" },
        { "CreateStateMachine", $"{{{Create},\"type\":\"FAST\"}}", "ValidationException", One + "Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]" },
        { "CreateStateMachine", $"{{{Create},\"type\":\"EXPRESS\"}}", "UnsupportedOperationException", "The type EXPRESS is not supported yet by this server." },
        { "CreateStateMachine", $"{{{Create},\"publish\":true}}", "UnsupportedOperationException", "publish is not supported yet by this server." },
        { "CreateStateMachine", $"{{{Create},\"versionDescription\":\"v\"}}", "ValidationException", "Version description can only be set when publish is true" },
        { "CreateStateMachine", $"{{{Create},\"loggingConfiguration\":{{\"level\":\"LOUD\"}}}}", "ValidationException", One + "Value 'LOUD' at 'loggingConfiguration.level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]" },
        { "CreateStateMachine", $"{{{Create},\"loggingConfiguration\":{{\"level\":\"ALL\"}}}}", "InvalidLoggingConfiguration", "Invalid Logging Configuration: Must specify exactly one Log Destination." },
        { "CreateStateMachine", $"{{{Create},\"loggingConfiguration\":{{\"level\":\"ALL\",\"destinations\":[{{\"cloudWatchLogsLogGroup\":{{\"logGroupArn\":\"a\"}}}}]}}}}", "InvalidLoggingConfiguration", "Invalid Logging Configuration: Log Destination not found." },
        { "CreateStateMachine", $"{{{Create},\"encryptionConfiguration\":{{}}}}", "ValidationException", One + "Value null at 'encryptionConfiguration.type' failed to satisfy constraint: Member must not be null" },
        { "CreateStateMachine", $"{{{Create},\"encryptionConfiguration\":{{\"type\":\"CUSTOMER_MANAGED_KMS_KEY\",\"kmsKeyId\":\"k\"}}}}", "UnsupportedOperationException", "Encryption with CUSTOMER_MANAGED_KMS_KEY is not supported yet by this server." },
        { "CreateStateMachine", $"{{{Create},\"encryptionConfiguration\":{{\"type\":\"AWS_OWNED_KEY\",\"kmsDataKeyReusePeriodSeconds\":59}}}}", "ValidationException", One + "Value '59' at 'encryptionConfiguration.kmsDataKeyReusePeriodSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60" },
        { "CreateStateMachine", $"{{{Create},\"tags\":[{{\"key\":\"\",\"value\":\"v\"}}]}}", "ValidationException", One + "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "CreateStateMachine", $"{{{Create},\"tags\":[{{\"key\":\"AWS:x\",\"value\":\"v\"}}]}}", "ValidationException", "Tag keys that begin with aws: are reserved" },
        { "StartExecution", $"{{{Machine},\"name\":5}}", "SerializationException", "NUMBER_VALUE can not be converted to a String" },
        { "StartExecution", $"{{{Machine},\"input\":{{}}}}", "SerializationException", "Start of structure or map found where not expected." },
        { "StartExecution", $"{{{Machine},\"name\":[]}}", "SerializationException", "Start of list found where not expected." },
        { "StartExecution", $"{{{Machine},\"name\":true}}", "SerializationException", "TRUE_VALUE can not be converted to a String" },
        { "ListStateMachines", "{\"maxResults\":\"5\"}", "SerializationException", "STRING_VALUE can not be converted to a Integer" },
        { "ListStateMachines", "{\"maxResults\":1.5}", "SerializationException", "1.5 can not be converted to an Integer" },
        { "GetExecutionHistory", $"{{{Execution},\"reverseOrder\":\"yes\"}}", "SerializationException", "STRING_VALUE can not be converted to a Boolean" },
        { "CreateStateMachine", $"{{{Create},\"tags\":{{}}}}", "SerializationException", "Expected list or null" },
        { "CreateStateMachine", $"{{{Create},\"tags\":[1]}}", "SerializationException", "Start of structure expected." },
        { "CreateStateMachine", $"{{{Create},\"loggingConfiguration\":[]}}", "SerializationException", "Expected null or a structure." },
        { "CreateActivity", "{}", "ValidationException", One + "Value null at 'name' failed to satisfy constraint: Member must not be null" },
        { "CreateActivity", "{\"name\":\"a b\"}", "InvalidName", "Invalid Name: 'a b'" },
        { "CreateActivity", "{\"name\":\"a\",\"encryptionConfiguration\":{\"type\":\"OWN\"}}", "ValidationException", One + "Value 'OWN' at 'encryptionConfiguration.type' failed to satisfy constraint: Member must satisfy enum value set: [AWS_OWNED_KEY, CUSTOMER_MANAGED_KMS_KEY]" },
        { "CreateActivity", "{\"name\":\"a\",\"tags\":[{\"key\":\"aws:x\"}]}", "ValidationException", "Tag keys that begin with aws: are reserved" },
        { "DescribeActivity", "{\"activityArn\":\"no_an_activity_arn\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: no_an_activity_arn'" },
        { "DescribeActivity", "{\"activityArn\":\"arn:aws:states:r:1:activity:\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN: arn:aws:states:r:1:activity:'" },
        { "DescribeActivity", "{\"activityArn\":\"arn:aws:states:r:1:activity:a:b\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN: arn:aws:states:r:1:activity:a:b'" },
        { "DeleteActivity", "{\"activityArn\":\"arn:aws:states:r:1:stateMachine:a\"}", "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: stateMachine'" },
        { "GetActivityTask", "{\"activityArn\":\"no_an_activity_arn\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: no_an_activity_arn'" },
        { "GetActivityTask", "{\"activityArn\":\"arn:aws:states:r:1:activity:a\",\"workerName\":\"\"}", "ValidationException", One + "Value '' at 'workerName' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "ListActivities", "{\"maxResults\":1001}", "ValidationException", One + "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000" },
        { "SendTaskSuccess", "{\"taskToken\":\"\"}", "ValidationException", "2 validation errors detected: Value '' at 'taskToken' failed to satisfy constraint: Member must have length greater than or equal to 1; Value null at 'output' failed to satisfy constraint: Member must not be null" },
        { "SendTaskFailure", "{}", "ValidationException", One + "Value null at 'taskToken' failed to satisfy constraint: Member must not be null" },
        { "SendTaskHeartbeat", "{\"taskToken\":5}", "SerializationException", "NUMBER_VALUE can not be converted to a String" },
        { "TagResource", "{\"resourceArn\":\"arn:aws:states:r:1:stateMachine:m\"}", "ValidationException", One + "Value null at 'tags' failed to satisfy constraint: Member must not be null" },
        { "TagResource", "{\"resourceArn\":\"arn:aws:states:r:1:stateMachine:m:1\",\"tags\":[]}", "ResourceNotFound", "Resource not found: 'arn:aws:states:r:1:stateMachine:m:1'" },
        { "TagResource", "{\"resourceArn\":\"arn:aws:states:r:1:execution:m:e\",\"tags\":[]}", "InvalidArn", "Invalid Arn: 'Resource type not valid in this context: execution'" },
        { "UntagResource", "{\"resourceArn\":\"arn:aws:states:r:1:stateMachine:m\",\"tagKeys\":[\"\"]}", "ValidationException", One + "Value '' at 'tagKeys.1.member' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "UntagResource", "{\"resourceArn\":\"arn:aws:states:r:1:stateMachine:m\",\"tagKeys\":[{}]}", "SerializationException", "Start of structure or map found where not expected." },
        { "ListTagsForResource", "{\"resourceArn\":\"x\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'" },
        { "ListStateMachineVersions", "{\"stateMachineArn\":\"x\"}", "InvalidArn", "Invalid Arn: 'Invalid ARN prefix: x'" },
        { "ValidateStateMachineDefinition", "{}", "ValidationException", One + "Value null at 'definition' failed to satisfy constraint: Member must not be null" },
        { "ValidateStateMachineDefinition", "{\"definition\":\"d\",\"maxResults\":101,\"severity\":\"INFO\"}", "ValidationException", "2 validation errors detected: Value 'INFO' at 'severity' failed to satisfy constraint: Member must satisfy enum value set: [ERROR, WARNING]; Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_broken_request_is_refused_in_these_words(string operation, string body, string code, string message)
    {
        await using var door = await Door.OpenAsync();
        await RefusedAsync(door, operation, body, code, message);
    }

    [Theory]
    [InlineData("StartExecution", "name", 80)]
    [InlineData("CreateStateMachine", "name", 80)]
    [InlineData("StartExecution", "traceHeader", 256)]
    [InlineData("ListStateMachines", "nextToken", 1024)]
    [InlineData("ListExecutions", "nextToken", 3096)]
    [InlineData("GetExecutionHistory", "nextToken", 1024)]
    [InlineData("DescribeExecution", "executionArn", 256)]
    public async Task A_text_longer_than_its_limit_is_shown_and_refused(string operation, string member, int limit)
    {
        await using var door = await Door.OpenAsync();
        var text = new string('é', limit + 1);
        await RefusedAsync(
            door,
            operation,
            $"{{{Machine},{Execution},{Create},\"{member}\":\"{text}\"}}",
            "ValidationException",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{One}Value '{text}' at '{member}' failed to satisfy constraint: Member must have length less than or equal to {limit}"));
    }

    [Theory]
    [InlineData("error", 256)]
    [InlineData("cause", 32_768)]
    public async Task Error_and_cause_of_a_stop_have_limits_and_are_never_shown(string member, int limit)
    {
        await using var door = await Door.OpenAsync();
        await RefusedAsync(
            door,
            "StopExecution",
            $"{{{Execution},\"{member}\":\"{new string('é', limit + 1)}\"}}",
            "ValidationException",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{One}Value at '{member}' failed to satisfy constraint: Member must have length less than or equal to {limit}"));
    }

    [Fact]
    public async Task Fifty_tags_are_taken_and_one_more_is_not()
    {
        await using var door = await Door.OpenAsync();
        door.Ports.Answer = new Protocol.Operations.CreateStateMachineResponse(FakePorts.Machine, 0);
        string Tags(int count) =>
            $"{{{Create},\"tags\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"key\":\"k{i}\",\"value\":\"\"}}"))}]}}";
        Assert.Equal(200, (await door.CallAsync("CreateStateMachine", Tags(50))).Status);
        Assert.Contains("TooManyTags", (await door.CallAsync("CreateStateMachine", Tags(51))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_megabytes_is_not_shown_whole()
    {
        await using var door = await Door.OpenAsync();
        var answer = await door.CallAsync("StartExecution", $"{{{Machine},\"name\":\"{new string('n', 3_000_000)}\"}}");
        Assert.Equal(400, answer.Status);
        Assert.InRange(answer.Body.Length, 4096, 5000);
    }

    private static async Task RefusedAsync(Door door, string operation, string body, string code, string message)
    {
        var answer = await door.CallAsync(operation, body);
        Assert.Equal(400, answer.Status);
        using var error = JsonDocument.Parse(answer.Body);
        Assert.Equal((code, message), (error.RootElement.GetProperty("__type").GetString(), error.RootElement.GetProperty("message").GetString()));
        Assert.Equal(0, door.Ports.Calls);
        Assert.NotNull(answer.RequestId);
    }
}
