using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Cluster.Asl.Json;

/// <summary>A JSON object whose keys keep the order in which they were written.</summary>
/// <remarks>Small objects are searched in order; from <see cref="IndexedFrom"/> keys on an index is built at the first look-up.</remarks>
public sealed class JsonObject : JsonValue
{
    /// <summary>The number of keys from which look-ups use an index.</summary>
    private const int IndexedFrom = 12;

    /// <summary>The object without properties.</summary>
    public static readonly JsonObject Empty = new([]);

    private Dictionary<string, int>? _index;

    /// <summary>Makes an object of properties whose names are distinct.</summary>
    public JsonObject(ImmutableArray<KeyValuePair<string, JsonValue>> properties)
    {
        Properties = properties;
        foreach (var (_, value) in properties)
            Depth = Math.Max(Depth, value.Depth);
        Depth++;
    }

    /// <summary>The properties in order.</summary>
    public ImmutableArray<KeyValuePair<string, JsonValue>> Properties { get; }

    /// <summary>Whether the expression that is building the object has shown it to nobody else yet.</summary>
    internal bool IsFresh { get; set; }

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Object;

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <summary>The number of properties.</summary>
    public int Count => Properties.Length;

    /// <summary>The value of a property, or null when there is none of that name.</summary>
    public JsonValue? this[string name] => TryGetValue(name, out var value) ? value : null;

    /// <summary>Looks a property up by its exact name.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out JsonValue? value)
    {
        var at = IndexOf(name);
        value = at < 0 ? null : Properties[at].Value;
        return at >= 0;
    }

    /// <summary>The same with a guess where the property is, which becomes where it was found.</summary>
    internal JsonValue? Find(string name, ref int guess)
    {
        var at = guess;
        if ((uint)at < (uint)Properties.Length && string.Equals(Properties[at].Key, name, StringComparison.Ordinal))
            return Properties[at].Value;
        at = IndexOf(name);
        if (at < 0)
            return null;
        guess = at;
        return Properties[at].Value;
    }

    /// <summary>A copy in which the property has the value: in its old place, or last when it is new.</summary>
    public JsonObject With(string name, JsonValue value)
    {
        var at = IndexOf(name);
        var property = KeyValuePair.Create(name, value);
        return new JsonObject(at < 0 ? Properties.Add(property) : Properties.SetItem(at, property));
    }

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is not JsonObject o || o.Count != Count)
            return false;
        foreach (var (name, value) in Properties)
        {
            if (!o.TryGetValue(name, out var theirs) || !value.Equals(theirs))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var (name, value) in Properties)
            hash = unchecked(hash + (StableHash.Of(name) * 31) + value.GetHashCode());
        return hash;
    }

    private int IndexOf(string name)
    {
        if (Properties.Length >= IndexedFrom)
            return (_index ??= BuildIndex()).TryGetValue(name, out var found) ? found : -1;
        for (var i = 0; i < Properties.Length; i++)
        {
            if (string.Equals(Properties[i].Key, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(Properties.Length, StringComparer.Ordinal);
        for (var i = 0; i < Properties.Length; i++)
            index[Properties[i].Key] = i;
        return index;
    }
}
