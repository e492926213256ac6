using System.Text.RegularExpressions;

namespace Cluster.Asl.Expressions;

/// <summary>
/// The regular expression of <c>=~</c>. Matching is linear in the text and counted as work; patterns that need backtracking (look-around,
/// references to groups) are refused, as no time limit of one match would bound the time of a whole filter.
/// </summary>
internal sealed class FilterPattern
{
    /// <summary>The longest pattern taken, in characters.</summary>
    private const int MaxLength = 1000;

    /// <summary>The states of a pattern that are gone through as fast as a value is visited.</summary>
    private const int StatesPerVisit = 32;

    private readonly Regex _regex;

    private readonly int _visitsPerCharacter;

    private FilterPattern(Regex regex, int visitsPerCharacter)
    {
        _regex = regex;
        _visitsPerCharacter = visitsPerCharacter;
    }

    /// <summary>Compiles a pattern with Java's flags, or gives null when it is none.</summary>
    public static FilterPattern? Compile(string pattern, string flags)
    {
        if (pattern.Length > MaxLength)
            return null;
        var options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        foreach (var flag in flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        // The line break ends a comment with which an 'x' pattern may close.
        var ending = options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n)\\z" : ")\\z";

        // Only a pattern that stands for itself may be put in parentheses.
        return TryCompile(pattern, options) is not null && TryCompile($"\\A(?:{pattern}{ending}", options) is { } regex
            ? new FilterPattern(regex, 1 + (PatternWeight.Of(pattern) / StatesPerVisit))
            : null;
    }

    /// <summary>Whether the whole text matches.</summary>
    public bool Matches(string text, PathWalk walk)
    {
        var work = Math.Min((text.Length + 1L) * _visitsPerCharacter, PathWalk.MaxVisits + 1L);
        return walk.Spend((int)work) && _regex.IsMatch(text);
    }

    private static Regex? TryCompile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, Regex.InfiniteMatchTimeout);
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            // The only way in which Regex tells that a text is no pattern, needs backtracking or is too large.
            return null;
        }
    }
}
