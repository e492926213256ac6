using System.Text;
using System.Text.RegularExpressions;

namespace Cluster.Node.Tests.Architecture;

/// <summary>One C# file: its path from the root of the repository and its text.</summary>
internal sealed partial class SourceFile(string path, string text)
{
    private readonly Lazy<(string Code, IReadOnlyList<string> Literals)> _parts = new(() => Split(text));

    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>The text without comments and with empty string literals.</summary>
    public string Code => _parts.Value.Code;

    /// <summary>The contents of the string literals, holes of interpolated ones included.</summary>
    public IReadOnlyList<string> Literals => _parts.Value.Literals;

    public int Lines => Text.Count(c => c == '\n');

    public string? Namespace => NamespacePattern().Match(Code) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The types that the file declares outside of other types.</summary>
    public IReadOnlyList<DeclaredType> Types
    {
        get
        {
            var matches = TypePattern().Matches(Code).Where(match => Depth(match.Index) == 0).ToList();
            return [.. matches.Select((match, i) => new DeclaredType(
                match.Groups["name"].Value,
                match.Value.Contains("public", StringComparison.Ordinal),
                match.Value.Contains("record", StringComparison.Ordinal),
                Code[match.Index..(i + 1 < matches.Count ? matches[i + 1].Index : Code.Length)]))];
        }
    }

    /// <summary>The names of all types declared in the file, nested ones included.</summary>
    public IEnumerable<string> TypeNames => TypePattern().Matches(Code).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(
        @"(?:^|[{};])[ \t]*(?:(?:public|internal|private|protected|file|static|sealed|abstract|partial|readonly|ref|unsafe|new)\s+)*(?:record\s+struct|record\s+class|record|class|struct|interface|enum|delegate\s+[\w<>\[\]?,. ]+?)\s+(?<name>[A-Z]\w*)\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TypePattern();

    private int Depth(int index)
    {
        var depth = 0;
        for (var i = 0; i < index; i++)
            depth += Code[i] switch { '{' => 1, '}' => -1, _ => 0 };
        return depth;
    }

    private static (string Code, IReadOnlyList<string> Literals) Split(string text)
    {
        var code = new StringBuilder(text.Length);
        var literals = new List<string>();
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c == '/' && next == '/')
            {
                i = IndexOrEnd(text, "\n", i);
            }
            else if (c == '/' && next == '*')
            {
                i = Math.Min(text.Length, IndexOrEnd(text, "*/", i + 2) + 2);
            }
            else if (c == '\'')
            {
                var end = i + 1;
                while (end < text.Length && text[end] != '\'')
                    end += text[end] == '\\' ? 2 : 1;
                literals.Add(text[(i + 1)..Math.Min(end, text.Length)]);
                code.Append("' '");
                i = end + 1;
            }
            else if (c == '"')
            {
                i = Literal(text, i, code, literals);
            }
            else
            {
                code.Append(c);
                i++;
            }
        }

        return (code.ToString(), literals);
    }

    private static int Literal(string text, int start, StringBuilder code, List<string> literals)
    {
        var quotes = 0;
        while (start + quotes < text.Length && text[start + quotes] == '"')
            quotes++;
        int from, end, after;
        if (quotes >= 3)
        {
            from = start + quotes;
            end = IndexOrEnd(text, new string('"', quotes), from);
            after = end + quotes;
        }
        else if (quotes == 2)
        {
            from = end = start + 1;
            after = start + 2;
        }
        else
        {
            var verbatim = start > 0 && (text[start - 1] == '@' || (text[start - 1] == '$' && start > 1 && text[start - 2] == '@'));
            from = start + 1;
            end = from;
            while (end < text.Length && (text[end] != '"' || (verbatim && end + 1 < text.Length && text[end + 1] == '"')))
                end += (!verbatim && text[end] == '\\') || (verbatim && text[end] == '"') ? 2 : 1;
            after = end + 1;
        }

        literals.Add(text[from..Math.Min(end, text.Length)]);
        code.Append("\"\"");
        return Math.Min(after, text.Length);
    }

    private static int IndexOrEnd(string text, string what, int from) =>
        text.IndexOf(what, Math.Min(from, text.Length), StringComparison.Ordinal) is var at and >= 0 ? at : text.Length;
}

/// <summary>A type as its file declares it.</summary>
/// <param name="Name">Its name without type parameters.</param>
/// <param name="Public">Whether other projects see it.</param>
/// <param name="Record">Whether it is a record.</param>
/// <param name="Body">Its code, up to the next type of the file.</param>
internal sealed record DeclaredType(string Name, bool Public, bool Record, string Body);
