using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>What can be told of a pattern without a text.</summary>
internal static class PatternAnalysis
{
    /// <summary>Whether it can match nothing.</summary>
    public static bool IsNullable(PatternNode node) => node switch
    {
        PatternNode.One => false,
        PatternNode.Sequence sequence => sequence.Parts.All(IsNullable),
        PatternNode.Choice choice => choice.Options.Any(IsNullable),
        PatternNode.Capture capture => IsNullable(capture.Body),
        PatternNode.Repeat repeat => repeat.Least == 0 || IsNullable(repeat.Body),
        _ => true,
    };

    /// <summary>The lowest and the highest number of the captures inside, which have all numbers between; the lowest is above when there are none.</summary>
    public static (int First, int Last) Captures(PatternNode node) => node switch
    {
        PatternNode.Sequence sequence => Captures(sequence.Parts),
        PatternNode.Choice choice => Captures(choice.Options),
        PatternNode.Capture capture => (capture.Number, Math.Max(capture.Number, Captures(capture.Body).Last)),
        PatternNode.Repeat repeat => Captures(repeat.Body),
        PatternNode.Look look => Captures(look.Body),
        _ => (int.MaxValue, 0),
    };

    /// <summary>Whether every match begins at the start of the text.</summary>
    public static bool IsAnchored(PatternNode node) => node switch
    {
        PatternNode.Anchor { Kind: AnchorKind.TextStart } => true,
        PatternNode.Sequence { Parts: [var first, ..] } => IsAnchored(first),
        PatternNode.Choice choice => choice.Options.All(IsAnchored),
        PatternNode.Capture capture => IsAnchored(capture.Body),
        _ => false,
    };

    /// <summary>The characters that a match can begin with, or null when it can begin without one.</summary>
    public static CharSet? Beginning(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.One one:
                return one.Set;
            case PatternNode.Capture capture:
                return Beginning(capture.Body);
            case PatternNode.Repeat { Least: > 0 } repeat:
                return Beginning(repeat.Body);
            case PatternNode.Choice choice:
                return Beginnings(choice.Options);
            case PatternNode.Sequence sequence:
                for (var i = 0; i < sequence.Parts.Length; i++)
                {
                    if (!IsNullable(sequence.Parts[i]))
                        return Beginnings(sequence.Parts[..(i + 1)]);
                }

                return null;
            case PatternNode.Repeat repeat:
                return Beginning(repeat.Body);
            case PatternNode.Anchor or PatternNode.Look:
                return CharSet.Empty;
            default:
                return null;
        }
    }

    /// <summary>The characters that every match begins with, one after the other.</summary>
    public static string Prefix(PatternNode node)
    {
        var prefix = new StringBuilder();
        foreach (var part in node is PatternNode.Sequence sequence ? sequence.Parts : [node])
        {
            if (part is not PatternNode.One { Set.Single: { } only })
                break;
            prefix.Append(only);
        }

        return prefix.ToString();
    }

    private static (int First, int Last) Captures(IEnumerable<PatternNode> nodes)
    {
        var (first, last) = (int.MaxValue, 0);
        foreach (var node in nodes)
        {
            var (lower, higher) = Captures(node);
            (first, last) = (Math.Min(first, lower), Math.Max(last, higher));
        }

        return (first, last);
    }

    private static CharSet? Beginnings(IEnumerable<PatternNode> nodes)
    {
        var ranges = new List<CharRange>();
        foreach (var node in nodes)
        {
            if (Beginning(node) is not { } set)
                return null;
            ranges.AddRange(set.Ranges);
        }

        return CharSet.Of(ranges);
    }
}
