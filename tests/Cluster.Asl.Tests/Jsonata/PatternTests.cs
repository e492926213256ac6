using Cluster.Asl.Expressions.Jsonata.Patterns;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>Regular expressions mean what they mean in JavaScript. The expected matches are those of a JavaScript engine.</summary>
public sealed class PatternTests
{
    private const int MostMatches = 9;

    /// <summary>Matches are shown as the place, and the texts of match and captures; a capture without text is a dash.</summary>
    [Theory]
    [InlineData("a.c", "", "abc a\u000ac a\u2028c", "0:abc")]
    [InlineData("^b", "", "a\u000ab", "")]
    [InlineData("^b", "m", "a\u000ab\u000d\u000ab\u2029b", "2:b 5:b 7:b")]
    [InlineData("a$", "m", "a\u000aba\u000d\u000aca", "0:a 3:a 7:a")]
    [InlineData("$", "", "x\u000a", "2:")]
    [InlineData("\\d+", "", "a12\u0661 3", "1:12 5:3")]
    [InlineData("\\w+", "", "\u00e9_a1-\u017f", "1:_a1")]
    [InlineData("\\s+", "", "a\u00a0\ufeff b\u180e", "1:\u00a0\ufeff ")]
    [InlineData("\\bcat\\b", "", "cat \u00e9cat cats a cat", "0:cat 5:cat 16:cat")]
    [InlineData("\\Ba", "", "aa \u00e9a", "1:a")]
    [InlineData("[^]", "", "\u000a", "0:\u000a")]
    [InlineData("[]", "", "a", "")]
    [InlineData("[\\d-x]+", "", "1-x2y", "0:1-x2")]
    [InlineData("[a-\\d]+", "", "a-5b", "0:a-5")]
    [InlineData("[\\b]", "", "\u0008", "0:\u0008")]
    [InlineData("\\cJ", "", "\u000a", "0:\u000a")]
    [InlineData("\\c1", "", "\\c1", "0:\\c1")]
    [InlineData("[\\c1]", "", "\\c1\u0011", "3:\u0011")]
    [InlineData("\\x41\\u0042", "", "AB", "0:AB")]
    [InlineData("\\u{2}", "", "uu", "0:uu")]
    [InlineData("\\xZ", "", "xZ", "0:xZ")]
    [InlineData("\\0", "", "\u0000", "0:\u0000")]
    [InlineData("\\101", "", "A", "0:A")]
    [InlineData("\\8", "", "8", "0:8")]
    [InlineData("(a)\\2", "", "a\u0002", "0:a\u0002|a")]
    [InlineData("(a)|\\1b", "", "b", "0:b|-")]
    [InlineData("(?:(a)|b)*", "", "ab", "0:ab|- 2:|-")]
    [InlineData("(a*)*", "", "b", "0:|- 1:|-")]
    [InlineData("(a*)+", "", "b", "0:| 1:|")]
    [InlineData("(z)((a+)?(b+)?(c))*", "", "zaacbbbcac", "0:zaacbbbcac|z|ac|a|-|c")]
    [InlineData("(?:|a)*", "", "aa", "0:aa 2:")]
    [InlineData("(?=(a+))a*b\\1", "", "baaabac", "3:aba|a")]
    [InlineData("(?!foo)...", "", "foobar", "1:oob")]
    [InlineData("(?<=\\$)\\d+(\\.\\d*)?", "", "$10.53 10", "1:10.53|.53")]
    [InlineData("(?<!\\$)\\b\\d+", "", "$10 20", "4:20")]
    [InlineData("(?<=(\\d+)(\\d+))$", "", "1053", "4:|1|053")]
    [InlineData("(?<=\\1(a))b", "", "aab", "2:b|a")]
    [InlineData("(?<year>\\d{4})-(?<m>\\d\\d)", "", "on 2024-05", "3:2024-05|2024|05")]
    [InlineData("(?<a>.)\\k<a>", "", "xaab", "1:aa|a")]
    [InlineData("\\k<a>", "", "k<a>", "0:k<a>")]
    [InlineData("a{2}", "", "aaaaa", "0:aa 2:aa")]
    [InlineData("a{,2}", "", "a{,2}", "0:a{,2}")]
    [InlineData("a{2,", "", "a{2,", "0:a{2,")]
    [InlineData("x{2,3}?", "", "xxxxx", "0:xx 2:xx")]
    [InlineData("}", "", "}", "0:}")]
    [InlineData("]", "", "a]", "1:]")]
    [InlineData("K", "i", "\u212ak", "1:k")]
    [InlineData("\u017f", "i", "sS\u017f", "2:\u017f")]
    [InlineData("\u03c9", "i", "\u03a9\u2126\u03c9", "0:\u03a9 2:\u03c9")]
    [InlineData("\u00df", "i", "\u1e9e\u00df", "1:\u00df")]
    [InlineData("[a-z]+", "i", "HeLLo\u0130", "0:HeLLo")]
    [InlineData("[^a]", "i", "Ab", "1:b")]
    [InlineData("(\u00e9)\\1", "i", "\u00e9\u00c9", "0:\u00e9\u00c9|\u00e9")]
    [InlineData("\u0130", "i", "iI\u0130", "2:\u0130")]
    [InlineData("\ud83d\ude00", "", "\ud83d\ude00", "0:\ud83d\ude00")]
    [InlineData("^.$", "", "\ud83d\ude00", "")]
    [InlineData("(?:)", "", "ab", "0: 1: 2:")]
    [InlineData("a|ab", "", "abc", "0:a")]
    [InlineData("((a)|(ab))((c)|(bc))", "", "abc", "0:abc|a|a|-|bc|-|bc")]
    [InlineData("a[a-z]{2,4}?", "", "abcdefghi", "0:abc")]
    [InlineData("(?=a)*b", "", "b", "0:b")]
    [InlineData("a??b", "", "ab", "0:ab")]
    [InlineData(".*\\/", "", "/a/b/c", "0:/a/b/")]
    [InlineData("[)\\]]", "", "a)]", "1:) 2:]")]
    [InlineData("\\/", "", "/", "0:/")]
    [InlineData("(a\\1)", "", "a", "0:a|a")]
    [InlineData("(?:a?)*?b", "", "aab", "0:aab")]
    [InlineData("(?:a{2,3}){2}", "", "aaaaa", "0:aaaaa")]
    [InlineData("(x){0}y\\1", "", "xy", "1:y|-")]
    public void A_pattern_finds_what_JavaScript_finds(string pattern, string flags, string text, string expected)
    {
        var read = Pattern.TryParse(pattern, flags, out var fault);

        Assert.Equal(PatternFault.None, fault);
        Assert.Equal(expected, Matches(read!, text));
    }

    [Theory]
    [InlineData("(", nameof(PatternFault.UnbalancedGroup))]
    [InlineData(")", nameof(PatternFault.UnbalancedGroup))]
    [InlineData("(?", nameof(PatternFault.UnknownGroup))]
    [InlineData("(?i:a)", nameof(PatternFault.UnknownGroup))]
    [InlineData("(?<1>a)", nameof(PatternFault.BadName))]
    [InlineData("(?<a>x)(?<a>y)", nameof(PatternFault.BadName))]
    [InlineData("(?<a>x)\\k<b>", nameof(PatternFault.UnknownName))]
    [InlineData("(?<a>x)\\k", nameof(PatternFault.UnknownName))]
    [InlineData("[a", nameof(PatternFault.UnendedClass))]
    [InlineData("[b-a]", nameof(PatternFault.RangeOutOfOrder))]
    [InlineData("*", nameof(PatternFault.NothingToRepeat))]
    [InlineData("a**", nameof(PatternFault.NothingToRepeat))]
    [InlineData("a++", nameof(PatternFault.NothingToRepeat))]
    [InlineData("^*", nameof(PatternFault.NothingToRepeat))]
    [InlineData("\\b+", nameof(PatternFault.NothingToRepeat))]
    [InlineData("(?<=a)*", nameof(PatternFault.NothingToRepeat))]
    [InlineData("{1}", nameof(PatternFault.NothingToRepeat))]
    [InlineData("a{2,1}", nameof(PatternFault.CountsOutOfOrder))]
    [InlineData("a\\", nameof(PatternFault.LoneBackslash))]
    public void What_is_no_pattern_is_refused(string pattern, string expected)
    {
        Assert.Null(Pattern.TryParse(pattern, "", out var fault));
        Assert.Equal(expected, fault.ToString());
    }

    [Fact]
    public void The_longest_and_the_deepest_pattern_are_taken_and_one_more_is_not()
    {
        Assert.NotNull(Pattern.TryParse(new string('a', PatternLimits.MaxLength), "", out _));
        Assert.Null(Pattern.TryParse(new string('a', PatternLimits.MaxLength + 1), "", out var fault));
        Assert.Equal(PatternFault.TooLong, fault);
        Assert.NotNull(Pattern.TryParse(Nested(PatternLimits.MaxDepth), "", out _));
        Assert.Null(Pattern.TryParse(Nested(PatternLimits.MaxDepth + 1), "", out fault));
        Assert.Equal(PatternFault.TooDeep, fault);
    }

    private static string Nested(int depth) => new string('(', depth) + "a" + new string(')', depth);

    private static string Matches(Pattern pattern, string text)
    {
        var search = new PatternSearch(pattern, text);
        var found = new List<string>();
        for (var at = 0; at <= text.Length && found.Count < MostMatches && search.Find(at) == true; at = search.End + (search.End == search.Start ? 1 : 0))
        {
            var groups = Enumerable.Range(1, pattern.Captures).Select(number => "|" + (search.Group(number) ?? "-"));
            found.Add($"{search.Start}:{text[search.Start..search.End]}{string.Concat(groups)}");
        }

        return string.Join(' ', found);
    }
}
