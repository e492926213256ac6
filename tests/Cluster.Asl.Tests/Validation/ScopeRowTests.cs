using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>Names and transitions, in the machine and in the scopes inside of it.</summary>
public sealed class ScopeRowTests
{
    private const string Missing = "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at ";
    private const string Lambda = "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"";

    [Theory]
    [InlineData("X", "\"A\":{\"Type\":\"Succeed\"}", "/StartAt")]
    [InlineData("A", "\"A\":{\"Type\":\"Pass\",\"Next\":\"X\"},\"B\":{\"Type\":\"Succeed\"}", "/States/A/Next")]
    [InlineData("A", "\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"B\"}],\"Default\":\"X\"},\"B\":{\"Type\":\"Succeed\"}", "/States/A/Default")]
    [InlineData("A", "\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"X\"}],\"Default\":\"B\"},\"B\":{\"Type\":\"Succeed\"}", "/States/A/Choices[0]/Next")]
    [InlineData("A", "\"A\":{" + Lambda + ",\"End\":true,\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"X\"}]}", "/States/A/Catch[0]/Next")]
    public void A3_A_target_that_is_missing_is_called_Next_wherever_it_is_named(string startAt, string states, string location) =>
        Assert.Contains(Missing + location, Definition.Diagnostics($"{{\"StartAt\":\"{startAt}\",\"States\":{{{states}}}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", 80, true)]
    [InlineData("a", 81, false)]
    [InlineData("é", 80, true)]
    [InlineData("😀", 80, true)]
    [InlineData("😀", 81, false)]
    public void A3_A_name_has_at_most_80_characters_also_inside_a_branch(string character, int length, bool taken)
    {
        var name = string.Concat(Enumerable.Repeat(character, length));
        var told = Definition.Diagnostics(
            $"{{\"StartAt\":\"P\",\"States\":{{\"P\":{{\"Type\":\"Parallel\",\"End\":true,\"Branches\":[{{\"StartAt\":\"{name}\",\"States\":{{\"{name}\":{{\"Type\":\"Succeed\"}}}}}}]}}}}}}");
        Assert.Equal(
            taken ? "" : $"INVALID_STATE_NAME: Invalid State name: State '{name}' exceeds the 80-character limit allowed by the service at /States/P/Branches[0]/States/{name}",
            told);
    }

    [Fact]
    public void A3_Several_diagnostics_are_joined_by_commas() => Assert.Equal(
        "SCHEMA_VALIDATION_FAILED: Field 'Foo' is not supported at /States/A, SCHEMA_VALIDATION_FAILED: Minimum value is 0 at /States/A/Seconds",
        Definition.Diagnostics("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":-1,"Foo":1,"End":true}}}"""));

    [Theory]
    [InlineData("\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"I\"}],\"Default\":\"X\"", "Default")]
    [InlineData("\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"X\"}],\"Default\":\"I\"", "Choices[0]/Next")]
    [InlineData(Lambda + ",\"Next\":\"I\",\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"X\"}]", "Catch[0]/Next")]
    [InlineData("\"Type\":\"Pass\",\"Next\":\"X\"", "Next")]
    public void A4_No_transition_leaves_its_branch_or_iteration(string fields, string location)
    {
        var scope = "{\"StartAt\":\"S\",\"States\":{\"S\":{" + fields + "},\"I\":{\"Type\":\"Succeed\"}}}";
        foreach (var (state, at) in ((string, string)[])[
            ("\"Type\":\"Parallel\",\"Branches\":[" + scope + "]", "/States/P/Branches[0]"), ("\"Type\":\"Map\",\"ItemProcessor\":" + scope, "/States/P/ItemProcessor")])
        {
            var told = Definition.Diagnostics("{\"StartAt\":\"P\",\"States\":{\"P\":{" + state + ",\"Next\":\"X\"},\"X\":{\"Type\":\"Succeed\"}}}");
            Assert.Contains($"{Missing}{at}/States/S/{location}", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A7_A_key_that_stands_twice_is_refused() => Assert.NotEqual(
        "", Definition.Diagnostics("""{"StartAt":"A","States":{"A":{"Type":"Pass","Comment":"one","Comment":"two","End":true}}}"""));

    [Theory]
    [InlineData("\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Succeed\"}}}]")]
    [InlineData("\"Type\":\"Map\",\"ItemProcessor\":{\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Succeed\"}}}")]
    public void A7_Only_a_task_has_times_of_its_own(string fields)
    {
        foreach (var field in (string[])["TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"])
        {
            Assert.Equal(
                $"SCHEMA_VALIDATION_FAILED: Field '{field}' is not supported at /States/S",
                Definition.Diagnostics("{\"StartAt\":\"S\",\"States\":{\"S\":{" + fields + ",\"End\":true,\"" + field + "\":1}}}"));
        }
    }
}
