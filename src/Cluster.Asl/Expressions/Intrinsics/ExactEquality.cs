using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>
/// Equality as the array functions know it: by value and deep, but a number with a fraction or an exponent is never equal to an integer,
/// since AWS's JSON library compares numbers of one kind only. It counts the values that it looks at, and stops at a limit.
/// </summary>
/// <param name="limit">How many values are looked at; beyond, nothing is equal any more.</param>
internal sealed class ExactEquality(long limit) : IEqualityComparer<JsonValue>
{
    /// <summary>How many values were looked at.</summary>
    public long Work { get; private set; }

    /// <summary>Whether the answers can be relied on.</summary>
    public bool IsWithinLimit => Work <= limit;

    public bool Equals(JsonValue? x, JsonValue? y)
    {
        Work++;
        if (ReferenceEquals(x, y))
            return true;
        if (!IsWithinLimit)
            return false;
        return (x, y) switch
        {
            (JsonNumber a, JsonNumber b) => a.IsInteger == b.IsInteger && a.Equals(b),
            (JsonArray a, JsonArray b) => AreEqual(a, b),
            (JsonObject a, JsonObject b) => AreEqual(a, b),
            _ => x!.Equals(y),
        };
    }

    public int GetHashCode(JsonValue value)
    {
        Work++;
        if (!IsWithinLimit)
            return 0;
        return value switch
        {
            JsonArray array => HashOf(array),
            JsonObject o => HashOf(o),
            _ => value.GetHashCode(),
        };
    }

    private bool AreEqual(JsonArray a, JsonArray b)
    {
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (!Equals(a[i], b[i]))
                return false;
        }

        return true;
    }

    private bool AreEqual(JsonObject a, JsonObject b)
    {
        if (a.Count != b.Count)
            return false;
        foreach (var (name, value) in a.Properties)
        {
            if (!b.TryGetValue(name, out var theirs) || !Equals(value, theirs))
                return false;
        }

        return true;
    }

    private int HashOf(JsonArray array)
    {
        var hash = 17;
        foreach (var item in array)
            hash = unchecked((hash * 31) + GetHashCode(item));
        return hash;
    }

    // The order of keys does not count.
    private int HashOf(JsonObject o)
    {
        var hash = o.Count;
        foreach (var (name, value) in o.Properties)
            hash = unchecked(hash + (StableHash.Of(name) * 31) + GetHashCode(value));
        return hash;
    }
}
