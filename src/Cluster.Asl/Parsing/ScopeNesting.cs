namespace Cluster.Asl.Parsing;

/// <summary>Where a scope stands in its machine, and what all scopes of the machine share: each name is taken once (A3).</summary>
internal sealed class ScopeNesting
{
    /// <summary>The deepest nesting of Parallel branches and Map processors. Deeper ones are refused, so that walkers may recurse.</summary>
    public const int MaxDepth = 64;

    private readonly HashSet<string> _names;
    private readonly int _depth;

    private ScopeNesting(HashSet<string> names, int depth)
    {
        _names = names;
        _depth = depth;
    }

    /// <summary>Whether this is the machine's own scope.</summary>
    public bool IsMachine => _depth == 0;

    /// <summary>Whether the scope is nested deeper than scopes may be.</summary>
    public bool IsTooDeep => _depth > MaxDepth;

    /// <summary>The machine's own scope.</summary>
    public static ScopeNesting OfMachine() => new(new HashSet<string>(StringComparer.Ordinal), depth: 0);

    /// <summary>The scope of a branch or of an item processor inside this one.</summary>
    public ScopeNesting Inner() => new(_names, _depth + 1);

    /// <summary>Takes a state's name; false when a state of any scope has it.</summary>
    public bool Take(string name) => _names.Add(name);
}
