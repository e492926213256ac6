namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>Why a regular expression cannot be read.</summary>
internal enum PatternFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It is longer than <see cref="PatternLimits.MaxLength"/>.</summary>
    TooLong,

    /// <summary>Its groups nest deeper than <see cref="PatternLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>A group has no end, or an end has no group.</summary>
    UnbalancedGroup,

    /// <summary>A bracketed class has no end.</summary>
    UnendedClass,

    /// <summary>A range begins behind its end.</summary>
    RangeOutOfOrder,

    /// <summary>A quantifier stands where nothing can be repeated.</summary>
    NothingToRepeat,

    /// <summary>A quantifier's least is above its most.</summary>
    CountsOutOfOrder,

    /// <summary>What follows <c>(?</c> is no kind of group.</summary>
    UnknownGroup,

    /// <summary>The name of a group is none, or there twice.</summary>
    BadName,

    /// <summary>A reference to a name that no group has.</summary>
    UnknownName,

    /// <summary>It ends with a backslash.</summary>
    LoneBackslash,
}

/// <summary>The words for what is wrong with a pattern.</summary>
internal static class PatternFaults
{
    /// <summary>The reason as an end of a sentence.</summary>
    public static string Sentence(this PatternFault fault) => fault switch
    {
        PatternFault.TooLong => $"it is longer than {PatternLimits.MaxLength} characters",
        PatternFault.TooDeep => "its groups nest too deep",
        PatternFault.UnbalancedGroup => "Unterminated group",
        PatternFault.UnendedClass => "Unterminated character class",
        PatternFault.RangeOutOfOrder => "Range out of order in character class",
        PatternFault.NothingToRepeat => "Nothing to repeat",
        PatternFault.CountsOutOfOrder => "numbers out of order in {} quantifier",
        PatternFault.UnknownGroup => "Invalid group",
        PatternFault.BadName => "Invalid capture group name",
        PatternFault.UnknownName => "Invalid named reference",
        PatternFault.LoneBackslash => "\\ at end of pattern",
        _ => throw new InvalidOperationException($"{fault} is no fault."),
    };
}
