using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>The rows of the language's reference about what each field of a JSONPath state may hold: taken, or refused in these words.</summary>
public sealed class LanguageRowFieldTests
{
    private const string Schema = "SCHEMA_VALIDATION_FAILED: ";
    private const string Lambda = "\"Type\":\"Task\",\"End\":true,\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"";
    private const string Branches = "\"Type\":\"Parallel\",\"End\":true,\"Branches\":[{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}}]";

    [Theory]
    [InlineData("\"Result\":null", "")]
    [InlineData("\"Result\":[1,{\"a\":2}],\"Parameters\":{},\"ResultPath\":null", "")]
    [InlineData("\"Parameters\":[{\"a.$\":\"$.a\"}]", "")]
    [InlineData("\"Parameters\":\"$.a\"", "")]
    [InlineData("\"Parameters\":null", "Expected value of type Object at /States/S/Parameters")]
    [InlineData("\"Parameters\":[{\"a.$\":\"a\"}]", "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters[0]")]
    [InlineData("\"ResultSelector\":{}", "Field 'ResultSelector' is not supported at /States/S")]
    public void A10_Pass(string fields, string expected) => Judge("\"Type\":\"Pass\",\"End\":true," + fields, expected);

    [Theory]
    [InlineData("\"TimeoutSeconds\":99999999,\"HeartbeatSeconds\":99999998", "")]
    [InlineData("\"TimeoutSecondsPath\":\"$.t\",\"HeartbeatSecondsPath\":\"$$.Execution.Input.h\"", "")]
    [InlineData("\"TimeoutSeconds\":\"5\"", "Expected value of type Integer at /States/S/TimeoutSeconds")]
    [InlineData("\"TimeoutSecondsPath\":\"t\"", "Value must be a valid JSONPath. at /States/S/TimeoutSecondsPath")]
    [InlineData("\"HeartbeatSeconds\":0", "Minimum value is 1 at /States/S/HeartbeatSeconds")]
    [InlineData("\"HeartbeatSeconds\":100000000", "Maximum value is 99999999 at /States/S/HeartbeatSeconds")]
    public void A11_Task(string fields, string expected) => Judge(Lambda + "," + fields, expected);

    [Fact]
    public void A11_An_activity_takes_no_Credentials() => Assert.StartsWith(
        Schema + "The field 'Credentials' is not supported for activities at /States/S/Credentials",
        Diagnostics("\"Type\":\"Task\",\"End\":true,\"Resource\":\"arn:aws:states:us-east-1:123456789012:activity:a\",\"Credentials\":{\"RoleArn\":\"r\"}"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"Variable\":\"$.a\",\"IsPresent\":true,\"Next\":\"E\",\"Comment\":\"c\"}", "")]
    [InlineData("{\"Variable\":\"$$.State.Name\",\"StringEquals\":\"S\",\"Next\":\"E\"}", "")]
    [InlineData("{\"Variable\":\"$.a\",\"IsPresent\":1,\"Next\":\"E\"}", "Expected value of type Boolean at /States/S/Choices[0]/IsPresent")]
    [InlineData("{\"Variable\":\"a\",\"IsPresent\":true,\"Next\":\"E\"}", "Value is not a Reference Path: Reference path didn't start with '$' at /States/S/Choices[0]/Variable")]
    [InlineData("{\"Variable\":\"$.a\",\"IsPresent\":true}", "These fields are required: [Next] at /States/S/Choices[0]")]
    [InlineData("{\"And\":[],\"Next\":\"E\"}", "Value cannot be empty at /States/S/Choices[0]/And")]
    [InlineData("{\"Variable\":\"$.a\",\"IsPresent\":true,\"Next\":\"E\",\"Output\":1}",
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S/Choices[0]")]
    public void A12_Choice(string rule, string expected) => Judge($"\"Type\":\"Choice\",\"Default\":\"E\",\"Choices\":[{rule}]", expected, "\"E\":{\"Type\":\"Succeed\"}");

    [Theory]
    [InlineData("\"Seconds\":0", "")]
    [InlineData("\"Seconds\":99999999", "")]
    [InlineData("\"Timestamp\":\"2016-03-14T01:59:00Z\"", "")]
    [InlineData("\"Timestamp\":\"2016-03-14T01:59:00.123+02:00\"", "")]
    [InlineData("\"TimestampPath\":\"$$.Execution.StartTime\"", "")]
    [InlineData("\"Timestamp\":\"2016-03-14t01:59:00z\"", "String does not match RFC3339 timestamp at /States/S/Timestamp")]
    [InlineData("\"Seconds\":1,\"Timestamp\":\"2016-03-14T01:59:00Z\"",
        "There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S")]
    public void A14_Wait(string fields, string expected) => Judge("\"Type\":\"Wait\",\"End\":true," + fields, expected);

    [Theory]
    [InlineData("\"InputPath\":null,\"OutputPath\":null", "")]
    [InlineData("\"InputPath\":\"$.a[*]\",\"OutputPath\":\"$$\"", "")]
    [InlineData("\"InputPath\":\"\"", "Value must be a valid JSONPath. at /States/S/InputPath")]
    [InlineData("\"InputPath\":\"$.a[\"", "Value must be a valid JSONPath. at /States/S/InputPath")]
    [InlineData("\"OutputPath\":{}", "Expected value of type String at /States/S/OutputPath")]
    public void A31_InputPath_and_OutputPath(string fields, string expected) => Judge("\"Type\":\"Succeed\"," + fields, expected);

    [Theory]
    [InlineData("null", "")]
    [InlineData("\"$['a b'].c[0]\"", "")]
    [InlineData("\"$$.a\"", "Value is not a Reference Path at /States/S/ResultPath")]
    [InlineData("\"$.a[?(@.b)]\"", "Value is not a Reference Path at /States/S/ResultPath")]
    [InlineData("\"$..a\"", "Value is not a Reference Path at /States/S/ResultPath")]
    [InlineData("\"a\"", "Value must be a valid JSONPath. at /States/S/ResultPath")]
    public void A32_ResultPath(string path, string expected) => Judge($"{Branches},\"ResultPath\":{path}", expected);

    [Theory]
    [InlineData("{\"a.$\":\"$.x\",\"b\":[\"$.y\",{\"c.$\":\"$$.Execution.Id\"}],\"d.$\":\"States.UUID()\"}", "")]
    [InlineData("{\"a.$\":\"x\"}", "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters")]
    [InlineData("{\"a.$\":\"States.format('{}', 1)\"}", "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters")]
    [InlineData("{\"a\":[{\"b.$\":null}]}", "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/a[0]")]
    [InlineData("{\"a\":1,\"a.$\":\"$\"}", "There should only be one of the following fields: [a, a.$] at /States/S/Parameters")]
    public void A33_Templates(string template, string expected) => Judge($"{Branches},\"Parameters\":{template}", expected);

    [Theory]
    [InlineData("\"Retry\":[]", "")]
    [InlineData("\"Retry\":[{\"ErrorEquals\":[\"States.Timeout\",\"Mine\"]},{\"ErrorEquals\":[\"States.ALL\"]}]", "")]
    [InlineData("\"Retry\":[{\"ErrorEquals\":[]}]", "Value cannot be empty at /States/S/Retry[0]/ErrorEquals")]
    [InlineData("\"Retry\":[{\"ErrorEquals\":\"A\"}]", "Expected value of type Array at /States/S/Retry[0]/ErrorEquals")]
    [InlineData("\"Retry\":[{\"MaxAttempts\":1}]", "These fields are required: [ErrorEquals] at /States/S/Retry[0]")]
    public void A70_ErrorEquals(string fields, string expected) => Judge($"{Branches},{fields}", expected);

    [Theory]
    [InlineData("Retry", "")]
    [InlineData("Catch", ",\"Next\":\"S\"")]
    public void A71_States_ALL_stands_alone_in_the_last_handler(string field, string more)
    {
        const string message = "States.ALL must appear alone and at end of list";

        Judge($"{Branches},\"{field}\":[{{\"ErrorEquals\":[\"A\"]{more}}},{{\"ErrorEquals\":[\"States.ALL\"]{more}}}]", "");
        Judge(
            $"{Branches},\"{field}\":[{{\"ErrorEquals\":[\"States.ALL\"]{more}}},{{\"ErrorEquals\":[\"A\"]{more}}}]",
            $"{message} at /States/S/{field}[0]/ErrorEquals[0]");
        Judge($"{Branches},\"{field}\":[{{\"ErrorEquals\":[\"A\",\"States.ALL\"]{more}}}]", $"{message} at /States/S/{field}[0]/ErrorEquals[1]");
    }

    [Theory]
    [InlineData("\"IntervalSeconds\":0,\"MaxAttempts\":0,\"BackoffRate\":1,\"MaxDelaySeconds\":31622400,\"JitterStrategy\":\"NONE\",\"Comment\":\"c\"", "")]
    [InlineData("\"IntervalSeconds\":99999999,\"MaxAttempts\":99999999,\"BackoffRate\":1.25,\"MaxDelaySeconds\":1,\"JitterStrategy\":\"FULL\"", "")]
    [InlineData("\"MaxAttempts\":-1", "Minimum value is 0 at /States/S/Retry[0]/MaxAttempts")]
    [InlineData("\"MaxAttempts\":1.5", "Expected value of type Integer at /States/S/Retry[0]/MaxAttempts")]
    [InlineData("\"IntervalSeconds\":100000000", "Maximum value is 99999999 at /States/S/Retry[0]/IntervalSeconds")]
    [InlineData("\"BackoffRate\":0.5", "Minimum value is 1.0 at /States/S/Retry[0]/BackoffRate")]
    [InlineData("\"MaxDelaySeconds\":0", "Minimum value is 1 at /States/S/Retry[0]/MaxDelaySeconds")]
    [InlineData("\"MaxDelaySeconds\":31622401", "Maximum value is 31622400 at /States/S/Retry[0]/MaxDelaySeconds")]
    [InlineData("\"JitterStrategy\":\"full\"", "Value should be one of the following: [NONE, FULL] at /States/S/Retry[0]/JitterStrategy")]
    [InlineData("\"JitterStrategy\":1", "Expected value of type [STRING] at /States/S/Retry[0]/JitterStrategy")]
    [InlineData("\"Next\":\"S\"", "Field 'Next' is not supported at /States/S/Retry[0]")]
    public void A75_Retriers(string fields, string expected) => Judge($"{Branches},\"Retry\":[{{\"ErrorEquals\":[\"A\"],{fields}}}]", expected);

    [Theory]
    [InlineData("\"Next\":\"S\",\"ResultPath\":null,\"Comment\":\"c\"", "")]
    [InlineData("\"ResultPath\":\"$.e\"", "These fields are required: [Next] at /States/S/Catch[0]")]
    [InlineData("\"Next\":\"S\",\"MaxAttempts\":1", "Field 'MaxAttempts' is not supported at /States/S/Catch[0]")]
    [InlineData("\"Next\":\"S\",\"ResultPath\":\"$.e[*]\"", "Value is not a Reference Path at /States/S/Catch[0]/ResultPath")]
    [InlineData("\"Next\":\"S\",\"Output\":null",
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S/Catch[0]")]
    public void A78_Catchers(string fields, string expected) => Judge($"{Branches},\"Catch\":[{{\"ErrorEquals\":[\"A\"],{fields}}}]", expected);

    private static void Judge(string fields, string expected, params string[] states) =>
        Assert.Equal(expected.Length == 0 ? "" : Schema + expected, Diagnostics(fields, states));

    private static string Diagnostics(string fields, params string[] states) =>
        Definition.Diagnostics($$"""{"StartAt":"S","States":{"S":{ {{fields}} }{{string.Concat(states.Select(s => "," + s))}} } }""");
}
