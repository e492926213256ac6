using System.Text;
using Cluster.Asl.Expressions.Jsonata.Patterns;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>The functions that look for a text or a pattern in a string.</summary>
internal static class PatternFunctions
{
    public static readonly BuiltInFunction[] All =
    [
        new("match", "<s-f<s:o>n?:a<o>>", Match),
        new("contains", "<s-(sf):b>", Contains),
        new("split", "<s-(sf)n?:a<s>>", Split),
        new("replace", "<s-(sf)(sf)n?:s>", Replace),
    ];

    private static JsonValue? Match(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments is not [JsonString text, JsonataFunction pattern, ..])
            return null;
        var limit = Limit(arguments[2], "D3040", index: 3);
        var found = new List<JsonValue>();
        var matches = MatchWalk.Of(evaluation, "match", pattern, text);
        while (found.Count < limit && matches.MoveNext())
        {
            var properties = new List<KeyValuePair<string, JsonValue>>(3);
            if (matches.Match is { } match)
                properties.Add(new("match", match));
            properties.Add(new("index", JsonNumber.Of(matches.Start)));
            if (matches.Groups is { } groups)
                properties.Add(new("groups", groups));
            evaluation.CheckItems(found.Count + 1L);
            found.Add(Sequences.Object(properties.ToArray()));
        }

        return Sequences.Sequence(evaluation, found.ToArray());
    }

    private static JsonValue? Contains(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments) => arguments switch
    {
        [JsonString text, JsonString part, ..] =>
            JsonBoolean.Of(new TextSearch(evaluation, part.Value).Find(evaluation, text.Value, 0) >= 0),
        [JsonString text, JsonataFunction pattern, ..] => JsonBoolean.Of(MatchWalk.Of(evaluation, "contains", pattern, text).MoveNext()),
        _ => null,
    };

    private static JsonValue? Split(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        var limit = Limit(arguments[2], "D3020", index: 3);
        var parts = new List<JsonValue>();
        switch (arguments[1])
        {
            case JsonString separator:
                // JavaScript's split takes whole numbers.
                SplitAt(evaluation, text.Value, separator.Value, Math.Floor(limit), parts);
                break;
            case JsonataFunction pattern:
                SplitAt(evaluation, text, pattern, limit, parts);
                break;
            default:
                throw JsonataErrors.Of("T0410", token: "split", index: 2);
        }

        return Sequences.Array(evaluation, parts.ToArray());
    }

    private static void SplitAt(Evaluation evaluation, string text, string separator, double limit, List<JsonValue> parts)
    {
        var search = new TextSearch(evaluation, separator);
        var at = 0;
        while (parts.Count < limit)
        {
            // Between units when there is no separator: nothing of an empty text.
            if (separator.Length == 0 && at == text.Length)
                return;
            var end = separator.Length == 0 ? at + 1 : search.Find(evaluation, text, at);
            Add(evaluation, parts, end < 0 ? text[at..] : text[at..end]);
            if (end < 0)
                return;
            at = end + separator.Length;
        }
    }

    private static void SplitAt(
        Evaluation evaluation, JsonString text, JsonataFunction pattern, double limit, List<JsonValue> parts)
    {
        var matches = MatchWalk.Of(evaluation, "split", pattern, text);
        var at = 0;
        while (parts.Count < limit && matches.MoveNext())
        {
            Add(evaluation, parts, Between(text.Value, at, matches.Start));
            at = matches.End;
        }

        if (parts.Count < limit)
            Add(evaluation, parts, text.Value[at..]);
    }

    private static JsonValue? Replace(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        if (arguments[1] is JsonString { Value: "" } empty)
            throw JsonataErrors.Of("D3010", value: empty, index: 2);
        var limit = Limit(arguments[3], "D3011", index: 4);
        return (arguments[1], arguments[2]) switch
        {
            (JsonString part, JsonString replacement) => ReplaceText(evaluation, text.Value, part.Value, replacement.Value, limit),
            (JsonataFunction pattern, { } replacement) => ReplaceMatches(evaluation, text, pattern, replacement, limit),
            (JsonString, { } replacement) => throw JsonataErrors.Of("D3012", value: replacement),
            (null, _) => throw JsonataErrors.Of("T0410", token: "replace", index: 2),
            _ => throw JsonataErrors.Of("T0410", token: "replace", index: 3),
        };
    }

    private static JsonString ReplaceText(Evaluation evaluation, string text, string part, string replacement, double limit)
    {
        var search = new TextSearch(evaluation, part);
        var result = new StringBuilder();
        var at = 0;
        for (var count = 0; count < limit; count++)
        {
            var found = search.Find(evaluation, text, at);
            if (found < 0)
                break;
            evaluation.SpendCharacters(found - at + replacement.Length);
            result.Append(text, at, found - at).Append(replacement);
            at = found + part.Length;
        }

        return Finished(evaluation, result, text, at);
    }

    private static JsonString ReplaceMatches(Evaluation evaluation, JsonString text, JsonataFunction pattern, JsonValue replacement, double limit)
    {
        var result = new StringBuilder();
        var matches = MatchWalk.Of(evaluation, "replace", pattern, text);
        var at = 0;
        for (var count = 0; count < limit && matches.MoveNext(); count++)
        {
            var before = result.Length;
            var start = matches.Start;
            result.Append(text.Value, Math.Min(at, start), Math.Abs(start - at));
            at = Math.Min(matches.Start + matches.Length, text.Value.Length);
            if (replacement is JsonataFunction function)
            {
                var given = evaluation.Call(function, matches.Object);
                result.Append(given is JsonString one ? one.Value : throw JsonataErrors.Of("D3012", value: given));
            }
            else
            {
                Replacement.Append(result, ((JsonString)replacement).Value, matches);
            }

            evaluation.SpendCharacters(result.Length - before);
            if (result.Length > evaluation.Limits.MaxStringLength)
                evaluation.SpendCharacters(result.Length);
        }

        return Finished(evaluation, result, text.Value, at);
    }

    private static JsonString Finished(Evaluation evaluation, StringBuilder result, string text, int at)
    {
        evaluation.SpendCharacters(result.Length + text.Length - at);
        return at == 0 && result.Length == 0 ? new JsonString(text) : new JsonString(result.Append(text, at, text.Length - at).ToString());
    }

    private static void Add(Evaluation evaluation, List<JsonValue> parts, string part)
    {
        evaluation.Step();
        evaluation.CheckItems(parts.Count + 1L);
        parts.Add(new JsonString(part));
    }

    /// <summary>The text between two places, whichever comes first: a function may tell of matches in any order.</summary>
    private static string Between(string text, int from, int to) => text[Math.Min(from, to)..Math.Max(from, to)];

    private static double Limit(JsonValue? limit, string code, int index)
    {
        if (limit is not JsonNumber number)
            return double.PositiveInfinity;
        var value = number.ToDouble();
        return value < 0 ? throw JsonataErrors.Of(code, value: number, index: index) : value;
    }
}
