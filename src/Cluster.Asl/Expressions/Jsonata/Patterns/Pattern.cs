namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>
/// A regular expression of JavaScript, carried out by an engine of our own (docs/decisions/0012). Immutable: any number of threads may
/// search with it.
/// </summary>
internal sealed class Pattern
{
    private readonly bool _ignoresCase;
    private readonly bool _isAnchored;
    private readonly string _prefix;
    private readonly CharClass? _beginning;

    private Pattern(string source, ParsedPattern parsed, bool ignoresCase)
    {
        (Source, Captures, _ignoresCase) = (source, parsed.Captures, ignoresCase);
        var root = parsed.Root!;
        Program = PatternCompiler.Compile(root, parsed.Captures);
        _isAnchored = PatternAnalysis.IsAnchored(root);
        _prefix = PatternAnalysis.Prefix(root);
        _beginning = PatternAnalysis.IsNullable(root) || PatternAnalysis.Beginning(root) is not { } beginning ? null : new CharClass(beginning);
    }

    /// <summary>What stands between the slashes.</summary>
    public string Source { get; }

    /// <summary>How many captures it has.</summary>
    public int Captures { get; }

    /// <summary>The instructions.</summary>
    public PatternProgram Program { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="source">What stands between the slashes.</param>
    /// <param name="flags">Any of <c>i</c> (letters of either case) and <c>m</c> (anchors hold at each line).</param>
    /// <param name="fault">Why it cannot be read.</param>
    /// <returns>The pattern, or null when it cannot be read.</returns>
    public static Pattern? TryParse(string source, string flags, out PatternFault fault)
    {
        var ignoresCase = flags.Contains('i', StringComparison.Ordinal);
        var parsed = PatternParser.Parse(source, ignoresCase, flags.Contains('m', StringComparison.Ordinal));
        fault = parsed.Fault;
        return parsed.Root is null ? null : new Pattern(source, parsed, ignoresCase);
    }

    /// <summary>The first place at or behind an index at which a match may begin, or -1.</summary>
    public int NextStart(string text, int from)
    {
        if (_isAnchored)
            return from == 0 ? 0 : -1;
        if (_prefix.Length > 1)
            return text.IndexOf(_prefix, from, StringComparison.Ordinal);
        return _beginning is null ? from : _beginning.Find(text, from);
    }

    /// <summary>Whether two characters are the same to this pattern.</summary>
    public bool IsSame(char left, char right) => left == right || (_ignoresCase && CaseFolding.Canonical(left) == CaseFolding.Canonical(right));
}
