using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Cluster.Asl.Json;

/// <summary>A place to write one value: a caller's buffer, or one rented until <see cref="Dispose"/>.</summary>
/// <param name="destination">The caller's buffer, or null.</param>
/// <param name="enough">After so many bytes in a rented buffer the rest of the value is left out, so that its end may be missing.</param>
internal ref struct JsonOutput(IBufferWriter<byte>? destination, int enough = int.MaxValue)
{
    /// <summary>The bytes asked for at once, so that small tokens need no further question.</summary>
    private const int LeastSpan = 256;

    /// <summary>The most bytes of UTF-8 that one UTF-16 unit becomes.</summary>
    private const int MaxBytesPerUnit = 3;

    /// <summary>The UTF-16 units written at once, so that a long string needs no buffer of three times its size.</summary>
    private const int UnitsAtOnce = 4096;

    /// <summary>Strings up to so many UTF-16 units are tried unit by unit, which is faster for them than asking whether they need care.</summary>
    private const int ShortUnits = 16;

    /// <summary>A value that nests no deeper fits any stack that was sufficient a few levels above it.</summary>
    private const int ShallowDepth = 32;

    private const string HexDigits = "0123456789ABCDEF";

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        ['"', '\\', .. Enumerable.Range(0, ' ').Select(c => (char)c)]);

    private readonly IBufferWriter<byte>? _destination = destination;
    private byte[]? _rented;
    private Span<byte> _span;
    private int _at;

    /// <summary>What was written, where there is no destination.</summary>
    public readonly ReadOnlySpan<byte> Rented => _span[.._at];

    /// <summary>Hands the last bytes to the destination.</summary>
    public void Flush()
    {
        if (_at > 0)
            _destination?.Advance(_at);
        _span = default;
        _at = 0;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _span = default;
        _at = 0;
    }

    public void Write(JsonValue value)
    {
        switch (value)
        {
            case JsonString text:
                Write(text.Value);
                break;
            case JsonNumber number:
                WriteAscii(number.Text);
                break;
            case JsonObject o:
                WriteObject(o);
                break;
            case JsonArray array:
                WriteArray(array);
                break;
            case JsonBoolean boolean:
                WriteAscii(boolean.Value ? "true" : "false");
                break;
            case JsonNull:
                WriteAscii("null");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.Kind, "Not one of the six kinds.");
        }
    }

    private void WriteObject(JsonObject o)
    {
        if (o.Depth > ShallowDepth)
            RuntimeHelpers.EnsureSufficientExecutionStack();
        var open = (byte)'{';
        foreach (var (name, value) in o.Properties)
        {
            if (_at >= enough)
                return;
            WriteByte(open);
            Write(name);
            WriteByte((byte)':');
            Write(value);
            open = (byte)',';
        }

        if (o.Count == 0)
            WriteByte(open);
        WriteByte((byte)'}');
    }

    private void WriteArray(JsonArray array)
    {
        if (array.Depth > ShallowDepth)
            RuntimeHelpers.EnsureSufficientExecutionStack();
        var open = (byte)'[';
        foreach (var item in array.Items)
        {
            if (_at >= enough)
                return;
            WriteByte(open);
            Write(item);
            open = (byte)',';
        }

        if (array.Count == 0)
            WriteByte(open);
        WriteByte((byte)']');
    }

    private void Write(string text)
    {
        if (text.Length <= ShortUnits && TryWriteShort(text))
            return;
        WriteByte((byte)'"');
        var rest = text.AsSpan();
        while (true)
        {
            var length = rest.IndexOfAny(Escaped);
            WriteUnescaped(length < 0 ? rest : rest[..length]);
            if (length < 0 || _at >= enough)
                break;
            WriteEscape(rest[length]);
            rest = rest[(length + 1)..];
        }

        WriteByte((byte)'"');
    }

    /// <summary>Writes a short string of printable ASCII without escapes; false, with nothing written, for any other.</summary>
    private bool TryWriteShort(string text)
    {
        Ensure(text.Length + "\"\"".Length);
        var span = _span.Slice(_at, text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or > '\u007f' or '"' or '\\')
                return false;
            span[i + 1] = (byte)c;
        }

        span[0] = (byte)'"';
        span[^1] = (byte)'"';
        _at += span.Length;
        return true;
    }

    /// <summary>Writes characters that need no escape, except for the lone surrogates among them.</summary>
    private void WriteUnescaped(scoped ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && _at < enough)
        {
            var chunk = text.Length > UnitsAtOnce ? text[..UnitsAtOnce] : text;
            Ensure(chunk.Length * MaxBytesPerUnit);
            var status = Utf8.FromUtf16(
                chunk, _span[_at..], out var read, out var written, replaceInvalidSequences: false, isFinalBlock: chunk.Length == text.Length);
            _at += written;
            text = text[read..];
            if (status == OperationStatus.InvalidData)
            {
                WriteUnicodeEscape(text[0]);
                text = text[1..];
            }
        }
    }

    private void WriteEscape(char c)
    {
        var letter = c switch
        {
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\f' => 'f',
            '\r' => 'r',
            '"' or '\\' => c,
            _ => 'u',
        };
        if (letter == 'u')
        {
            WriteUnicodeEscape(c);
            return;
        }

        WriteByte((byte)'\\');
        WriteByte((byte)letter);
    }

    private void WriteUnicodeEscape(char c)
    {
        ReadOnlySpan<char> escape =
            ['\\', 'u', HexDigits[c >> 12], HexDigits[(c >> 8) & 15], HexDigits[(c >> 4) & 15], HexDigits[c & 15]];
        WriteAscii(escape);
    }

    private void WriteAscii(scoped ReadOnlySpan<char> text)
    {
        Ensure(text.Length);
        _at += Encoding.ASCII.GetBytes(text, _span[_at..]);
    }

    private void WriteByte(byte b)
    {
        if (_at == _span.Length)
            Ensure(1);
        _span[_at++] = b;
    }

    private void Ensure(int length)
    {
        if (_span.Length - _at >= length)
            return;
        if (_destination is not null)
        {
            Flush();
            _span = _destination.GetSpan(Math.Max(length, LeastSpan));
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_at + length, _span.Length * 2), LeastSpan));
        _span[.._at].CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
        _span = larger;
    }
}
