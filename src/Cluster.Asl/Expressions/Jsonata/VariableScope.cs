namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>The slots of a kind of frame.</summary>
internal sealed class FrameLayout
{
    /// <summary>The number of slots, once the whole expression is compiled.</summary>
    public int Size { get; private set; }

    public int Add() => Size++;
}

/// <summary>Where a variable of a scope lies, seen from a place in the expression.</summary>
/// <param name="Hops">How many frames out.</param>
/// <param name="Slot">The slot there.</param>
internal readonly record struct VariablePlace(int Hops, int Slot);

/// <summary>
/// The variables that an expression can see at one place: those of its block or lambda, then those around it. A block that runs at most
/// once in its frame's life keeps its variables in the frame around it.
/// </summary>
internal sealed class VariableScope
{
    private readonly Dictionary<string, int> _slots;
    private readonly VariableScope? _parent;
    private readonly bool _ownsFrame;
    private readonly bool _alwaysFrame;
    private readonly FrameLayout _layout;

    private VariableScope(VariableScope? parent, bool ownsFrame, bool alwaysFrame, FrameLayout layout, Dictionary<string, int> slots)
    {
        (_parent, _ownsFrame, _alwaysFrame, _layout, _slots) = (parent, ownsFrame, alwaysFrame, layout, slots);
    }

    /// <summary>Whether a frame is made for it. Known once the whole expression is compiled.</summary>
    public bool HasFrame => _ownsFrame && (_alwaysFrame || _layout.Size > 0);

    /// <summary>The slots of its frame.</summary>
    public int Size => _layout.Size;

    /// <summary>The scope of a whole expression.</summary>
    public static VariableScope Root() => OfLambda(parent: null);

    /// <summary>The scope of a lambda, which has a frame whatever it binds.</summary>
    public static VariableScope OfLambda(VariableScope? parent) =>
        new(parent, ownsFrame: true, alwaysFrame: true, new FrameLayout(), new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>The scope of a block.</summary>
    /// <param name="parent">What is around it.</param>
    /// <param name="mayRepeat">Whether it may run several times in the life of the frame around it.</param>
    public static VariableScope OfBlock(VariableScope parent, bool mayRepeat) => new(
        parent,
        ownsFrame: mayRepeat,
        alwaysFrame: false,
        mayRepeat ? new FrameLayout() : parent._layout,
        new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>The scope of a path whose items carry variables.</summary>
    /// <param name="parent">What is around it.</param>
    /// <param name="shared">The scope of the path that takes its items over with their variables, or null.</param>
    public static VariableScope OfPath(VariableScope parent, VariableScope? shared) => new(
        parent,
        ownsFrame: true,
        alwaysFrame: true,
        shared?._layout ?? new FrameLayout(),
        shared?._slots ?? new Dictionary<string, int>(StringComparer.Ordinal));

    /// <summary>The slot of a variable of this scope, made when it is new.</summary>
    public int Declare(string name)
    {
        if (!_slots.TryGetValue(name, out var slot))
            _slots[name] = slot = _layout.Add();
        return slot;
    }

    /// <summary>All places in which a variable may be bound, the nearest first. To be asked once the whole expression is compiled.</summary>
    public VariablePlace[] Find(string name)
    {
        var places = new List<VariablePlace>();
        var hops = 0;
        for (var scope = this; scope is not null; scope = scope._parent)
        {
            if (scope._slots.TryGetValue(name, out var slot))
                places.Add(new VariablePlace(hops, slot));
            if (scope.HasFrame)
                hops++;
        }

        return [.. places];
    }
}
