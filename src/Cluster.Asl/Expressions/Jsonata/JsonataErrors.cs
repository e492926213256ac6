using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Makes errors by their codes, with the sentences of the reference implementation.</summary>
internal static class JsonataErrors
{
    /// <summary>The longest value that a sentence shows, in characters.</summary>
    private const int MaxQuoted = 1024;

    private static readonly FrozenDictionary<string, string> Sentences = JsonataSentences.All.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>An error, to be thrown.</summary>
    /// <param name="code">The reference's code.</param>
    /// <param name="position">Where, if the place that throws knows it; a function does not, the call of it does.</param>
    /// <param name="token">The operator, symbol or function; a built-in function may leave it to the call of it.</param>
    /// <param name="value">The value that the sentence shows as <c>value</c>.</param>
    /// <param name="value2">The value that the sentence shows as <c>value2</c>, <c>exp</c> or <c>type</c>.</param>
    /// <param name="index">The number of the argument, from 1.</param>
    /// <param name="message">The whole sentence, for the codes that have none of their own.</param>
    public static JsonataException Of(
        string code,
        int? position = null,
        string? token = null,
        JsonValue? value = null,
        JsonValue? value2 = null,
        int? index = null,
        string? message = null)
    {
        if (message is not null)
            return new JsonataException(new JsonataError(code, message, position, token, value));
        var sentence = Sentences[code];
        var error = new JsonataError(code, Fill(sentence, token, value, value2, index), position, token, value);
        return new JsonataException(error, token is null ? known => Fill(sentence, known, value, value2, index) : null);
    }

    /// <summary>The same with a text as the value.</summary>
    public static JsonataException OfText(string code, string value, int? position = null, string? token = null, int? index = null) =>
        Of(code, position, token, new JsonString(value), index: index);

    /// <summary>An exceeded limit: the sentence is AWS's and has no code of the language before it, unless the reference has one.</summary>
    public static JsonataException Limit(string sentence, string? code = null) => new(new JsonataError(code, sentence));

    private static string Fill(string sentence, string? token, JsonValue? value, JsonValue? value2, int? index)
    {
        if (!sentence.Contains('{', StringComparison.Ordinal))
            return sentence;
        var text = new StringBuilder();
        for (var at = 0; at < sentence.Length; at++)
        {
            var end = sentence[at] == '{' ? sentence.IndexOf('}', at) : -1;
            if (end < 0)
            {
                text.Append(sentence[at]);
                continue;
            }

            text.Append(sentence[(at + 1)..end] switch
            {
                "token" => Shown(token is null ? null : new JsonString(token)),
                "token!" => token,
                "value" => Shown(value),
                "value!" => value is JsonString raw ? raw.Value : Shown(value),
                "value2" => Shown(value2),
                "value2!" => value2 is JsonString raw ? raw.Value : Shown(value2),
                "index" => index?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                var other => throw new InvalidOperationException($"No sentence shows {other}."),
            });
            at = end;
        }

        return text.ToString();
    }

    private static string Shown(JsonValue? value)
    {
        if (value is null)
            return "undefined";
        var shown = new StringBuilder();
        Show(shown, value);
        return shown.Length <= MaxQuoted ? shown.ToString() : shown.ToString(0, MaxQuoted);
    }

    /// <summary>Writes a value as JSON until it is long enough; what JSON does not have is null, as JavaScript writes it.</summary>
    private static void Show(StringBuilder shown, JsonValue value)
    {
        if (shown.Length > MaxQuoted)
            return;
        switch (value)
        {
            case JsonArray array:
                Show(shown, '[', array.Items, ']', static (text, item) => Show(text, item));
                break;
            case JsonObject o:
                Show(shown, '{', o.Properties, '}', static (text, member) =>
                {
                    text.Append(JsonWriter.Beginning(new JsonString(member.Key), MaxQuoted)).Append(':');
                    Show(text, member.Value);
                });
                break;
            case JsonataFunction:
                shown.Append("null");
                break;
            case JsonNumber number:
                shown.Append(number.IsJson ? number.Text : "null");
                break;
            default:
                shown.Append(JsonWriter.Beginning(value, MaxQuoted));
                break;
        }
    }

    private static void Show<T>(StringBuilder shown, char open, ImmutableArray<T> parts, char close, Action<StringBuilder, T> show)
    {
        shown.Append(open);
        for (var i = 0; i < parts.Length && shown.Length <= MaxQuoted; i++)
        {
            if (i > 0)
                shown.Append(',');
            show(shown, parts[i]);
        }

        shown.Append(close);
    }
}
