using System.Diagnostics;
using Cluster.Asl.Expressions.Jsonata.Patterns;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>Patterns that are known to make searches take for ever end soon: with an answer or without.</summary>
public sealed class PatternCostTests
{
    /// <summary>Some milliseconds on a free machine; what grows with the square of the length takes seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(600);

    /// <summary>Pattern, the part of the text that is repeated, how often, what comes behind, and whether there is an answer.</summary>
    [Theory]
    [InlineData("(a+)+$", "a", 50_000, "!", true)]
    [InlineData("(a|a)*$", "a", 50_000, "!", true)]
    [InlineData("(a|aa)+$", "a", 50_000, "!", true)]
    [InlineData("([a-zA-Z]+)*$", "a", 50_000, "!", true)]
    [InlineData("(a+){10}$", "a", 50_000, "!", false)]
    [InlineData("(.*a){12}$", "a", 5_000, "!", false)]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$", "a", 50_000, "", true)]
    [InlineData("(x+x+)+y", "x", 50_000, "", true)]
    [InlineData("(a*)*b", "a", 50_000, "!", false)]
    [InlineData("(a*)+b", "a", 50_000, "!", false)]
    [InlineData("(?:a?){30}a{30}$", "a", 29, "!", false)]
    [InlineData("\\s+$", " ", 50_000, "x", true)]
    [InlineData("\\s*;", " ", 50_000, "x", true)]
    [InlineData(".*.*=.*", "x", 50_000, "", true)]
    [InlineData("<(\\w+\\s*)*>", "<a ", 20_000, "", true)]
    [InlineData("^(\\d+)*$", "1", 50_000, "x", true)]
    [InlineData("^(\\w+\\d+)+$", "a1", 25_000, "!", true)]
    [InlineData("(\\w+)\\1+$", "ab", 5_000, "!", false)]
    [InlineData("(?=(a+))\\1+b", "a", 50_000, "", false)]
    [InlineData("(?!(a+)+b)a", "a", 50_000, "", false)]
    [InlineData("(?<=(a+)+)b", "a", 50_000, "c", true)]
    [InlineData("^(?:.*,){11}P", "1,", 25_000, "", false)]
    [InlineData("([a-z]*)*[0-9]", "a", 50_000, "", false)]
    [InlineData("(?:(?:a+)+)+c", "a", 50_000, "", true)]
    [InlineData("(\\.|[^.]+)+@", "a.", 25_000, "", true)]
    [InlineData("^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}", "a", 50_000, "!", true)]
    [InlineData("(0|1)*2", "01", 25_000, "", true)]
    [InlineData("(?:\\n\\s*)+x", "\n ", 25_000, "", true)]
    [InlineData("[^]*[^]*[^]*!", "a", 50_000, "", true)]
    [InlineData("(a|b|ab)*c", "ab", 25_000, "", true)]
    public void A_search_ends_soon(string pattern, string part, int count, string end, bool isAnswered)
    {
        var read = Pattern.TryParse(pattern, "", out _)!;
        var text = string.Concat(Enumerable.Repeat(part, count)) + end;
        var best = TimeSpan.MaxValue;
        var search = new PatternSearch(read, text);

        // A busy machine slows whatever runs: the best of a few tries counts.
        for (var tries = 0; tries < 20 && best > Longest; tries++)
        {
            var clock = Stopwatch.StartNew();
            var found = search.Find(0);
            best = clock.Elapsed < best ? clock.Elapsed : best;
            Assert.Equal(isAnswered ? false : null, found == true ? false : found);
        }

        Assert.True(best <= Longest, $"took {best.TotalMilliseconds} ms");
    }
}
