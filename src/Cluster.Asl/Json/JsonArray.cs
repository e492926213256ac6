using System.Collections;
using System.Collections.Immutable;

namespace Cluster.Asl.Json;

/// <summary>A JSON array.</summary>
public sealed class JsonArray(ImmutableArray<JsonValue> items) : JsonValue, IReadOnlyList<JsonValue>
{
    /// <summary>The array without elements.</summary>
    public static readonly JsonArray Empty = new([]);

    /// <summary>The elements in order.</summary>
    public ImmutableArray<JsonValue> Items { get; } = items;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Array;

    /// <inheritdoc/>
    public override int Depth { get; } = DepthOf(items);

    /// <summary>What the expression that is building the array remembers about it.</summary>
    internal ArrayTraits Traits { get; set; }

    /// <summary>The number of elements.</summary>
    public int Count => Items.Length;

    /// <summary>The element at a zero-based index.</summary>
    public JsonValue this[int index] => Items[index];

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is not JsonArray array || array.Count != Count)
            return false;
        for (var i = 0; i < Items.Length; i++)
        {
            if (!Items[i].Equals(array.Items[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in Items)
            hash = unchecked((hash * 31) + item.GetHashCode());
        return hash;
    }

    /// <summary>The elements, without allocation.</summary>
    public ImmutableArray<JsonValue>.Enumerator GetEnumerator() => Items.GetEnumerator();

    private static int DepthOf(ImmutableArray<JsonValue> items)
    {
        var deepest = 0;
        foreach (var item in items)
            deepest = Math.Max(deepest, item.Depth);
        return deepest + 1;
    }

    IEnumerator<JsonValue> IEnumerable<JsonValue>.GetEnumerator() => ((IEnumerable<JsonValue>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)Items).GetEnumerator();
}
