using System.Buffers;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// The arguments and items of everything that is being evaluated, in one array that grows: nothing is allocated for a call.
/// A span taken from it stays as it is when the array grows.
/// </summary>
internal sealed class ValueStack(int maxItems)
{
    private const int InitialSize = 64;

    /// <summary>How many of the longest arrays may lie on the stack at once.</summary>
    private const int LongestArrays = 4;

    private JsonValue?[] _values = ArrayPool<JsonValue?>.Shared.Rent(InitialSize);
    private int _count;

    /// <summary>The place that <see cref="Release"/> goes back to.</summary>
    public int Mark => _count;

    public JsonValue? this[int index] => _values[index];

    public void Push(JsonValue? value)
    {
        if (_count == _values.Length)
            Grow(_count + 1);
        _values[_count++] = value;
    }

    public void Push(ReadOnlySpan<JsonValue?> values)
    {
        var needed = _count + values.Length;
        if (needed > _values.Length)
            Grow(needed);
        values.CopyTo(_values.AsSpan(_count));
        _count = needed;
    }

    /// <summary>What was pushed since a mark.</summary>
    public ReadOnlySpan<JsonValue?> Since(int mark) => _values.AsSpan(mark, _count - mark);

    /// <summary>Forgets what was pushed since a mark.</summary>
    public void Release(int mark)
    {
        Array.Clear(_values, mark, _count - mark);
        _count = mark;
    }

    private void Grow(int needed)
    {
        if (needed > (long)maxItems * LongestArrays)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);

        // The old array is not given back: spans of it may still be read.
        var larger = ArrayPool<JsonValue?>.Shared.Rent(Math.Max(needed, _values.Length * 2));
        _values.AsSpan(0, _count).CopyTo(larger);
        _values = larger;
    }

    /// <summary>Gives the memory back. Nothing may be asked of the stack any more.</summary>
    public void Close()
    {
        Array.Clear(_values, 0, _count);
        ArrayPool<JsonValue?>.Shared.Return(_values);
        _values = [];
        _count = 0;
    }
}
