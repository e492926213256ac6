using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <content>What stands in filters and is no path.</content>
internal ref partial struct PathParser
{
    private LiteralOperand? ReadLiteral(bool isRight)
    {
        if (Peek() is '\'' or '"')
            return ReadQuoted() is { } quoted ? new LiteralOperand(new JsonString(quoted), quoted) : null;
        if (Peek() is '[' or '{')
            return ReadNested() is { } nested ? new LiteralOperand(nested, text: null) : null;
        var bare = isRight ? ReadBareRight() : ReadBareLeft();
        return bare.IsEmpty ? null : new LiteralOperand(Scalar(bare), bare.ToString());
    }

    /// <summary>Reads a text without quotes, which goes on to the next <c>&amp;&amp;</c> or <c>||</c> or to the end of its group.</summary>
    private ReadOnlySpan<char> ReadBareRight()
    {
        var start = _at;
        var open = 0;
        for (; _at < _text.Length; _at++)
        {
            var rest = _text[_at..];
            if (rest.StartsWith("&&", StringComparison.Ordinal) || rest.StartsWith("||", StringComparison.Ordinal))
                break;
            if (rest[0] == '(')
                open++;
            else if (rest[0] == ')' && open-- == 0)
                break;
        }

        return _text[start.._at].TrimEnd(' ');
    }

    private ReadOnlySpan<char> ReadBareLeft()
    {
        var rest = _text[_at..];
        var end = rest.IndexOfAny(" =!<>~&|()");
        if (end < 0)
            end = rest.Length;
        _at += end;
        return rest[..end];
    }

    /// <summary>A number, truth value or null, or else the text itself.</summary>
    private static JsonValue Scalar(ReadOnlySpan<char> text) =>
        Json(text) is { } value and not (JsonArray or JsonObject) ? value : new JsonString(text.ToString());

    private static JsonValue? Json(ReadOnlySpan<char> text) =>
        JsonParser.TryParse(System.Text.Encoding.UTF8.GetBytes(text.ToString()), JsonParserOptions.Payload, out var value, out _) ? value : null;

    /// <summary>Reads a value in a list or an object, where strings may stand in quotes of either kind.</summary>
    private JsonValue? ReadNested()
    {
        SkipBlanks();
        if (Peek() is '\'' or '"')
            return ReadQuoted() is { } quoted ? new JsonString(quoted) : null;
        if (Peek() is '[' or '{')
        {
            if (_filterDepth == MaxFilterDepth)
                return null;
            _filterDepth++;
            JsonValue? value = Take('[') ? ReadList() : ReadObject();
            _filterDepth--;
            return value;
        }

        var start = _at;
        while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '-' or '+' or '.')
            _at++;
        return Json(_text[start.._at]);
    }

    private JsonArray? ReadList()
    {
        if (TakeText("]"))
            return JsonArray.Empty;
        var items = ImmutableArray.CreateBuilder<JsonValue>();
        do
        {
            if (ReadNested() is not { } item)
                return null;
            items.Add(item);
        }
        while (TakeText(","));
        return TakeText("]") ? new JsonArray(items.ToImmutable()) : null;
    }

    private JsonObject? ReadObject()
    {
        _at++;
        var read = JsonObject.Empty;
        if (TakeText("}"))
            return read;
        do
        {
            SkipBlanks();
            if (Peek() is not ('\'' or '"') || ReadQuoted() is not { } name || !TakeText(":") || ReadNested() is not { } value)
                return null;
            read = read.With(name, value);
        }
        while (TakeText(","));
        return TakeText("}") ? read : null;
    }
}
