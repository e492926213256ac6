using System.IO.Enumeration;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>The name of a registry entry: a bare name or an ARN without qualifier, in which <c>*</c> stands for any characters.</summary>
/// <param name="Text">The pattern.</param>
internal sealed record FunctionPattern(string Text)
{
    private readonly bool _isArn = Text.StartsWith("arn:", StringComparison.Ordinal);
    private readonly bool _isExact = !Text.Contains('*', StringComparison.Ordinal);
    private readonly int _literals = Text.Length - Text.Count(c => c == '*');

    /// <summary>Whether the function is one of the entry's.</summary>
    public bool Matches(FunctionName function) =>
        FileSystemName.MatchesSimpleExpression(Escaped(Text), _isArn ? function.Unqualified : function.Name, ignoreCase: false);

    /// <summary>More specific patterns come first: an exact one before wildcards, then the one that spells out more, then by text.</summary>
    public static int Compare(FunctionPattern a, FunctionPattern b)
    {
        var order = b._isExact.CompareTo(a._isExact);
        if (order == 0)
            order = b._literals.CompareTo(a._literals);
        return order == 0 ? string.CompareOrdinal(a.Text, b.Text) : order;
    }

    /// <summary>A question mark is no wildcard here.</summary>
    private static string Escaped(string text) => text.Replace("?", "\\?", StringComparison.Ordinal);
}
