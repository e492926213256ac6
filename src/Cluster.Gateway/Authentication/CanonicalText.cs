using System.Buffers;
using System.Text;

namespace Cluster.Gateway.Authentication;

/// <summary>Text to be hashed, gathered as UTF-8 in a rented buffer. Its size is bounded by what a request's head may have.</summary>
internal ref struct CanonicalText : IDisposable
{
    private const int FirstBytes = 2048;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    public CanonicalText()
    {
    }

    /// <summary>What was gathered.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds text.</summary>
    public void Add(scoped ReadOnlySpan<char> text)
    {
        MakeRoom(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    /// <summary>Adds bytes.</summary>
    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Adds a header's value: without white space at its ends, and with one space where white space is within.</summary>
    public void AddTrimmed(scoped ReadOnlySpan<char> value)
    {
        value = value.Trim(HeaderSpace);
        while (value.IndexOfAny(HeaderSpace) is var space and >= 0)
        {
            Add(value[..space]);
            Add(" "u8);
            value = value[space..].TrimStart(HeaderSpace);
        }

        Add(value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private static ReadOnlySpan<char> HeaderSpace => " \t";

    private void MakeRoom(int bytes)
    {
        if (_length + bytes <= _bytes.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + bytes, _bytes.Length * 2));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
