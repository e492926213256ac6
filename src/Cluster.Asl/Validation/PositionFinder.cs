using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Validation;

/// <summary>
/// Finds lines and columns of places in a text that is known to be JSON of bounded depth, in one pass. It runs only for a
/// refused definition, so that reading a good one keeps no positions.
/// </summary>
internal ref struct PositionFinder
{
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _line;

    // How many UTF-16 units of the line have been counted, and up to which byte; a line may be as long as the text.
    private int _counted;
    private int _countedTo;

    private PositionFinder(ReadOnlySpan<byte> text)
    {
        _text = text;
        _line = 1;
    }

    /// <summary>Notes the beginning of each wanted value: line and column from 1.</summary>
    public static void Find(ReadOnlySpan<byte> utf8, WantedPlace root) => new PositionFinder(utf8).Value(root);

    private void Value(WantedPlace? wanted)
    {
        SkipBlanks();
        if (wanted is not null)
        {
            _counted += Encoding.UTF8.GetCharCount(_text[_countedTo.._at]);
            _countedTo = _at;
            wanted.Line = _line;
            wanted.Column = _counted + 1;
        }

        if (wanted is not { HasInner: true })
            SkipValue();
        else if (_text[_at] == '{')
            Object(wanted);
        else if (_text[_at] == '[')
            Array(wanted);
        else
            SkipValue();
    }

    private void Object(WantedPlace wanted)
    {
        for (_at++; !IsOver('}');)
        {
            var start = _at;
            SkipString();
            var isName = JsonParser.TryParse(_text[start.._at], JsonParserOptions.Definition, out var name, out _);
            SkipBlanks();
            _at++;
            Value(isName && name is JsonString text ? wanted.Field(text.Value) : null);
        }
    }

    private void Array(WantedPlace wanted)
    {
        _at++;
        for (var index = 0; !IsOver(']'); index++)
            Value(wanted.Item(index));
    }

    /// <summary>Steps over a comma, or over the end of the container, and tells which.</summary>
    private bool IsOver(char end)
    {
        SkipBlanks();
        if (_text[_at] == ',')
        {
            _at++;
            SkipBlanks();
        }

        if (_text[_at] != end)
            return false;
        _at++;
        return true;
    }

    private void SkipValue()
    {
        var depth = 0;
        do
        {
            SkipBlanks();
            switch (_text[_at])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    _at++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    _at++;
                    break;
                case (byte)',' or (byte)':':
                    _at++;
                    break;
                case (byte)'"':
                    SkipString();
                    break;
                default:
                    SkipLiteral();
                    break;
            }
        }
        while (depth > 0);
    }

    private void SkipString()
    {
        for (_at++; _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\')
                _at++;
        }

        _at++;
    }

    private void SkipLiteral()
    {
        while (_at < _text.Length && _text[_at] is not ((byte)',' or (byte)'}' or (byte)']' or <= (byte)' '))
            _at++;
    }

    private void SkipBlanks()
    {
        for (; _at < _text.Length && _text[_at] <= ' '; _at++)
        {
            if (_text[_at] == '\n' || (_text[_at] == '\r' && (_at + 1 == _text.Length || _text[_at + 1] != '\n')))
            {
                _line++;
                _counted = 0;
                _countedTo = _at + 1;
            }
        }
    }
}
