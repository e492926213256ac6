using Cluster.Asl.Definitions.Choices;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

public sealed class WildcardPatternTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything\nat all", true)]
    [InlineData("log-*.txt", "log-1.txt", true)]
    [InlineData("log-*.txt", "log-.txt", true)]
    [InlineData("log-*.txt", "log-1.txt.gz", false)]
    [InlineData("log-*.txt", "xlog-1.txt", false)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("*a*b*", "xxbxaxbx", true)]
    [InlineData("*a*b*", "bbbaaa", false)]
    [InlineData("*aab*", "aaab", true)]
    [InlineData("**", "", true)]
    [InlineData("a**b", "ab", true)]
    [InlineData("a?c", "abc", false)]
    [InlineData("[ab]", "a", false)]
    [InlineData("A", "a", false)]
    [InlineData("\\*", "*", true)]
    [InlineData("\\*", "x", false)]
    [InlineData("a\\*b*", "a*bc", true)]
    [InlineData("a\\*b*", "axbc", false)]
    [InlineData("\\\\*", "\\x", true)]
    [InlineData("\\\\\\*", "\\*", true)]
    [InlineData("\\x", "\\x", true)]
    [InlineData("end\\", "end\\", true)]
    [InlineData("*😀*", "a😀b", true)]
    public void A_star_stands_for_any_characters_and_can_be_escaped(string pattern, string text, bool matches) =>
        Assert.Equal(matches, WildcardPattern.Parse(pattern).IsMatch(text));

    [Fact]
    public void The_worst_pattern_takes_no_longer_than_the_text_is_long()
    {
        var text = new string('a', 1 << 20);
        var pattern = WildcardPattern.Parse("*" + new string('a', 1 << 18) + "b*" + new string('a', 1 << 18) + "c*");

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.False(pattern.IsMatch(text));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds, 0, 1000);
    }
}
