using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayTests
{
    [Theory]
    [InlineData("States.Array()", "[]")]
    [InlineData("States.Array( )", "[]")]
    [InlineData("States.Array(null)", "[null]")]
    [InlineData("States.Array($.a, 'b', 1, true, States.Array(), $$.State.Name)", "[{\"x\":1},\"b\",1,true,[],\"Here\"]")]
    public void A102_The_arguments_become_an_array(string call, string expected) => Assert.Equal(expected, Call.Value(call, "{\"a\":{\"x\":1}}"));

    [Fact]
    public void A102_An_array_takes_many_arguments() => Assert.Equal(
        "[" + string.Join(',', Enumerable.Range(0, 3000)) + "]",
        Call.Value("States.Array(" + string.Join(", ", Enumerable.Range(0, 3000)) + ")"));
}
