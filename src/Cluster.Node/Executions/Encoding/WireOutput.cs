using System.Buffers;
using System.Numerics;

namespace Cluster.Node.Executions.Encoding;

/// <summary>
/// Writes protobuf from its end to its beginning. A message inside another stands behind its own length; written backwards the length is
/// known when it is due, so nothing is measured first and no object stands for a message. Fields written from the highest number to the
/// lowest come out in the order in which the generated code writes them, and as the same bytes.
/// </summary>
internal ref struct WireOutput
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private const int WireTypeBits = 3;
    private const int BitsPerByte = 7;

    /// <summary>Larger buffers go to the garbage collector: an append has up to 4 MiB, and a pool would keep some of each size for each thread.</summary>
    private const int MaxPooledBytes = 256 * 1024;

    private byte[] _buffer;
    private int _at;

    /// <summary>An output without bytes.</summary>
    /// <param name="capacity">What it will probably hold, in bytes; it grows beyond it.</param>
    public WireOutput(int capacity)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
        _at = _buffer.Length;
    }

    /// <summary>The number of bytes so far; to be taken before the fields of a message are written.</summary>
    public readonly int Length => _buffer.Length - _at;

    /// <summary>A number; 0 is not written, for it is what a reader takes an absent field for.</summary>
    public void Number(int field, long value)
    {
        if (value != 0)
            Present(field, value);
    }

    /// <summary>A number that is written when there is one, even 0.</summary>
    public void Optional(int field, long? value)
    {
        if (value is { } present)
            Present(field, present);
    }

    /// <summary>A number that is written whatever it is.</summary>
    public void Present(int field, long value)
    {
        WriteVarint(unchecked((ulong)value));
        Tag(field, Varint);
    }

    /// <summary>Whether something is so; false is not written.</summary>
    public void Flag(int field, bool value) => Number(field, value ? 1 : 0);

    /// <summary>A text; an empty one is not written.</summary>
    public void Text(int field, string value)
    {
        if (value.Length > 0)
            Optional(field, value);
    }

    /// <summary>A text that is written when there is one, even an empty one.</summary>
    public void Optional(int field, string? value)
    {
        if (value is null)
            return;
        var size = System.Text.Encoding.UTF8.GetByteCount(value);
        Take(size);
        System.Text.Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_at, size));
        Delimit(field, size);
    }

    /// <summary>Bytes, written even when there are none.</summary>
    public void Bytes(int field, scoped ReadOnlySpan<byte> value)
    {
        Take(value.Length);
        value.CopyTo(_buffer.AsSpan(_at));
        Delimit(field, value.Length);
    }

    /// <summary>Ends a message whose fields have been written.</summary>
    /// <param name="field">The field that holds it.</param>
    /// <param name="lengthBefore"><see cref="Length"/> before its first field was written.</param>
    public void Message(int field, int lengthBefore) => Delimit(field, Length - lengthBefore);

    /// <summary>A copy of what was written.</summary>
    public readonly byte[] ToArray() => _buffer.AsSpan(_at).ToArray();

    /// <summary>Gives the buffer back; the output must not be used after that.</summary>
    public void Dispose()
    {
        Release(_buffer);
        _buffer = [];
        _at = 0;
    }

    private void Delimit(int field, int size)
    {
        WriteVarint((ulong)size);
        Tag(field, Delimited);
    }

    private void Tag(int field, int type) => WriteVarint((ulong)((field << WireTypeBits) | type));

    private void WriteVarint(ulong value)
    {
        var size = (BitOperations.Log2(value | 1) / BitsPerByte) + 1;
        Take(size);
        var to = _buffer.AsSpan(_at, size);
        for (var i = 0; i < to.Length - 1; i++)
        {
            to[i] = (byte)(value | 0x80);
            value >>= BitsPerByte;
        }

        to[^1] = (byte)value;
    }

    /// <summary>Takes so many bytes in front of what was written.</summary>
    private void Take(int size)
    {
        if (size > _at)
            Grow(size);
        _at -= size;
    }

    private void Grow(int size)
    {
        var length = Math.Max(_buffer.Length * 2, Length + size);
        var larger = length <= MaxPooledBytes ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);
        var written = _buffer.AsSpan(_at);
        var at = larger.Length - written.Length;
        written.CopyTo(larger.AsSpan(at));
        Release(_buffer);
        _buffer = larger;
        _at = at;
    }

    private static void Release(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= MaxPooledBytes)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
