using System.Globalization;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Validation;

/// <summary>
/// Finds lines and columns of places in a text that is known to be JSON of bounded depth. It runs only for a refused definition,
/// so that reading a good one keeps no positions.
/// </summary>
internal ref struct PositionFinder
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly HashSet<string> _wanted;
    private readonly Dictionary<string, (int Line, int Column)> _found;
    private readonly StringBuilder _path;
    private int _at;
    private int _line;
    private int _lineStart;

    private PositionFinder(ReadOnlySpan<byte> text, HashSet<string> wanted)
    {
        _text = text;
        _wanted = wanted;
        _found = new Dictionary<string, (int Line, int Column)>(wanted.Count, StringComparer.Ordinal);
        _path = new StringBuilder();
        _line = 1;
    }

    /// <summary>The line and column of the beginning of each wanted value; both from 1.</summary>
    public static Dictionary<string, (int Line, int Column)> Find(ReadOnlySpan<byte> utf8, HashSet<string> wanted)
    {
        var finder = new PositionFinder(utf8, wanted);
        if (wanted.Count > 0)
            finder.Value();
        return finder._found;
    }

    private void Value()
    {
        SkipBlanks();
        if (_at >= _text.Length || _found.Count == _wanted.Count)
            return;
        Note();
        switch (_text[_at])
        {
            case (byte)'{':
                Container((byte)'}');
                break;
            case (byte)'[':
                Container((byte)']');
                break;
            case (byte)'"':
                SkipString();
                break;
            default:
                SkipLiteral();
                break;
        }
    }

    private void Note()
    {
        var path = _path.Length == 0 ? "/" : _path.ToString();
        if (_wanted.Contains(path))
            _found.TryAdd(path, (_line, Encoding.UTF8.GetCharCount(_text[_lineStart.._at]) + 1));
    }

    private void Container(byte end)
    {
        _at++;
        for (var index = 0; ; index++)
        {
            SkipBlanks();
            if (_at >= _text.Length || _text[_at] == end)
                break;
            var length = _path.Length;
            if (end == '}')
                Name();
            else
                _path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            Value();
            if (_found.Count == _wanted.Count)
                return;
            _path.Length = length;
            SkipBlanks();
            if (_at < _text.Length && _text[_at] == ',')
                _at++;
        }

        _at++;
    }

    private void Name()
    {
        var start = _at;
        SkipString();
        if (JsonParser.TryParse(_text[start.._at], JsonParserOptions.Definition, out var name, out _) && name is JsonString text)
            _path.Append('/').Append(text.Value);
        SkipBlanks();
        _at++;
    }

    private void SkipString()
    {
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
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
            if (_text[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }
        }
    }
}
