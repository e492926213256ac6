using System.Text;
using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Payloads of one byte less than the limit, of the limit, and of one byte more, in text of two bytes a character.</summary>
public sealed class SizeLimitTests
{
    private const int N = Limits.DefaultPayloadBytes;

    [Theory]
    [InlineData(N - 1, true)]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_result_of_a_call_has_at_most_262_144_bytes(int bytes, bool taken)
    {
        var given = Given.Task("\"ResultPath\":null").Started().Completed(Text(bytes));
        if (taken)
            Assert.Equal("{}", given.Output());
        else
            Assert.Equal(("States.DataLimitExceeded", TooLarge(Given.Function)), given.Failure());
    }

    [Theory]
    [InlineData(N - 1, true)]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_output_of_a_state_has_at_most_262_144_bytes(int bytes, bool taken)
    {
        // {"r":"…"} is 6 bytes longer than the text alone.
        var given = Given.Task("\"ResultSelector\":{\"r.$\":\"$\"}").Started().Completed(Text(bytes - 6));
        if (taken)
            Assert.Equal(bytes, Encoding.UTF8.GetByteCount(given.Output()));
        else
            Assert.Equal(("States.DataLimitExceeded", TooLarge("A")), given.Failure());
    }

    [Theory]
    [InlineData(N - 1, true)]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_parameters_of_a_call_have_at_most_262_144_bytes(int bytes, bool taken)
    {
        var given = Given.Task("\"Parameters\":{\"r.$\":\"$\"}").Started(Text(bytes - 6));
        if (taken)
            Assert.Equal(bytes, Assert.IsType<Effect.Call>(Assert.Single(given.Last.Effects)).What.Input.Size);
        else
            Assert.Equal(("States.DataLimitExceeded", TooLarge("A")), given.Failure());
    }

    [Theory]
    [InlineData(N - 1, true)]
    [InlineData(N, true)]
    [InlineData(N + 1, false)]
    public void A80_The_output_of_a_catcher_has_at_most_262_144_bytes(int bytes, bool taken)
    {
        // {"x":"…","e":{"Error":"E","Cause":"c"}} is 36 bytes longer than the text alone.
        var given = Given.TaskAndB("\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.e\",\"Next\":\"B\"}]")
            .Started($$"""{"x":{{Text(bytes - 36)}}}""").Failed("E", "c");
        if (taken)
            Assert.Equal(bytes, Encoding.UTF8.GetByteCount(given.Output()));
        else
            Assert.Equal(("States.DataLimitExceeded", TooLarge("A")), given.Failure());
    }

    [Fact]
    public void A71_A_payload_that_is_too_large_can_be_retried_and_caught()
    {
        var given = Given.TaskAndB("""
            "Retry":[{"ErrorEquals":["States.DataLimitExceeded"],"MaxAttempts":1}],"Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":null,"Next":"B"}]
            """).Started().Completed(Text(N + 1)).After(1).Completed(Text(N + 1));
        Assert.Equal(["States.DataLimitExceeded", "States.DataLimitExceeded"], given.Events.OfType<TaskFailed>().Select(e => e.Error));
        Assert.Equal("{}", given.Output());
    }

    [Fact]
    public void A80_Values_that_share_their_parts_are_measured_before_they_are_written()
    {
        // Each state doubles its input: 40 states would write 2^40 copies.
        var states = string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""
            "{{(i == 0 ? "A" : $"S{i}")}}":{"Type":"Pass","Parameters":{"a.$":"$","b.$":"$"},{{(i == 39 ? "\"End\":true" : $"\"Next\":\"S{i + 1}\"")}}}
            """));
        Assert.Equal("States.DataLimitExceeded", Given.States(states).Started("\"0123456789\"").Failure().Error);
    }

    [Fact]
    public void A81_Errors_and_causes_are_cut_to_256_and_32_768_characters()
    {
        var given = Given.Task().Started().Failed(new string('e', 300), new string('c', 40_000));
        Assert.Equal((new string('e', 256), new string('c', 32_768)), given.Failure());
        var failed = given.Events.OfType<TaskFailed>().Single();
        Assert.Equal((256, 32_768), (failed.Error!.Length, failed.Cause!.Length));

        var stopped = Given.Task().Started().Stopped(new string('e', 300), new string('c', 40_000));
        var aborted = Assert.IsType<ExecutionAborted>(stopped.End());
        Assert.Equal((256, 32_768), (aborted.Error!.Length, aborted.Cause!.Length));
    }

    [Theory]
    [InlineData("\"A\":{\"Type\":\"Fail\",\"ErrorPath\":\"$.half\",\"CausePath\":\"$.half\"}", "x\ufffdy")]
    [InlineData("\"A\":{\"Type\":\"Fail\",\"Error\":\"x\\udc00y\",\"Cause\":\"x\\udc00y\"}", "x\ufffdy")]
    public void A81_Half_of_a_pair_of_surrogates_is_replaced(string state, string expected)
    {
        var given = Given.States(state).Started("""{"half":"x\ud800y"}""");
        Assert.Equal((expected, expected), given.Failure());
        Assert.Equal("""{"half":"x\uD800y"}""", Given.State("\"Type\":\"Pass\",\"InputPath\":\"$.o\"").Started("""{"o":{"half":"x\ud800y"}}""").Output());
    }

    [Fact]
    public void A81_A_pair_of_surrogates_is_not_cut_apart()
    {
        var given = Given.Task().Started().Failed(new string('e', 255) + "😀", null);
        Assert.Equal(new string('e', 255), given.Failure().Error);
    }

    private static string TooLarge(string name) =>
        $"The state/task '{name}' returned a result with a size exceeding the maximum number of bytes service limit.";

    /// <summary>A JSON string of so many bytes, of two-byte characters but for at most one.</summary>
    private static string Text(int bytes) => $"\"{new string('é', (bytes - 2) / 2)}{(bytes % 2 == 0 ? "" : "e")}\"";
}
