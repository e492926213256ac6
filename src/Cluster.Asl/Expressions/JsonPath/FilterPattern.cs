using System.Text.RegularExpressions;

namespace Cluster.Asl.Expressions;

/// <summary>
/// The regular expression of <c>=~</c>. Matching is linear in the text and counted as work; patterns that need backtracking (look-around,
/// references to groups) are refused, as no time limit of one match would bound the time of a whole filter.
/// </summary>
/// <remarks>
/// A pattern is checked when its path is parsed, which is cheap, and compiled when a filter first uses it: an automaton takes a millisecond
/// and a hundred kilobytes, and a definition has room for tens of thousands of patterns. An automaton lives as long as memory allows.
/// </remarks>
internal sealed class FilterPattern
{
    /// <summary>The longest pattern taken, in characters.</summary>
    private const int MaxLength = 1000;

    /// <summary>The states of a pattern that are gone through as fast as a value is visited.</summary>
    private const int StatesPerVisit = 32;

    /// <summary>What compiling a pattern costs, in visits; each evaluation pays it once for a pattern, whether or not it has an automaton already.</summary>
    private const int VisitsToCompile = 20_000;

    private readonly string _pattern;

    private readonly RegexOptions _options;

    private readonly int _visitsPerCharacter;

    private readonly WeakReference<Regex?> _automaton = new(target: null);

    private FilterPattern(string pattern, RegexOptions options)
    {
        _pattern = pattern;
        _options = options;
        _visitsPerCharacter = 1 + (PatternWeight.Of(pattern) / StatesPerVisit);
    }

    /// <summary>Takes a pattern with Java's flags, or gives null when it is none or one that cannot be matched in linear time.</summary>
    public static FilterPattern? Parse(string pattern, string flags)
    {
        if (pattern.Length > MaxLength || PatternWeight.Of(pattern) > PatternWeight.Most || NeedsBacktracking(pattern))
            return null;
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

        var written = flags.Contains('U', StringComparison.Ordinal) ? pattern : JavaClasses.WriteOut(pattern);
        return IsPattern(pattern, options) && IsPattern(written, options) ? new FilterPattern(written, options) : null;
    }

    /// <summary>Whether the whole text matches.</summary>
    public bool Matches(string text, PathWalk walk)
    {
        var work = Math.Min((text.Length + 1L) * _visitsPerCharacter, PathWalk.MaxVisits + 1L);
        return walk.Spend((int)work) && walk.Automaton(this) is { } automaton && automaton.IsMatch(text);
    }

    /// <summary>The automaton, or null with the walk exhausted when it is too large or too many were needed.</summary>
    public Regex? Compile(PathWalk walk)
    {
        if (!walk.Spend(VisitsToCompile))
            return null;
        if (_automaton.TryGetTarget(out var automaton))
            return automaton;

        // Only a pattern that stands for itself may be put in parentheses. The line break ends a comment with which an 'x' pattern may close.
        var ending = _options.HasFlag(RegexOptions.IgnorePatternWhitespace) ? "\n)\\z" : ")\\z";
        try
        {
            automaton = new Regex($"\\A(?:{_pattern}{ending}", _options | RegexOptions.NonBacktracking, Regex.InfiniteMatchTimeout);
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            // The only way in which Regex tells that an automaton would be too large, or that the pattern's end does not stand for itself.
            walk.Spend(int.MaxValue);
            return null;
        }

        _automaton.SetTarget(automaton);
        return automaton;
    }

    private static bool IsPattern(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, Regex.InfiniteMatchTimeout) is not null;
        }
        catch (ArgumentException)
        {
            // The only way in which Regex tells that a text is no pattern.
            return false;
        }
    }

    /// <summary>Whether a pattern looks around, is atomic, refers to a group or depends on one.</summary>
    private static bool NeedsBacktracking(ReadOnlySpan<char> pattern)
    {
        var inClass = false;
        for (var at = 0; at < pattern.Length; at++)
        {
            var rest = pattern[(at + 1)..];
            if (pattern[at] == '\\')
            {
                if (!inClass && !rest.IsEmpty && rest[0] is (>= '1' and <= '9') or 'k' or 'G')
                    return true;
                at++;
            }
            else if (pattern[at] == '[')
            {
                inClass = true;
            }
            else if (pattern[at] == ']')
            {
                inClass = false;
            }
            else if (!inClass && pattern[at] == '(' && IsSpecialGroup(rest))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSpecialGroup(ReadOnlySpan<char> rest) => rest is ['?', '=' or '!' or '>' or '(', ..] or ['?', '<', '=' or '!', ..];
}
