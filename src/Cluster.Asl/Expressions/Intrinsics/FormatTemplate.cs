using System.Collections.Immutable;
using System.Text;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>The template of <c>States.Format</c>: texts with a place for an argument between each two.</summary>
/// <param name="Texts">The texts, one more than there are places; escapes resolved.</param>
/// <param name="Fault">Why the text is no template; then there are no texts.</param>
internal sealed record FormatTemplate(ImmutableArray<string> Texts, string? Fault)
{
    /// <summary>Reads a template. A brace that belongs to no <c>{}</c> is escaped with a backslash; a closing one alone stands for itself.</summary>
    /// <param name="source">The text, escapes as written. A backslash before any other character stands for itself.</param>
    public static FormatTemplate Of(string source)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var text = new StringBuilder();
        for (var i = 0; i < source.Length; i++)
        {
            var next = i + 1 < source.Length ? source[i + 1] : '\0';
            switch (source[i])
            {
                case '\\' when next is '\'' or '{' or '}' or '\\':
                    text.Append(next);
                    i++;
                    break;
                case '{' when next == '}':
                    texts.Add(text.ToString());
                    text.Clear();
                    i++;
                    break;
                case '{':
                    return new FormatTemplate([], "matching '}' not found for '{'");
                default:
                    text.Append(source[i]);
                    break;
            }
        }

        texts.Add(text.ToString());
        return new FormatTemplate(texts.ToImmutable(), Fault: null);
    }
}
