namespace Cluster.Node.Tasks.Lambda;

/// <summary>
/// A function as a definition names it: <c>name</c>, <c>name:qualifier</c>, <c>account:function:name[:qualifier]</c>, or a whole ARN.
/// </summary>
/// <param name="Text">As it was written.</param>
/// <param name="Name">The bare name.</param>
/// <param name="Qualifier">The version or alias in the text, or null.</param>
internal sealed record FunctionName(string Text, string Name, string? Qualifier)
{
    private const string ArnService = "lambda";
    private const string FunctionPart = "function";

    /// <summary>How many parts stand before the name in <c>arn:partition:lambda:region:account:function:name</c>.</summary>
    private const int ArnParts = 6;

    /// <summary>How many parts stand before the name in <c>account:function:name</c>.</summary>
    private const int PartialArnParts = 2;

    /// <summary>The longest text taken; Lambda takes 170 characters.</summary>
    private const int MaxLength = 256;

    /// <summary>The text without its qualifier.</summary>
    public string Unqualified => Qualifier is null ? Text : Text[..^(Qualifier.Length + 1)];

    /// <summary>Reads any of the forms; null when the text is none of them.</summary>
    public static FunctionName? Parse(string text)
    {
        if (text.Length > MaxLength)
            return null;
        var parts = text.Split(':');
        var at = PartsBeforeName(parts);
        if (at < 0 || parts.Length <= at || parts.Length > at + 2)
            return null;
        var qualifier = parts.Length == at + 2 ? parts[at + 1] : null;
        return Array.TrueForAll(parts[at..], IsWord) ? new FunctionName(text, parts[at], qualifier) : null;
    }

    /// <summary>Reads the Resource of a Task; null when it is not a function ARN.</summary>
    public static FunctionName? ParseArn(string text) =>
        text.StartsWith("arn:", StringComparison.Ordinal) ? Parse(text) : null;

    private static int PartsBeforeName(string[] parts)
    {
        if (parts[0] is "arn")
        {
            var isFunction = parts.Length > ArnParts
                && string.Equals(parts[2], ArnService, StringComparison.Ordinal)
                && string.Equals(parts[ArnParts - 1], FunctionPart, StringComparison.Ordinal);
            return isFunction ? ArnParts : -1;
        }

        return parts.Length > PartialArnParts && string.Equals(parts[PartialArnParts - 1], FunctionPart, StringComparison.Ordinal)
            ? PartialArnParts
            : 0;
    }

    /// <summary>The characters of names and qualifiers; none of them means anything in a path, and dots alone are no name.</summary>
    private static bool IsWord(string part)
    {
        var dots = 0;
        foreach (var c in part)
        {
            if (c is '.')
                dots++;
            else if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '$'))
                return false;
        }

        return dots < part.Length;
    }
}
