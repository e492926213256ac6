using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>The rows of the language's reference about what a definition may hold. The tests beside this one tell each text.</summary>
public sealed class LanguageRowTests
{
    private const string Schema = "SCHEMA_VALIDATION_FAILED: ";

    [Theory]
    [InlineData("{}", Schema + "These fields are required: [States, StartAt] at /")]
    [InlineData("""{"StartAt":"A","TimeoutSeconds":0,"States":{"A":{"Type":"Succeed"}}}""", Schema + "Minimum value is 1 at /TimeoutSeconds")]
    [InlineData("""{"Comment":"c","StartAt":"A","Version":"1.0","TimeoutSeconds":99999998,"QueryLanguage":"JSONPath","States":{"A":{"Type":"Succeed"}}}""", "")]
    public void A1_A_machine_has_StartAt_and_States_and_may_have_four_other_fields(string text, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics(text));

    [Theory]
    [InlineData(""" "A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"} """, "MISSING_END_STATE: Workflow has no terminal state at null")]
    [InlineData(""" "A":{"Type":"Pass","End":true},"C":{"Type":"Succeed"} """, "MISSING_TRANSITION_TARGET: State \"C\" is not reachable. at /States/C")]
    [InlineData(""" "A":{"Type":"Pass","Next":"X"},"B":{"Type":"Succeed"} """, "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next, MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B")]
    [InlineData(""" "A":{"Type":"Pass","Next":"a"},"a":{"Type":"Succeed"} """, "")]
    public void A3_States_lead_to_each_other_by_names_whose_case_counts(string states, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt":"A","States":{{{states}}} }"""));

    [Fact]
    public void A3_The_same_name_twice_is_refused() => Assert.Contains(
        "A", Definition.Diagnostics("""{"StartAt":"A","States":{"A":{"Type":"Succeed"},"A":{"Type":"Succeed"}}}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Type\":\"Pass\"", "This object should have only one of the following fields: [Next, End] at /States/S")]
    [InlineData("\"Type\":\"Pass\",\"Next\":\"S\",\"End\":true", "There should only be one of the following fields: [Next, End] at /States/S")]
    [InlineData("\"Type\":\"Succeed\",\"Next\":\"S\"", "Field 'Next' is not supported at /States/S")]
    [InlineData("\"Type\":\"Fail\",\"End\":true", "Field 'End' is not supported at /States/S")]
    public void A4_Exactly_one_of_Next_and_End_and_none_in_the_states_that_end(string fields, string expected) =>
        Assert.Equal(Schema + expected, Definition.Diagnostics($$"""{"StartAt":"S","States":{"S":{{{fields}}} } }"""));

    [Theory]
    [InlineData("Pass", "Retry,Catch,ResultSelector,TimeoutSeconds,HeartbeatSeconds,Seconds,Choices,Error")]
    [InlineData("Wait", "Retry,Catch,Parameters,ResultSelector,ResultPath,Result,TimeoutSeconds,Error")]
    [InlineData("Succeed", "Retry,Catch,Parameters,ResultSelector,ResultPath,Result,Next,End,Assign")]
    [InlineData("Fail", "Retry,Catch,Parameters,ResultSelector,ResultPath,Result,InputPath,OutputPath,Next,End,Assign")]
    [InlineData("Choice", "Retry,Catch,Parameters,ResultSelector,ResultPath,Result,Next,End,Seconds")]
    [InlineData("Task", "Result,Seconds,Choices,Error,Cause,Default,Branches,ItemsPath,MaxConcurrency")]
    [InlineData("Parallel", "Result,Seconds,Choices,Resource,TimeoutSeconds,HeartbeatSecondsPath,Credentials,ItemProcessor,ItemSelector,MaxConcurrency")]
    [InlineData("Map", "Result,Seconds,Choices,Resource,TimeoutSeconds,TimeoutSecondsPath,HeartbeatSeconds,Credentials,Branches,Default")]
    public void A5_Each_state_type_has_its_own_fields(string type, string notThere)
    {
        foreach (var field in notThere.Split(','))
        {
            var own = type switch
            {
                "Wait" => "\"Seconds\":1,\"End\":true,",
                "Task" => "\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\",\"End\":true,",
                "Choice" => "\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"E\"}],",
                "Pass" => "\"End\":true,",
                "Parallel" => "\"Branches\":[{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}}],\"End\":true,",
                "Map" => "\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}},\"End\":true,",
                _ => "",
            };
            var text = $$"""{"StartAt":"S","States":{"S":{"Type":"{{type}}",{{own}}"{{field}}":1},"E":{"Type":"Succeed"} } }""";
            Assert.Contains($"{Schema}Field '{field}' is not supported at /States/S", Definition.Diagnostics(text), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Output")]
    [InlineData("Arguments")]
    [InlineData("Items")]
    public void A6_Fields_of_JSONata_are_refused_in_JSONPath_states_even_when_null(string field) => Assert.Contains(
        $"field '{field}' is only supported for the 'JSONata' QueryLanguage at /States/S",
        Definition.Diagnostics($$"""{"StartAt":"S","States":{"S":{"Type":"Pass","End":true,"{{field}}":null} } }"""),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\"QueryLanguage\":\"jsonata\",\"InputPath\":\"$\"", "InputPath", "Value should be one of the following: [JSONPath, JSONata]")]
    [InlineData("\"QueryLanguage\":\"foo\",\"ResultPath\":null", "ResultPath", "Value should be one of the following: [JSONPath, JSONata]")]
    [InlineData("\"QueryLanguage\":5,\"Parameters\":{}", "Parameters", "Expected value of type [STRING]")]
    [InlineData("\"QueryLanguage\":null,\"Result\":1,\"Output\":1", "Result", "Expected value of type [STRING]")]
    public void A6_A_state_is_of_JSONata_unless_its_language_is_exactly_JSONPath(string fields, string field, string expected) => Assert.Equal(
        $"{Schema}The QueryLanguage is set to 'JSONata', but field '{field}' is only supported for the 'JSONPath' QueryLanguage at /States/S, "
        + $"{Schema}{expected} at /States/S/QueryLanguage",
        Definition.Diagnostics($$"""{"StartAt":"S","States":{"S":{"Type":"Pass","End":true,{{fields}}} } }"""));

    [Theory]
    [InlineData("\"jsonpath\"", "Value should be one of the following: [JSONPath, JSONata]")]
    [InlineData("5", "Expected value of type [STRING]")]
    public void A2_A_machine_of_no_language_is_told_only_that(string language, string expected) => Assert.Equal(
        $"{Schema}{expected} at /QueryLanguage",
        Definition.Diagnostics($$"""{"QueryLanguage":{{language}},"StartAt":"S","States":{"S":{"Type":"Pass","Output":1,"End":true} } }"""));

    [Fact]
    public void A7_Fields_that_nobody_knows_are_refused_and_all_are_told()
    {
        var text = Definition.Diagnostics("""{"StartAt":"S","Foo":1,"States":{"S":{"Type":"Succeed","Bar":1,"next":"S"}}}""");
        foreach (var diagnostic in (string[])["Field 'Foo' is not supported at /", "Field 'Bar' is not supported at /States/S", "Field 'next' is not supported at /States/S"])
            Assert.Contains(diagnostic, text, StringComparison.Ordinal);
    }
}
