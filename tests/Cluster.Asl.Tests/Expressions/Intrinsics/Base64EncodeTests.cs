using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class Base64EncodeTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Data to encode", "RGF0YSB0byBlbmNvZGU=")]
    [InlineData(">>>", "Pj4+")]
    [InlineData("???", "Pz8/")]
    [InlineData("ä€😀", "w6Tigqzwn5iA")]
    public void A103_A_text_is_encoded_with_the_basic_alphabet(string text, string expected) =>
        Assert.Equal($"\"{expected}\"", Call.Value("States.Base64Encode($)", $"\"{text}\""));

    [Fact]
    public void A103_Ten_thousand_characters_are_taken_and_not_one_more()
    {
        Assert.Equal(13_338, Call.Value("States.Base64Encode($)", $"\"{new string('a', 10_000)}\"").Length);
        Assert.Equal(
            "Argument 1 of States.Base64Encode must be no longer than 10000 characters",
            Call.Failure("States.Base64Encode($)", $"\"{new string('a', 10_001)}\""));
    }

    [Theory]
    [InlineData("5", "Argument 1 of States.Base64Encode must be a string")]
    [InlineData("'a', 'b'", "States.Base64Encode takes 1 argument, but was called with 2")]
    public void A103_Only_a_text_is_encoded(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.Base64Encode({arguments})"));
}
