using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// The variables of one call of a lambda, one run of a block, or one item that carries variables along a path. Where each variable
/// lies is known when the expression is compiled.
/// </summary>
internal sealed class Frame
{
    private static readonly JsonValue?[] None = [];

    /// <summary>A frame in which nothing is bound.</summary>
    public Frame(int size, Frame? parent, int depth)
    {
        Slots = size == 0 ? None : new JsonValue?[size];
        Parent = parent;
        Depth = depth;
    }

    /// <summary>The variables and the item of another frame, with other frames around them.</summary>
    public Frame(Frame other, Frame parent)
    {
        Slots = other.Slots;
        Item = other.Item;
        Parent = parent;
        Depth = parent.Depth;
    }

    /// <summary>The values; null where nothing was ever bound, <see cref="Nothing"/> where undefined was.</summary>
    public JsonValue?[] Slots { get; }

    /// <summary>The frame around this one.</summary>
    public Frame? Parent { get; }

    /// <summary>How deep the call of the function lies whose parts run in this frame.</summary>
    public int Depth { get; }

    /// <summary>The item of a path that carries these variables.</summary>
    public JsonValue? Item { get; set; }

    /// <summary>Binds a variable; undefined counts as bound.</summary>
    public void Bind(int slot, JsonValue? value) => Slots[slot] = value ?? Nothing.Instance;
}

/// <summary>Undefined, where it must be told from a variable that was never bound.</summary>
internal sealed class Nothing : JsonValue
{
    public static readonly Nothing Instance = new();

    private Nothing()
    {
    }

    public override JsonKind Kind => JsonKind.Null;

    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}
