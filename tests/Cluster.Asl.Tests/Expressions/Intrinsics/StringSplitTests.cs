using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class StringSplitTests
{
    [Theory]
    [InlineData("1,2,3", ",", "[\"1\",\"2\",\"3\"]")]
    [InlineData("This.is+a,test=string", ".+,=", "[\"This\",\"is\",\"a\",\"test\",\"string\"]")]
    [InlineData(",,a,,b,,", ",", "[\"a\",\"b\"]")]
    [InlineData("...", ".", "[]")]
    [InlineData("", ",", "[]")]
    [InlineData("abc", "", "[\"abc\"]")]
    [InlineData(" a b ", ",", "[\" a b \"]")]
    [InlineData("a😀b😀c", "😀", "[\"a\",\"b\",\"c\"]")]
    [InlineData("😁", "😀", "[\"😁\"]")]
    public void A107_Each_character_of_the_second_text_separates_and_empty_parts_are_dropped(string text, string delimiters, string expected) =>
        Assert.Equal(expected, Call.Value("States.StringSplit($[0], $[1])", $"[\"{text}\",\"{delimiters}\"]"));

    [Fact]
    public void A107_A_literal_may_hold_commas_and_parentheses() =>
        Assert.Equal("[\"a\",\"b\",\"c\"]", Call.Value("States.StringSplit('a,b)c', ',)')"));

    [Theory]
    [InlineData("1, ','", "Argument 1 of States.StringSplit must be a string")]
    [InlineData("'a', 1", "Argument 2 of States.StringSplit must be a string")]
    [InlineData("'a'", "States.StringSplit takes 2 arguments, but was called with 1")]
    public void A107_Two_texts_are_wanted(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.StringSplit({arguments})"));
}
