using System.Globalization;
using System.Text;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>An expression by chance: grown by the grammar, then, mostly, damaged.</summary>
internal sealed class RandomExpression(Random random)
{
    private const int MostParts = 60;

    private static readonly string[] Names = ["a", "b", "list", "items", "name", "n", "when", "`odd name`", "*", "**", "%", "$", "$$", "nothing"];
    private static readonly string[] Variables = ["$x", "$y", "$f", "$i", "$states.input.a", "$v"];
    private static readonly string[] Operators =
        ["+", "-", "*", "/", "%", "&", "=", "!=", "<", ">", "<=", ">=", " and ", " or ", " in ", "..", "~>", "??", "?:", ".", ":="];

    private static readonly string[] Functions =
    [
        "abs", "append", "assert", "average", "base64decode", "base64encode", "boolean", "ceil", "clone", "contains", "count", "decodeUrl",
        "decodeUrlComponent", "distinct", "each", "encodeUrl", "encodeUrlComponent", "error", "eval", "exists", "filter", "floor", "formatBase",
        "formatInteger", "formatNumber", "fromMillis", "hash", "join", "keys", "length", "lookup", "lowercase", "map", "match", "max", "merge",
        "millis", "min", "not", "now", "number", "pad", "parse", "parseInteger", "partition", "power", "random", "range", "reduce", "replace",
        "reverse", "round", "shuffle", "sift", "single", "sort", "split", "spread", "sqrt", "string", "substring", "substringAfter",
        "substringBefore", "sum", "toMillis", "trim", "type", "uppercase", "uuid", "zip",
    ];

    private static readonly string[] Literals =
    [
        "0", "1", "-1", "2", "3.5", "1e3", "1e308", "9007199254740993", "0.1", "true", "false", "null", "\"\"", "\"abc\"", "'a b,c'", "\"\\u00e9\\ud83d\\ude00\"",
        "\"#,##0.00\"", "\"[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01][Z]\"", "\"2024-02-29T23:59:59.999Z\"", "\"[D1o] [MNn] [Y]\"", "\"Ww;o\"", "\"i\"", "\"0\"", "\"{\\\"a\\\":[1]}\"",
        "\"YWJj\"", "\"%E0%A4%A\"", "\"SHA-256\"", "/a+/", "/(a)|b/i", "/^\\w*$/m", "/[^]/", "/(?=a)b*/", "1700000000000", "\"\\ud800\"",
    ];

    private static readonly char[] Noise = [.. "()[]{}.,;:?!=<>+-*/%&|^@#$~\"'`\\ \n\ta1_λé\u0000\ud83d"];

    private int _parts;

    /// <summary>An expression; about a third are good, the others have flaws.</summary>
    public string Text()
    {
        _parts = 0;
        var text = Expression(6);
        return random.Next(3) switch
        {
            0 => text,
            1 => Flawed(text),
            _ => Spliced(text, Expression(4)),
        };
    }

    private string Expression(int depth)
    {
        if (depth <= 0 || ++_parts > MostParts)
            return Leaf();
        return random.Next(24) switch
        {
            < 5 => Leaf(),
            5 or 6 or 7 => Expression(depth - 1) + Pick(Operators) + Expression(depth - 1),
            8 or 9 => $"{Expression(depth - 1)}.{Expression(depth - 1)}",
            10 => $"{Expression(depth - 1)}[{Expression(depth - 1)}]",
            11 => $"{Expression(depth - 1)}{{{Expression(depth - 1)}:{Expression(depth - 1)}}}",
            12 => $"{Expression(depth - 1)}^({Pick("<", ">", "")}{Expression(depth - 1)},{Expression(depth - 1)})",
            13 => $"[{Many(depth, ",")}]",
            14 => $"{{{Expression(depth - 1)}:{Expression(depth - 1)},\"k\":{Expression(depth - 1)}}}",
            15 => $"({Many(depth, ";")})",
            16 or 17 or 18 => $"${Pick(Functions)}({Many(depth, ",")})",
            19 => $"{Pick("function", "λ")}({Pick("", "$x", "$x,$y", "$x,$y,$i")}){Pick("", "", "<s-:s>", "<an:a>", "<x?f:o>", "<(sn)b?>")}{{{Expression(depth - 1)}}}",
            20 => $"({Pick("$x", "$f", "$v")}:={Expression(depth - 1)};{Expression(depth - 1)})",
            21 => $"{Expression(depth - 1)}?{Expression(depth - 1)}:{Expression(depth - 1)}",
            22 => $"{Pick("$f", "$x", "$")}({Pick("?", Expression(depth - 1))},{Expression(depth - 1)})",
            _ => random.Next(4) switch
            {
                0 => $"{Pick(Names)}{Pick("@$x", "#$i")}.{Expression(depth - 1)}",
                1 => $"{Expression(depth - 1)}~>|{Expression(depth - 1)}|{Expression(depth - 1)}{Pick("", ",\"a\"", ",[\"a\",\"b\"]")}|",
                2 => $"-({Expression(depth - 1)})",
                _ => $"{Expression(depth - 1)}[]",
            },
        };
    }

    private string Many(int depth, string separator) =>
        string.Join(separator, Enumerable.Range(0, random.Next(4)).Select(_ => Expression(depth - 1)));

    private string Leaf() => random.Next(4) switch
    {
        0 => Pick(Variables),
        1 => Pick(Literals),
        2 => $"${Pick(Functions)}",
        _ => Pick(Names),
    };

    private string Flawed(string text)
    {
        var flawed = new StringBuilder(text);
        for (var flaws = random.Next(1, 4); flaws > 0 && flawed.Length > 0; flaws--)
        {
            var at = random.Next(flawed.Length);
            switch (random.Next(4))
            {
                case 0:
                    flawed.Remove(at, random.Next(1, Math.Min(4, flawed.Length - at) + 1));
                    break;
                case 1:
                    flawed.Insert(at, Noise[random.Next(Noise.Length)]);
                    break;
                case 2:
                    flawed[at] = Noise[random.Next(Noise.Length)];
                    break;
                default:
                    flawed.Insert(at, flawed.ToString(at, random.Next(1, Math.Min(8, flawed.Length - at) + 1)));
                    break;
            }
        }

        return flawed.ToString();
    }

    private string Spliced(string text, string other) =>
        string.Create(CultureInfo.InvariantCulture, $"{text[..random.Next(text.Length + 1)]}{Pick("", " ", ".", "(", ")", "[", "~>")}{other[random.Next(other.Length)..]}");

    private string Pick(params string[] options) => options[random.Next(options.Length)];
}
