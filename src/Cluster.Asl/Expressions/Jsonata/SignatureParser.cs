using System.Collections.Immutable;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Reads signatures: a letter for each parameter, what modifies it behind it, and behind a colon the result, which nobody checks.</summary>
internal static class SignatureParser
{
    public static ImmutableArray<Signature.Parameter> Parse(string text, int? position)
    {
        var parameters = ImmutableArray.CreateBuilder<Signature.Parameter>();
        for (var at = 1; at < text.Length && text[at] != ':'; at++)
        {
            switch (text[at])
            {
                case '-':
                    Change(parameters, p => p with { TakesContext = true, MayMiss = true });
                    break;
                case '?':
                    Change(parameters, p => p with { MayMiss = true });
                    break;
                case '+':
                    Change(parameters, p => p with { Repeats = true });
                    break;
                case '(':
                    var close = Closing(text, at, '(', ')');
                    parameters.Add(Choice(text.AsSpan(at + 1, close - at - 1), position + at));
                    at = close;
                    break;
                case '<':
                    var end = Closing(text, at, '<', '>');
                    if (parameters.Count == 0 || !(parameters[^1].IsArray || parameters[^1].Types == SignatureTypes.Function))
                        throw JsonataErrors.Of("S0401", position + at);
                    if (parameters[^1].IsArray && end > at + 1)
                    {
                        var element = text[at + 1];
                        Change(parameters, p => p with { Element = element });
                    }

                    at = end;
                    break;
                case 'a':
                    parameters.Add(new Signature.Parameter(SignatureTypes.Any, IsArray: true));
                    break;
                case 'f':
                    // A function is never left out silently.
                    parameters.Add(new Signature.Parameter(SignatureTypes.Function));
                    break;
                default:
                    if (TypeOf(text[at]) is not SignatureTypes.None and var type)
                        parameters.Add(new Signature.Parameter(type | SignatureTypes.Missing));
                    break;
            }
        }

        return parameters.ToImmutable();
    }

    /// <summary>The type that a letter stands for.</summary>
    public static SignatureTypes TypeOf(char letter) => letter switch
    {
        's' => SignatureTypes.String,
        'n' => SignatureTypes.Number,
        'b' => SignatureTypes.Boolean,
        'l' => SignatureTypes.Null,
        'o' => SignatureTypes.Object,
        'a' => SignatureTypes.Array,
        'f' => SignatureTypes.Function,
        'j' => SignatureTypes.Json,
        'x' => SignatureTypes.Any,
        _ => SignatureTypes.None,
    };

    /// <summary>How an error names the elements of an array.</summary>
    public static string NameOf(char letter) => letter switch
    {
        's' => "strings",
        'n' => "numbers",
        'b' => "booleans",
        'o' => "objects",
        'f' => "functions",
        _ => "arrays",
    };

    private static void Change(ImmutableArray<Signature.Parameter>.Builder parameters, Func<Signature.Parameter, Signature.Parameter> change)
    {
        if (parameters.Count > 0)
            parameters[^1] = change(parameters[^1]);
    }

    private static Signature.Parameter Choice(ReadOnlySpan<char> letters, int? position)
    {
        if (letters.Contains('<'))
            throw JsonataErrors.Of("S0402", position);
        var types = SignatureTypes.Missing;
        foreach (var letter in letters)
            types |= TypeOf(letter);
        return new Signature.Parameter(types);
    }

    private static int Closing(string text, int at, char open, char close)
    {
        var depth = 0;
        for (; at < text.Length; at++)
        {
            depth += text[at] == open ? 1 : text[at] == close ? -1 : 0;
            if (depth == 0)
                return at;
        }

        return text.Length - 1;
    }
}
