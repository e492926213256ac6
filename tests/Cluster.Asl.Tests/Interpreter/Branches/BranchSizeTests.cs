using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>Payloads of branches at the limit and one byte beyond it; errors and causes of branches at theirs.</summary>
public sealed class BranchSizeTests
{
    private const int N = Limits.DefaultPayloadBytes;
    private const string All = "\"ResultPath\":null,\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\"}]";

    [Theory]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_outputs_of_branches_together_have_at_most_262_144_bytes(int bytes, bool taken)
    {
        // ["…","…"] is the two texts with three bytes more.
        var given = Branching.Parallel([Branching.Task(), Branching.Task()], All).Started("0")
            .Answered("/1.0.0", Text(N / 2)).Answered("/1.0.1", Text(bytes - 3 - (N / 2)));
        Assert.Equal(taken ? "0" : Exceeded("A"), given.Output());
    }

    [Theory]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_outputs_of_iterations_together_have_at_most_262_144_bytes(int bytes, bool taken)
    {
        var given = Branching.MapOf(Branching.Task(), All).Started("[0,1]")
            .Answered("/1.0.1", Text(N / 2)).Answered("/1.0.0", Text(bytes - 3 - (N / 2)));
        Assert.Equal(taken ? "[0,1]" : Exceeded("A"), given.Output());
    }

    [Theory]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_input_that_ItemSelector_makes_has_at_most_262_144_bytes(int bytes, bool taken)
    {
        // {"v":"…"} is the text with six bytes more.
        var input = $"[{Text(bytes - 6)}]";
        var given = Branching.MapOf("\"Type\":\"Pass\",\"Result\":1,\"End\":true", All + ",\"ItemSelector\":{\"v.$\":\"$$.Map.Item.Value\"}").Started(input);
        Assert.Equal(taken ? input : Exceeded("A"), given.Output());
    }

    [Theory]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_Parameters_of_a_parallel_have_at_most_262_144_bytes(int bytes, bool taken)
    {
        var given = Branching.Parallel(["\"Type\":\"Pass\",\"Result\":1,\"End\":true"], "\"Parameters\":{\"v.$\":\"$.t\"},\"ResultSelector\":{}," + Caught)
            .Started($"{{\"t\":{Text(bytes - 6)}}}");
        Assert.Equal(taken ? "{}" : Exceeded("A"), given.Output());
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A80_An_output_that_is_too_large_inside_a_branch_is_told_of_the_inner_state_and_caught_outside(string type)
    {
        var twice = "\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$$.Execution.Input.t\",\"b.$\":\"$$.Execution.Input.t\"},\"End\":true";
        Assert.Equal(Exceeded("I0"), Branching.Of(type, twice, Caught).Started($"{{\"items\":[0],\"t\":{Text(N / 2)}}}").Output());
    }

    [Fact]
    public void A80_A_result_that_is_too_large_inside_a_branch_is_told_of_the_function() =>
        Assert.Equal(Exceeded(Given.Function), Branching.Parallel([Branching.Task()], Caught).Started().Answered("/1.0.0", Text(N + 1)).Output());

    [Fact]
    public void A80_A_result_of_an_integration_is_told_of_its_service()
    {
        const string task = "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\"},\"End\":true";
        Assert.Equal(Exceeded("lambda"), Branching.Parallel([task], Caught).Started().Answered("/1.0.0", Text(N + 1)).Output());
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A81_Errors_and_causes_of_branches_are_cut_to_256_and_32_768_characters(string type)
    {
        var state = $"\"Type\":\"Fail\",\"Error\":\"{new string('e', 300)}\",\"Cause\":\"{new string('c', 40_000)}\"";
        var (error, cause) = (new string('e', 256), new string('c', 32_768));
        Assert.Equal((error, cause), Branching.Of(type, state).Started("""{"items":[0]}""").Failure());
        Assert.Equal($$"""{"Error":"{{error}}","Cause":"{{cause}}"}""", Branching.Of(type, state, Caught).Started("""{"items":[0]}""").Output());
    }

    [Fact]
    public void A81_The_words_before_a_cause_count_as_its_characters()
    {
        var given = Branching.Parallel(["\"Type\":\"Pass\",\"InputPath\":\"$.no\",\"Parameters\":{\"v.$\":\"$.no\"},\"End\":true"])
            .Started("{\"no\":{\"t\":\"" + new string('x', 40_000) + "\"}}");
        Assert.StartsWith("An error occurred while executing the state 'I0' (entered at the event id #4). The JSONPath '$.no' ", given.Failure().Cause);
        Assert.Equal(32_768, given.Failure().Cause!.Length);
    }

    private const string Caught = "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\"}]";

    private static string Exceeded(string name) =>
        $"{{\"Error\":\"States.DataLimitExceeded\",\"Cause\":\"The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit.\"}}";

    /// <summary>A JSON string of so many bytes, of two-byte characters but for at most one.</summary>
    private static string Text(int bytes) => $"\"{new string('é', (bytes - 2) / 2)}{(bytes % 2 == 0 ? "" : "e")}\"";
}
