namespace Cluster.Asl.Json;

/// <summary>Walks a text that is known to be JSON, no deeper than <see cref="JsonParserOptions.DefaultMaxDepth"/>, and notes where values stand.</summary>
internal ref struct JsonPlaceReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    public JsonPlace Read()
    {
        SkipBlanks();
        var place = new JsonPlace(_at);
        switch (_text[_at])
        {
            case (byte)'{':
                ReadMembers(place);
                break;
            case (byte)'[':
                ReadItems(place);
                break;
            case (byte)'"':
                SkipString();
                break;
            default:
                while (_at < _text.Length && !IsBlank(_text[_at]) && _text[_at] is not ((byte)',' or (byte)']' or (byte)'}'))
                    _at++;
                break;
        }

        SkipBlanks();
        return place;
    }

    private void ReadMembers(JsonPlace place)
    {
        while (GoesOn((byte)'}'))
        {
            SkipBlanks();
            var start = _at;
            SkipString();
            var name = ((JsonString)Parse(_text[start.._at])).Value;
            SkipBlanks();
            _at++;
            place.Add(name, Read());
        }
    }

    private void ReadItems(JsonPlace place)
    {
        while (GoesOn((byte)']'))
            place.Add(Read());
    }

    /// <summary>Takes the opening mark, a comma or the end mark; false at the end mark.</summary>
    private bool GoesOn(byte end)
    {
        if (_text[_at++] == end)
            return false;
        SkipBlanks();
        if (_text[_at] != end)
            return true;
        _at++;
        return false;
    }

    private void SkipString()
    {
        _at++;
        while (_text[_at] != '"')
            _at += _text[_at] == '\\' ? 2 : 1;
        _at++;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && IsBlank(_text[_at]))
            _at++;
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private static JsonValue Parse(ReadOnlySpan<byte> text) =>
        JsonParser.TryParse(text, JsonParserOptions.Payload, out var value, out var error) ? value : throw new FormatException(error.Message);
}
