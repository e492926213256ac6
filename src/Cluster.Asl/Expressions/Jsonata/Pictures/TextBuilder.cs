using System.Buffers;
using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Builds a text in a buffer that the caller gives, and in a rented one as soon as that is full. <see cref="Dispose"/> gives the rented
/// one back.
/// </summary>
internal ref struct TextBuilder(Span<char> buffer)
{
    private Span<char> _chars = buffer;
    private char[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Written => _chars[..Length];

    public void Append(char c)
    {
        if (Length == _chars.Length)
            Grow(1);
        _chars[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length)
            Grow(text.Length);
        text.CopyTo(_chars[Length..]);
        Length += text.Length;
    }

    public void Append(char c, int count)
    {
        if (count > _chars.Length - Length)
            Grow(count);
        _chars.Slice(Length, count).Fill(c);
        Length += count;
    }

    public void Append(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        Append(units[..rune.EncodeToUtf16(units)]);
    }

    public override readonly string ToString() => Written.ToString();

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
        _chars = default;
        Length = 0;
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + more, 2 * _chars.Length));
        Written.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
        _rented = larger;
        _chars = larger;
    }
}
