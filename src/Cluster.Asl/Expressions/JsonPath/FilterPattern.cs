using System.Text.RegularExpressions;

namespace Cluster.Asl.Expressions;

/// <summary>The regular expression of <c>=~</c>.</summary>
internal sealed class FilterPattern
{
    /// <summary>The longest pattern taken, in characters.</summary>
    private const int MaxLength = 1000;

    /// <summary>The longest that one match may take where the pattern needs backtracking.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    private readonly Regex _regex;

    private FilterPattern(Regex regex) => _regex = regex;

    /// <summary>Compiles a pattern with Java's flags, or gives null when it is none.</summary>
    public static FilterPattern? Compile(string pattern, string flags)
    {
        var options = RegexOptions.CultureInvariant;
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

        // The line break ends a comment that an 'x' pattern may close with.
        var ending = options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n)\\z" : ")\\z";
        var whole = $"\\A(?:{pattern}{ending}";
        return pattern.Length > MaxLength || TryCompile(pattern, options) is null ? null
            : TryCompile(whole, options | RegexOptions.NonBacktracking) ?? TryCompile(whole, options);
    }

    /// <summary>Whether the whole text matches. A match that takes too long exhausts the walk.</summary>
    public bool Matches(string text, PathWalk walk)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            walk.Spend(PathWalk.MaxVisits + 1);
            return false;
        }
    }

    private static FilterPattern? TryCompile(string pattern, RegexOptions options)
    {
        try
        {
            return new FilterPattern(new Regex(pattern, options, MatchTimeout));
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            // The only way in which Regex tells that a text is no pattern, or one that needs backtracking.
            return null;
        }
    }
}
