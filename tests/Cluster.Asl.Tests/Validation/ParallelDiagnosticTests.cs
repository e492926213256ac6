using Cluster.Asl.Definitions;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>What Parallel may hold (A17), and what scopes inside a machine share (A3, A4).</summary>
public sealed class ParallelDiagnosticTests
{
    private const string Schema = "SCHEMA_VALIDATION_FAILED: ";

    [Fact]
    public void A17_Parallel_is_read_with_its_branches_in_document_order()
    {
        var parallel = Definition.State<ParallelState>(
            """
            "Type": "Parallel", "End": true, "Parameters": {"a.$": "$.b"}, "ResultSelector": {"c.$": "$[0]"}, "ResultPath": "$.out",
            "Retry": [{"ErrorEquals": ["States.ALL"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "S"}],
            "Branches": [
              {"Comment": "first", "StartAt": "B", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Pass", "Next": "A"}}},
              {"StartAt": "C", "States": {"C": {"Type": "Pass", "End": true}}}
            ]
            """);

        Assert.Equal("B C", string.Join(' ', parallel.Branches.Select(b => b.StartAt.Name)));
        Assert.Equal("A B", string.Join(' ', parallel.Branches[0].States.Select(s => s.Name)));
        Assert.NotNull(parallel.Parameters);
        Assert.NotNull(parallel.ResultSelector);
        Assert.Single(parallel.Retry);
        Assert.Single(parallel.Catch);
    }

    [Theory]
    [InlineData("\"End\": true", Schema + "These fields are required: [Branches] at /States/S")]
    [InlineData("\"End\": true, \"Branches\": []", Schema + "Value cannot be empty at /States/S/Branches")]
    [InlineData("\"End\": true, \"Branches\": {}", Schema + "Expected value of type Array at /States/S/Branches")]
    [InlineData("\"End\": true, \"Branches\": [1]", Schema + "Expected value of type Object at /States/S/Branches[0]")]
    [InlineData("\"End\": true, \"Branches\": [{}]", Schema + "These fields are required: [States, StartAt] at /States/S/Branches[0]")]
    [InlineData(
        "\"End\": true, \"TimeoutSeconds\": 1, \"Branches\": [{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}]",
        Schema + "Field 'TimeoutSeconds' is not supported at /States/S")]
    [InlineData(
        "\"End\": true, \"Branches\": [{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}, \"Next\": \"S\"}]",
        Schema + "Field 'Next' is not supported at /States/S/Branches[0]")]
    [InlineData(
        "\"End\": true, \"Branches\": [{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Wait\", \"Seconds\": -1, \"End\": true}}}]",
        Schema + "Minimum value is 0 at /States/S/Branches[0]/States/A/Seconds")]
    public void A17_A_faulty_Parallel_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {"Type": "Parallel", {{fields}}} } }"""));

    [Theory]
    [InlineData(""" "A": {"Type": "Pass", "Next": "E"} """, "MISSING_TRANSITION_TARGET: Missing 'Next' target: E at /States/S/Branches[0]/States/A/Next")]
    [InlineData(""" "A": {"Type": "Succeed"}, "B": {"Type": "Succeed"} """, "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/S/Branches[0]/States/B")]
    [InlineData(""" "A": {"Type": "Pass", "Next": "A2"}, "A2": {"Type": "Pass", "Next": "A"} """, "")]
    [InlineData(""" "A": {"Type": "Pass", "End": true}, "E": {"Type": "Succeed"} """, "MISSING_TRANSITION_TARGET: State \"E\" is not reachable. at /States/S/Branches[0]/States/E, DUPLICATE_STATE_NAME: Duplicate State name: E at /States/E")]
    public void A4_A_scope_is_left_only_by_its_end(string states, string expected) => Assert.Equal(
        expected,
        Definition.Diagnostics(
            $$"""{"StartAt": "S", "States": {"S": {"Type": "Parallel", "Next": "E", "Branches": [{"StartAt": "A", "States": {{{states}}} }]}, "E": {"Type": "Succeed"} } }"""));

    [Theory]
    [InlineData("\"StartAt\": \"Z\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}",
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Z at /States/S/Branches[0]/StartAt, "
        + "MISSING_TRANSITION_TARGET: State \"A\" is not reachable. at /States/S/Branches[0]/States/A")]
    [InlineData("\"QueryLanguage\": \"JSONata\", \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}",
        Schema + "Field 'QueryLanguage' is not supported at /States/S/Branches[0]")]
    [InlineData("\"StartAt\": \"A\", \"States\": {}", Schema + "Value cannot be empty at /States/S/Branches[0]/States")]
    [InlineData("\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Output\": 1, \"End\": true}}",
        Schema + "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S/Branches[0]/States/A")]
    public void A17_A_faulty_branch_is_refused_where_it_stands(string fields, string expected) => Assert.Equal(
        expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {"Type": "Parallel", "End": true, "Branches": [{{{fields}}}]} } }"""));

    [Fact]
    public void A4_No_state_leads_into_a_branch() => Assert.Equal(
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: A at /States/S/Next",
        Definition.Diagnostics(
            """
            {"StartAt": "S", "States": {
              "S": {"Type": "Parallel", "Next": "A", "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}],
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "E"}]},
              "E": {"Type": "Succeed"}}}
            """));

    [Fact]
    public void A3_A_name_is_taken_once_in_the_whole_machine() => Assert.Equal(
        "DUPLICATE_STATE_NAME: Duplicate State name: A at /States/S/Branches[1]/States/A, "
        + "DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/Branches[1]/States/M/ItemProcessor/States/S",
        Definition.Diagnostics(
            """
            {"StartAt": "S", "States": {"S": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}},
              {"StartAt": "A", "States": {
                "A": {"Type": "Pass", "Next": "M"},
                "M": {"Type": "Map", "ItemProcessor": {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}, "End": true}}}]}}}
            """));

    [Theory]
    [InlineData(10, "")]
    [InlineData(64, "")]
    [InlineData(65, "TOO_DEEPLY_NESTED")]
    [InlineData(2_000, "INVALID_JSON_DESCRIPTION")]
    public void Branches_are_nested_only_so_deep(int depth, string code)
    {
        var text = string.Concat(Enumerable.Range(0, depth).Select(i =>
            $$$"""{"StartAt": "P{{{i}}}", "States": {"P{{{i}}}": {"Type": "Parallel", "End": true, "Branches": ["""));
        text += """{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}""" + string.Concat(Enumerable.Repeat("]}}}", depth));

        Assert.Equal(code, string.Join(' ', Definition.Read(text).Diagnostics.Select(d => d.Code)));
    }
}
