using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Cluster.Asl.Json;

/// <summary>
/// One pass over one text. A method that reads gives null once <see cref="Error"/> is set. It recurses at most
/// <see cref="JsonParserOptions.MaxDepth"/> deep, and less when the stack is short.
/// </summary>
internal ref partial struct JsonReader
{
    /// <summary>The number of keys of one object from which duplicates are looked up in an index.</summary>
    private const int IndexedFrom = 16;

    private readonly ReadOnlySpan<byte> _text;
    private readonly JsonParserOptions _options;
    private JsonNames _names;
    private int _at;
    private int _depth;

    // Elements of all open arrays and properties of all open objects, innermost last.
    private JsonValue[] _values = [];
    private int _valueCount;
    private KeyValuePair<string, JsonValue>[] _properties = [];
    private int _propertyCount;

    public JsonReader(ReadOnlySpan<byte> text, JsonParserOptions options)
    {
        _text = text;
        _options = options;
    }

    /// <summary>Why reading ended early.</summary>
    public JsonParseError? Error { get; private set; }

    public JsonValue? ReadDocument()
    {
        if (!Utf8.IsValid(_text))
            return FailInvalidUtf8();
        SkipWhiteSpace();
        if (_at == _text.Length)
            return Fail("No content to map due to end-of-input", _at);
        var value = ReadValue();
        if (value is null)
            return null;
        SkipWhiteSpace();
        return _at == _text.Length ? value : FailTrailing();
    }

    public void Dispose()
    {
        if (_values.Length > 0)
            ArrayPool<JsonValue>.Shared.Return(_values, clearArray: true);
        if (_properties.Length > 0)
            ArrayPool<KeyValuePair<string, JsonValue>>.Shared.Return(_properties, clearArray: true);
        _values = [];
        _properties = [];
    }

    private JsonValue? ReadValue()
    {
        switch (_text[_at])
        {
            case (byte)'"':
                return ReadString(isName: false) is { } text ? text.Length == 0 ? JsonString.Empty : new JsonString(text) : null;
            case (byte)'{':
                return Enter() ? ReadObject() : null;
            case (byte)'[':
                return Enter() ? ReadArray() : null;
            case (byte)'t':
                return MatchToken("true"u8) ? JsonBoolean.True : null;
            case (byte)'f':
                return MatchToken("false"u8) ? JsonBoolean.False : null;
            case (byte)'n':
                return MatchToken("null"u8) ? JsonValue.Null : null;
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber();
            default:
                return FailOddValue();
        }
    }

    private bool Enter()
    {
        if (++_depth <= _options.MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return true;
        Fail(
            $"Document nesting depth ({_depth}) exceeds the maximum allowed ({_options.MaxDepth}, from `StreamReadConstraints.getMaxNestingDepth()`)",
            _at + 1);
        return false;
    }

    private JsonArray? ReadArray()
    {
        var start = _at++;
        var first = _valueCount;
        SkipWhiteSpace();
        if (_at < _text.Length && _text[_at] == ']')
        {
            _at++;
            _depth--;
            return JsonArray.Empty;
        }

        do
        {
            if (_at == _text.Length)
            {
                FailUnclosed("Array", start, hasElements: _valueCount > first);
                return null;
            }

            if (_valueCount == first && _text[_at] == '}')
            {
                FailMismatchedEnd('}', ']', "Array", start);
                return null;
            }

            if (ReadValue() is not { } value)
                return null;
            if (_valueCount == _values.Length)
                Grow(ref _values);
            _values[_valueCount++] = value;
        }
        while (GoesOn("Array", (byte)']', start));
        if (Error is not null)
            return null;
        var items = _values.AsSpan(first, _valueCount - first).ToArray();
        _valueCount = first;
        _depth--;
        return new JsonArray(ImmutableCollectionsMarshal.AsImmutableArray(items));
    }

    private JsonObject? ReadObject()
    {
        var start = _at++;
        var first = _propertyCount;
        Dictionary<string, int>? index = null;
        SkipWhiteSpace();
        if (_at < _text.Length && _text[_at] == '}')
        {
            _at++;
            _depth--;
            return JsonObject.Empty;
        }

        do
        {
            if (_at == _text.Length)
            {
                FailUnclosed("Object", start, hasElements: _propertyCount > first);
                return null;
            }

            if (ReadName(start, isFirst: _propertyCount == first) is not { } name)
                return null;
            var at = Find(name, first, ref index);
            if (at >= 0 && _options.RefuseDuplicateKeys)
            {
                Fail($"Duplicate field '{name}'", _at);
                return null;
            }

            if (!SkipColon() || ReadValue() is not { } value)
                return null;
            if (_propertyCount == _properties.Length)
                Grow(ref _properties);
            if (at < 0)
            {
                index?.Add(name, _propertyCount);
                _properties[_propertyCount++] = KeyValuePair.Create(name, value);
            }
            else
            {
                _properties[at] = KeyValuePair.Create(name, value);
            }
        }
        while (GoesOn("Object", (byte)'}', start));
        if (Error is not null)
            return null;
        var properties = _properties.AsSpan(first, _propertyCount - first).ToArray();
        _propertyCount = first;
        _depth--;
        return new JsonObject(ImmutableCollectionsMarshal.AsImmutableArray(properties));
    }

    private string? ReadName(int start, bool isFirst)
    {
        if (_text[_at] == '"')
            return ReadString(isName: true);
        if (isFirst && _text[_at] == ']')
            FailMismatchedEnd(']', '}', "Object", start);
        else
            FailUnexpected("was expecting double-quote to start field name");
        return null;
    }

    /// <summary>The place of a name among the properties of the open object that begin at <paramref name="first"/>, or -1.</summary>
    private readonly int Find(string name, int first, ref Dictionary<string, int>? index)
    {
        if (index is not null)
            return index.TryGetValue(name, out var found) ? found : -1;
        for (var i = first; i < _propertyCount; i++)
        {
            if (string.Equals(_properties[i].Key, name, StringComparison.Ordinal))
                return i;
        }

        if (_propertyCount - first >= IndexedFrom)
        {
            index = new Dictionary<string, int>(IndexedFrom * 4, StringComparer.Ordinal);
            for (var i = first; i < _propertyCount; i++)
                index.Add(_properties[i].Key, i);
        }

        return -1;
    }

    /// <summary>Behind an element: whether a comma promises another one. False at the end marker, which is taken, and at an error.</summary>
    private bool GoesOn(string container, byte end, int start)
    {
        SkipWhiteSpace();
        if (_at == _text.Length)
        {
            FailUnclosed(container, start, hasElements: false);
            return false;
        }

        var c = _text[_at];
        if (c == end)
        {
            _at++;
            return false;
        }

        if (c is (byte)']' or (byte)'}')
        {
            FailMismatchedEnd((char)c, (char)end, container, start);
            return false;
        }

        if (c != ',')
        {
            FailUnexpected($"was expecting comma to separate {container} entries");
            return false;
        }

        _at++;
        SkipWhiteSpace();
        return true;
    }

    private bool SkipColon()
    {
        SkipWhiteSpace();
        if (_at < _text.Length && _text[_at] != ':')
        {
            FailUnexpected("was expecting a colon to separate field name and value");
            return false;
        }

        _at = Math.Min(_at + 1, _text.Length);
        SkipWhiteSpace();
        if (_at < _text.Length)
            return true;
        Fail("Unexpected end-of-input within/between Object entries", _at);
        return false;
    }

    private void SkipWhiteSpace()
    {
        while (_at < _text.Length && (_text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
        {
            _at++;
        }
    }

    private static void Grow<T>(ref T[] array)
    {
        const int InitialLength = 32;
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(array.Length * 2, InitialLength));
        array.CopyTo(larger, 0);
        if (array.Length > 0)
            ArrayPool<T>.Shared.Return(array, clearArray: true);
        array = larger;
    }
}
