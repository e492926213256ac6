using System.Text;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions of strings, but for those that look for patterns. Characters are Unicode's, not UTF-16's units.</summary>
internal static class StringFunctions
{
    public static readonly BuiltInFunction[] All =
    [
        new("string", "<x-b?:s>", String, arity: 1),
        new("length", "<s-:n>", Length),
        new("substring", "<s-nn?:s>", Substring),
        new("substringBefore", "<s-s:s>", SubstringBefore),
        new("substringAfter", "<s-s:s>", SubstringAfter),
        new("uppercase", "<s-:s>", Uppercase),
        new("lowercase", "<s-:s>", Lowercase),
        new("trim", "<s-:s>", Trim),
        new("pad", "<s-ns?:s>", Pad),
        new("join", "<a<s>s?:s>", Join),
    ];

    private static JsonValue? String(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments) => arguments[0] switch
    {
        null => null,
        JsonString text => text,
        var value => new JsonString(ValueText.Of(evaluation, value, indented: arguments[1] is JsonBoolean { Value: true })),
    };

    private static JsonValue? Length(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return null;
        evaluation.StepText(text.Length);
        return JsonNumber.Of(CodePoints.Count(text));
    }

    private static JsonValue? Substring(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return null;
        var start = (arguments[1] as JsonNumber)?.ToDouble() ?? 0;
        var length = (arguments[2] as JsonNumber)?.ToDouble();
        if (length <= 0)
            return JsonString.Empty;
        evaluation.StepText(text.Length);
        var count = CodePoints.Count(text);
        if (count + start < 0)
            start = 0;
        var end = length is null ? count : (start >= 0 ? start : count + start) + length.Value;
        var from = Math.Truncate(start) < 0 ? count + Math.Truncate(start) : Math.Truncate(start);
        var first = (int)Math.Min(from, count);
        var last = (int)Math.Min(Math.Truncate(end), count);
        return last > first ? Built(evaluation, CodePoints.Slice(text, first, last)) : JsonString.Empty;
    }

    private static JsonValue? SubstringBefore(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        var at = IndexOf(evaluation, text, arguments[1]);
        return at < 0 ? text : Built(evaluation, text.Value.AsSpan(0, at));
    }

    private static JsonValue? SubstringAfter(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        var at = IndexOf(evaluation, text, arguments[1]);
        return at < 0 ? text : Built(evaluation, text.Value.AsSpan(at + ((JsonString)arguments[1]!).Value.Length));
    }

    private static int IndexOf(Evaluation evaluation, JsonString text, JsonValue? part) =>
        part is JsonString found ? new TextSearch(evaluation, found.Value).Find(evaluation, text.Value, 0) : -1;

    private static JsonValue? Uppercase(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return null;
        evaluation.StepText(text.Length);
        evaluation.SpendCharacters(text.Length);
        return new JsonString(LetterCases.Upper(text));
    }

    private static JsonValue? Lowercase(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return null;
        evaluation.StepText(text.Length);
        evaluation.SpendCharacters(text.Length);
        return new JsonString(LetterCases.Lower(text));
    }

    private static JsonValue? Trim(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        evaluation.StepText(text.Value.Length);
        evaluation.SpendCharacters(text.Value.Length);
        var normalized = WhiteSpace.Normalized(text.Value);
        return ReferenceEquals(normalized, text.Value) ? text : new JsonString(normalized);
    }

    private static JsonValue? Pad(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonString text)
            return null;
        evaluation.StepText(text.Value.Length);
        var width = (arguments[1] as JsonNumber)?.ToDouble() ?? 0;
        var padding = arguments[2] is JsonString { Value.Length: > 0 } given ? given.Value : " ";
        var missing = Math.Floor(Math.Abs(width) - CodePoints.Count(text.Value));
        if (!(missing > 0))
            return text;

        // At most two units for a character, counted before anything is built.
        evaluation.SpendCharacters((long)Math.Min(missing, int.MaxValue));
        var pad = CodePoints.Repeat(padding, (int)missing);
        evaluation.SpendCharacters(text.Value.Length + pad.Length);
        return new JsonString(width > 0 ? text.Value + pad : pad + text.Value);
    }

    private static JsonValue? Join(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is not JsonArray strings)
            return null;
        var separator = (arguments[1] as JsonString)?.Value ?? "";
        var length = Math.Max(strings.Count - 1L, 0) * separator.Length;
        foreach (var item in strings.Items)
            length += ((JsonString)item).Value.Length;
        evaluation.Step(strings.Count);
        evaluation.SpendCharacters(length);
        if (strings.Count == 1)
            return strings[0];
        var joined = new StringBuilder((int)length);
        for (var i = 0; i < strings.Count; i++)
            joined.Append(i > 0 ? separator : "").Append(((JsonString)strings[i]).Value);
        return new JsonString(joined.ToString());
    }

    private static JsonString Built(Evaluation evaluation, ReadOnlySpan<char> text)
    {
        evaluation.SpendCharacters(text.Length);
        return text.Length == 0 ? JsonString.Empty : new JsonString(text.ToString());
    }
}
