using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

public sealed class SchemaDiagnosticTests
{
    private const string Schema = "SCHEMA_VALIDATION_FAILED: ";
    private const string NotYet = "NOT_SUPPORTED_YET: ";
    private const string Lambda = "\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:us-east-1:123456789012:function:f\"";
    private const string Invoke = "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke\"";

    [Theory]
    [InlineData("{}", Schema + "These fields are required: [States, StartAt] at /")]
    [InlineData("""{"StartAt": "A"}""", Schema + "These fields are required: [States] at /")]
    [InlineData("""{"StartAt": "A", "States": {}}""", Schema + "Value cannot be empty at /States")]
    [InlineData("""{"StartAt": "A", "States": []}""", Schema + "Expected value of type Object at /States")]
    [InlineData("""{"StartAt": 1, "States": {"A": {"Type": "Succeed"}}}""", Schema + "Expected value of type String at /StartAt")]
    [InlineData("""{"StartAt": "A", "States": {"A": null}}""", Schema + "Expected value of type Object at /States/A")]
    public void A_machine_without_its_frame_is_refused(string text, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics(text));

    [Theory]
    [InlineData("\"Foo\": 1", Schema + "Field 'Foo' is not supported at /")]
    [InlineData("\"Comment\": 1", Schema + "Expected value of type String at /Comment")]
    [InlineData("\"Version\": \"2.0\"", Schema + "Value should be one of the following: [1.0] at /Version")]
    [InlineData("\"TimeoutSeconds\": 0", Schema + "Minimum value is 1 at /TimeoutSeconds")]
    [InlineData("\"TimeoutSeconds\": 100000000", Schema + "Maximum value is 99999999 at /TimeoutSeconds")]
    [InlineData("\"TimeoutSeconds\": \"5\"", Schema + "Expected value of type Integer at /TimeoutSeconds")]
    [InlineData("\"TimeoutSeconds\": 1.5", Schema + "Expected value of type Integer at /TimeoutSeconds")]
    [InlineData("\"TimeoutSeconds\": 99999999999999999999999", Schema + "Maximum value is 99999999 at /TimeoutSeconds")]
    [InlineData("\"TimeoutSeconds\": -99999999999999999999999", Schema + "Minimum value is 1 at /TimeoutSeconds")]
    [InlineData("\"QueryLanguage\": \"XPath\"", Schema + "Value should be one of the following: [JSONPath, JSONata] at /QueryLanguage")]
    [InlineData("\"QueryLanguage\": \"JSONata\"", NotYet + "QueryLanguage 'JSONata' is not supported yet at /QueryLanguage")]
    public void A_faulty_field_of_the_machine_is_refused(string field, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", {{field}}, "States": {"S": {"Type": "Succeed"} } }"""));

    [Theory]
    [InlineData("\"End\": true", Schema + "These fields are required: [Type] at /States/S")]
    [InlineData("\"Type\": 5", Schema + "Expected value of type String at /States/S/Type")]
    [InlineData(
        "\"Type\": \"Nap\"",
        Schema + "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type")]
    [InlineData("\"Type\": \"Pass\", \"QueryLanguage\": \"JSONata\"", NotYet + "QueryLanguage 'JSONata' is not supported yet at /States/S/QueryLanguage")]
    [InlineData("\"Type\": \"Pass\"", Schema + "This object should have only one of the following fields: [Next, End] at /States/S")]
    [InlineData("\"Type\": \"Pass\", \"End\": false", Schema + "This object should have only one of the following fields: [Next, End] at /States/S")]
    [InlineData("\"Type\": \"Pass\", \"Next\": \"S\", \"End\": true", Schema + "There should only be one of the following fields: [Next, End] at /States/S")]
    [InlineData("\"Type\": \"Pass\", \"End\": \"yes\"", Schema + "Expected value of type Boolean at /States/S/End")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Comment\": 1", Schema + "Expected value of type String at /States/S/Comment")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Retry\": []", Schema + "Field 'Retry' is not supported at /States/S")]
    [InlineData("\"Type\": \"Succeed\", \"End\": true", Schema + "Field 'End' is not supported at /States/S")]
    [InlineData("\"Type\": \"Fail\", \"InputPath\": \"$\"", Schema + "Field 'InputPath' is not supported at /States/S")]
    [InlineData(
        "\"Type\": \"Pass\", \"End\": true, \"Output\": null",
        Schema + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Assign\": {}", NotYet + "Assign is not supported yet at /States/S/Assign")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"a.b\"", Schema + "Value must be a valid JSONPath. at /States/S/InputPath")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"States.UUID()\"", Schema + "Value must be a valid JSONPath. at /States/S/InputPath")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"OutputPath\": 1", Schema + "Expected value of type String at /States/S/OutputPath")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"$a.b\"", NotYet + "Variable reference '$a.b' is not supported yet at /States/S/InputPath")]
    [InlineData(
        "\"Type\": \"Pass\", \"End\": true, \"ResultPath\": \"a\"",
        Schema + "Value must be a valid JSONPath. at /States/S/ResultPath")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"ResultPath\": \"$.a[*]\"", Schema + "Value is not a Reference Path at /States/S/ResultPath")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Parameters\": null", Schema + "Expected value of type Object at /States/S/Parameters")]
    [InlineData(
        "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": {\"b.$\": \"x\"}}",
        Schema + "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/a")]
    [InlineData(
        "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": [{\"b.$\": 1}]}",
        Schema + "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/a[0]")]
    [InlineData(
        "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"b\": 1, \"b.$\": \"$\"}",
        Schema + "There should only be one of the following fields: [b, b.$] at /States/S/Parameters")]
    [InlineData(
        "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"b.$\": \"States.MathAdd($v, 1)\"}",
        NotYet + "Variable reference '$v' is not supported yet at /States/S/Parameters/b.$")]
    [InlineData("\"Type\": \"Fail\", \"Error\": \"E\", \"ErrorPath\": \"$\"", Schema + "There should only be one of the following fields: [Error, ErrorPath] at /States/S")]
    [InlineData("\"Type\": \"Fail\", \"Cause\": \"E\", \"CausePath\": \"$\"", Schema + "There should only be one of the following fields: [Cause, CausePath] at /States/S")]
    [InlineData("\"Type\": \"Fail\", \"CausePath\": \"States.Hash($v, 'MD5')\"", NotYet + "Variable reference '$v' is not supported yet at /States/S/CausePath")]
    public void A_faulty_state_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {{{fields}}} } }"""));

    [Theory]
    [InlineData("\"Seconds\": -1", Schema + "Minimum value is 0 at /States/S/Seconds")]
    [InlineData("\"Seconds\": 100000000", Schema + "Maximum value is 99999999 at /States/S/Seconds")]
    [InlineData("\"Seconds\": \"{% 1 %}\"", Schema + "Expected value of type Integer at /States/S/Seconds")]
    [InlineData("\"Timestamp\": \"2016-12-05 21:29:29Z\"", Schema + "String does not match RFC3339 timestamp at /States/S/Timestamp")]
    [InlineData("\"Timestamp\": 7", Schema + "Expected value of type String at /States/S/Timestamp")]
    [InlineData("\"SecondsPath\": \"x\"", Schema + "Value must be a valid JSONPath. at /States/S/SecondsPath")]
    [InlineData(
        "\"Comment\": \"none\"",
        Schema + "This object should have only one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S")]
    [InlineData(
        "\"Seconds\": 1, \"SecondsPath\": \"$\"",
        Schema + "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S")]
    public void A_faulty_Wait_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {"Type": "Wait", "End": true, {{fields}}} } }"""));

    [Theory]
    [InlineData("\"Type\": \"Task\"", Schema + "These fields are required: [Resource] at /States/S")]
    [InlineData("\"Type\": \"Task\", \"Resource\": 1", Schema + "Expected value of type String at /States/S/Resource")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"createToken\"", Schema + "Value is not a valid resource ARN at /States/S/Resource")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::dynamodb:query\"",
        Schema + "The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::lambda:invoke.sync\"",
        Schema + "The resource provided arn:aws:states:::lambda:invoke.sync is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:us-east-1:123456789012:layer:f\"",
        Schema + "The resource provided arn:aws:lambda:us-east-1:123456789012:layer:f is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::ecs:runTask.sync\"", NotYet + "Service integration 'ecs:runTask.sync' is not supported yet at /States/S/Resource")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::dynamodb:putItem\"", NotYet + "Service integration 'dynamodb:putItem' is not supported yet at /States/S/Resource")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::states:startExecution.sync:2\"", Schema + "Parameters field is required for resource ARN: arn:aws:states:::states:startExecution.sync:2 at /States/S/Resource")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::states:startExecution\", \"Parameters\": {\"Machine\": \"m\", \"StateMachineArn.$\": \"$.m\"}", Schema + "The field \"Machine\" is not supported by Step Functions at /States/S/Parameters")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:s3:getObject\"", NotYet + "Service integration 'aws-sdk:s3:getObject' is not supported yet at /States/S/Resource")]
    [InlineData("\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:redriveExecution\"", NotYet + "Service integration 'aws-sdk:sfn:redriveExecution' is not supported yet at /States/S/Resource")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:SendTaskSuccess\"",
        Schema + "The resource provided arn:aws:states:::aws-sdk:sfn:SendTaskSuccess is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:startExecution.sync\", \"Parameters\": {\"StateMachineArn\": \"m\"}",
        Schema + "The resource provided arn:aws:states:::aws-sdk:sfn:startExecution.sync is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/S/Resource")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:sendTaskSuccess\", \"Parameters\": {\"TaskToken.$\": \"$.t\"}",
        Schema + "The field 'Output' is required but was missing at /States/S/Parameters")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:describeExecution\", \"Parameters\": {\"ExecutionArn\": \"e\", \"executionArn\": \"e\"}",
        Schema + "The field \"executionArn\" is not supported by Step Functions at /States/S/Parameters")]
    [InlineData(
        "\"Type\": \"Task\", \"Resource\": \"arn:aws:states:::aws-sdk:sfn:getActivityTask\"",
        Schema + "Parameters field is required for resource ARN: arn:aws:states:::aws-sdk:sfn:getActivityTask at /States/S/Resource")]
    [InlineData(Invoke, Schema + "Parameters field is required for resource ARN: arn:aws:states:::lambda:invoke at /States/S/Resource")]
    [InlineData(Invoke + ", \"Parameters\": []", Schema + "Expected value of type Object at /States/S/Parameters")]
    [InlineData(Invoke + ", \"Parameters\": {}", Schema + "The field 'FunctionName' is required but was missing at /States/S/Parameters")]
    [InlineData(
        Invoke + ", \"Parameters\": {\"FunctionName.$\": \"$.f\", \"TaskToken.$\": \"$.t\", \"Paylod\": 1}",
        Schema + "The field \"Paylod\" is not supported by Step Functions at /States/S/Parameters")]
    [InlineData(Lambda + ", \"TimeoutSeconds\": 0", Schema + "Minimum value is 1 at /States/S/TimeoutSeconds")]
    [InlineData(Lambda + ", \"TimeoutSeconds\": 1, \"TimeoutSecondsPath\": \"$\"", Schema + "There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath] at /States/S")]
    [InlineData(Lambda + ", \"HeartbeatSeconds\": 1, \"HeartbeatSecondsPath\": \"$\"", Schema + "There should only be one of the following fields: [HeartbeatSeconds, HeartbeatSecondsPath] at /States/S")]
    [InlineData(
        Lambda + ", \"TimeoutSeconds\": 5, \"HeartbeatSeconds\": 5",
        Schema + "The value of 'HeartbeatSeconds' must be smaller than the value of 'TimeoutSeconds' at /States/S/HeartbeatSeconds")]
    [InlineData(Lambda + ", \"Credentials\": {}", Schema + "The field 'RoleArn' is required but was missing at /States/S/Credentials")]
    [InlineData(Lambda + ", \"Credentials\": 1", Schema + "Expected value of type Object at /States/S/Credentials")]
    [InlineData(Lambda + ", \"Credentials\": {\"RoleArn\": \"arn:r\"}", NotYet + "Credentials is not supported yet at /States/S/Credentials")]
    public void A_faulty_Task_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {{{fields}}, "End": true} } }"""));

    [Theory]
    [InlineData("\"Retry\": {}", Schema + "Expected value of type Array at /States/S/Retry")]
    [InlineData("\"Retry\": [1]", Schema + "Expected value of type Object at /States/S/Retry[0]")]
    [InlineData("\"Retry\": [{}]", Schema + "These fields are required: [ErrorEquals] at /States/S/Retry[0]")]
    [InlineData("\"Catch\": [{}]", Schema + "These fields are required: [ErrorEquals, Next] at /States/S/Catch[0]")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": []}]", Schema + "Value cannot be empty at /States/S/Retry[0]/ErrorEquals")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\", 1]}]", Schema + "Expected value of type String at /States/S/Retry[0]/ErrorEquals[1]")]
    [InlineData(
        "\"Retry\": [{\"ErrorEquals\": [\"A\", \"States.ALL\"]}]",
        Schema + "States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals[1]")]
    [InlineData(
        "\"Retry\": [{\"ErrorEquals\": [\"States.ALL\"]}, {\"ErrorEquals\": [\"A\"]}]",
        Schema + "States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals[0]")]
    [InlineData(
        "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"S\"}, {\"ErrorEquals\": [\"A\"], \"Next\": \"S\"}]",
        Schema + "States.ALL must appear alone and at end of list at /States/S/Catch[0]/ErrorEquals[0]")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"MaxAttempts\": -1}]", Schema + "Minimum value is 0 at /States/S/Retry[0]/MaxAttempts")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"MaxAttempts\": 100000000}]", Schema + "Maximum value is 99999999 at /States/S/Retry[0]/MaxAttempts")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"IntervalSeconds\": -1}]", Schema + "Minimum value is 0 at /States/S/Retry[0]/IntervalSeconds")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"BackoffRate\": 0.99}]", Schema + "Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"BackoffRate\": \"2\"}]", Schema + "Expected value of type Number at /States/S/Retry[0]/BackoffRate")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"BackoffRate\": 1e999}]", Schema + "Expected value of type Number at /States/S/Retry[0]/BackoffRate")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"MaxDelaySeconds\": 0}]", Schema + "Minimum value is 1 at /States/S/Retry[0]/MaxDelaySeconds")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"MaxDelaySeconds\": 31622401}]", Schema + "Maximum value is 31622400 at /States/S/Retry[0]/MaxDelaySeconds")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"JitterStrategy\": \"SOME\"}]", Schema + "Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy")]
    [InlineData("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"Next\": \"S\"}]", Schema + "Field 'Next' is not supported at /States/S/Retry[0]")]
    [InlineData(
        "\"Catch\": [{\"ErrorEquals\": [\"A\"], \"Next\": \"S\", \"ResultPath\": \"$..a\"}]",
        Schema + "Value is not a Reference Path at /States/S/Catch[0]/ResultPath")]
    [InlineData(
        "\"Catch\": [{\"ErrorEquals\": [\"A\"], \"Next\": \"S\", \"Assign\": {}}]",
        NotYet + "Assign is not supported yet at /States/S/Catch[0]/Assign")]
    public void A_faulty_retrier_or_catcher_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {{{Lambda}}, {{fields}}, "End": true} } }"""));

    [Fact]
    public void A_place_is_found_behind_escapes_and_any_line_ends()
    {
        var text = "{\r\n\"StartAt\":\r\"\\u0041\\\"\",\n \"Comment\": \"é😀\", \"Version\": 1, \"States\": {\"\\u0041\\\"\": {\"Type\": \"Succeed\", \"Comment\": [{}]}}}";

        var found = Definition.Read(text).Diagnostics.Select(d => $"{d.Location} {d.Line}:{d.Column}");

        Assert.Equal("/Version 4:31|/States/A\"/Comment 4:88", string.Join('|', found));
    }

    [Fact]
    public void All_diagnostics_come_at_once_with_their_places_in_the_text()
    {
        var result = Definition.Read(
            """
            {
              "StartAt": "A",
              "Fnord": 1,
              "States": {
                "A": {"Type": "Wait", "Seconds": -1, "Next": "B"},
                "B": {
                  "Type": "Task",
                  "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
                  "Retry": [{"ErrorEquals": ["é"]}, {"ErrorEquals": ["A"], "MaxAttempts": "x"}],
                  "End": true
                }
              }
            }
            """);

        Assert.False(result.IsValid);
        var found = result.Diagnostics.Select(d => $"{d.Location} {d.Line}:{d.Column}");
        Assert.Equal("/ 1:1|/States/A/Seconds 5:38|/States/B/Retry[1]/MaxAttempts 9:79", string.Join('|', found));
    }
}
