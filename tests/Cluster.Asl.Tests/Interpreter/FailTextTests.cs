using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Error and cause of a Fail state, found by a path or made by a function.</summary>
public sealed class FailTextTests
{
    [Theory]
    [InlineData("States.Format('{} of {}', $.n, $$.State.Name)", "7 of A")]
    [InlineData("States.JsonToString($.o)", "{\"k\":[1]}")]
    [InlineData("States.ArrayGetItem($.l, 1)", "second")]
    [InlineData("States.Base64Encode('a')", "YQ==")]
    [InlineData("States.Base64Decode('YQ==')", "a")]
    [InlineData("States.Hash('a', 'MD5')", "0cc175b9c0f1b6a831c399e269772661")]
    public void A16_A_function_that_gives_a_text_may_make_error_and_cause(string call, string text)
    {
        var given = Given.States($"\"A\":{{\"Type\":\"Fail\",\"ErrorPath\":\"{call}\",\"CausePath\":\"{call}\"}}")
            .Started("""{"n":7,"o":{"k":[1]},"l":["first","second"]}""");
        Assert.Equal((text, text), given.Failure());
    }

    [Fact]
    public void A16_A_UUID_may_be_a_cause() =>
        Assert.True(Guid.TryParse(Given.States("\"A\":{\"Type\":\"Fail\",\"CausePath\":\"States.UUID()\"}").Started().Failure().Cause, out _));

    [Theory]
    [InlineData("States.Array('a')")]
    [InlineData("States.StringToJson('1')")]
    [InlineData("States.MathAdd(1, 2)")]
    public void A16_A_function_that_gives_something_else_is_refused(string call)
    {
        foreach (var field in (string[])["ErrorPath", "CausePath"])
        {
            Assert.Equal(
                $"SCHEMA_VALIDATION_FAILED: The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call at /States/A",
                Parsing.Definition.Diagnostics($"{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Fail\",\"{field}\":\"{call}\"}}}}}}"));
        }
    }

    [Fact]
    public void A16_What_fails_in_making_a_cause_is_the_failure()
    {
        var (error, cause) = Given.States("\"A\":{\"Type\":\"Fail\",\"Error\":\"E\",\"CausePath\":\"States.ArrayGetItem($.l, 9)\"}").Started("""{"l":["a"]}""").Failure();
        Assert.Equal("States.IntrinsicFailure", error);
        Assert.StartsWith("An error occurred while executing the state 'A' (entered at the event id #2). ", cause);
    }
}
