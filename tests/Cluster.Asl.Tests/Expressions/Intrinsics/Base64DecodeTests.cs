using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class Base64DecodeTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("RGF0YSB0byBlbmNvZGU=", "Data to encode")]
    [InlineData("RGF0YSB0byBlbmNvZGU", "Data to encode")]
    [InlineData("YQ==", "a")]
    [InlineData("YQ", "a")]
    [InlineData("YR", "a")]
    [InlineData("RGF0\\r\\nYSB0\\nbw==\\r\\n", "Data to")]
    [InlineData("YWI=", "ab")]
    [InlineData("Pj4+Pz8/", ">>>???")]
    [InlineData("w6Tigqzwn5iA", "ä€😀")]
    public void A103_A_text_of_the_basic_alphabet_is_decoded(string text, string expected) =>
        Assert.Equal($"\"{expected}\"", Call.Value("States.Base64Decode($)", $"\"{text}\""));

    [Theory]
    [InlineData("not base64!!!")]
    [InlineData("RGF0 YQ==")]
    [InlineData("Pj4-")]
    [InlineData("Y")]
    [InlineData("=")]
    [InlineData("YQ=")]
    [InlineData("YWI==")]
    [InlineData("YWJj=")]
    [InlineData("YQ==YQ==")]
    [InlineData("YQ===")]
    public void A103_Anything_else_is_refused(string text) =>
        Assert.Equal("Argument 1 of States.Base64Decode must be a valid Base64 text", Call.Failure("States.Base64Decode($)", $"\"{text}\""));

    [Fact]
    public void A103_What_was_encoded_is_decoded_again_up_to_ten_thousand_characters()
    {
        for (var length = 0; length < 50; length++)
        {
            var text = new string('x', length);
            Assert.Equal($"\"{text}\"", Call.Value("States.Base64Decode(States.Base64Encode($))", $"\"{text}\""));
        }

        Assert.Equal(new string('x', 7_500), Decoded(string.Concat(Enumerable.Repeat("eHh4", 2_500))));
        Assert.Equal(
            "Argument 1 of States.Base64Decode must be no longer than 10000 characters",
            Call.Failure("States.Base64Decode($)", $"\"{new string('A', 10_004)}\""));
    }

    [Theory]
    [InlineData("5", "Argument 1 of States.Base64Decode must be a string")]
    [InlineData("", "States.Base64Decode takes 1 argument, but was called with 0")]
    public void A103_Only_a_text_is_decoded(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.Base64Decode({arguments})"));

    private static string Decoded(string text) => Call.Value("States.Base64Decode($)", $"\"{text}\"").Trim('"');
}
