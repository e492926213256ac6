using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class HashTests
{
    [Theory]
    [InlineData("MD5", "812f45842bc6d66ee14572ce20db8e86")]
    [InlineData("SHA-1", "aaff4a450a104cd177d28d18d74485e8cae074b7")]
    [InlineData("SHA-256", "b4a697a057313163aee33cd8d40c66e9f0f177e00cac2de32475ffff6169c3e3")]
    [InlineData("SHA-384", "d28a7d5cf25a74f11a50a18452b75e04bb3d70c9dd0510d6123aa008c756511b87525bdc835ebb27e1fb9e9374a15562")]
    [InlineData(
        "SHA-512",
        "6ce4adb348546d4f449c4d25aad9a7c9cb711d9e91982d3f0b29ca2f3f47d4ce2deba23bf2954f0f1d593fc50283731a533d30d425402d4f91316d871303aac4")]
    public void A104_Five_algorithms_give_lower_case_digits(string algorithm, string expected) =>
        Assert.Equal($"\"{expected}\"", Call.Value($"States.Hash($, '{algorithm}')", "\"input data\""));

    [Fact]
    public void A104_Zeros_in_front_are_kept() =>
        Assert.Equal("\"0003ec0d0c76934ba8a8b39809c825b3\"", Call.Value("States.Hash('v787', 'MD5')"));

    [Fact]
    public void A104_Data_other_than_a_text_is_hashed_as_JSON() => Assert.Equal(
        Call.Value("States.Hash(States.JsonToString($), 'SHA-256')", "{\"a\": [1, null]}"),
        Call.Value("States.Hash($, 'SHA-256')", "{\"a\": [1, null]}"));

    [Theory]
    [InlineData("'SHA256'")]
    [InlineData("'sha-256'")]
    [InlineData("256")]
    public void A104_No_other_algorithm_is_known(string algorithm) => Assert.Equal(
        "Argument 2 of States.Hash must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512", Call.Failure($"States.Hash('a', {algorithm})"));

    [Theory]
    [InlineData("\"", 10_000, "\"", "")]
    [InlineData("\"", 10_001, "\"", "Argument 1 of States.Hash must be no longer than 10000 characters")]
    [InlineData("[\"", 9_996, "\"]", "")]
    [InlineData("[\"", 9_997, "\"]", "Argument 1 of States.Hash must be no longer than 10000 characters")]
    public void A104_Ten_thousand_characters_are_hashed_and_not_one_more(string before, int count, string after, string expected)
    {
        const string call = "States.Hash($, 'MD5')";
        var input = before + new string('a', count) + after;
        if (expected.Length == 0)
            Assert.Equal(34, Call.Value(call, input).Length);
        else
            Assert.Equal(expected, Call.Failure(call, input));
    }

    [Fact]
    public void A104_Data_and_algorithm_are_wanted() =>
        Assert.Equal("States.Hash takes 2 arguments, but was called with 1", Call.Failure("States.Hash('a')"));
}
