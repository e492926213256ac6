using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A variable of the expression, of the caller, or a built-in function: the nearest that is bound when it is read.</summary>
/// <param name="name">The name without the dollar; what a parent operator reads has a name, too.</param>
/// <param name="global">The number of the name among those that are asked of the caller, or -1 for none.</param>
/// <param name="builtIn">The built-in function of that name, or null.</param>
internal sealed class VariableNode(string name, int global, BuiltInFunction? builtIn) : Node
{
    private VariablePlace[] _places = [];

    public string Name => name;

    /// <summary>Finds the places in which the variable may lie, once all are known.</summary>
    public void Resolve(VariablePlace[] places) => _places = places;

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Sequences.Settle(EvaluateRaw(evaluation, frame, input));

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        foreach (var place in _places)
        {
            var at = frame;
            for (var i = place.Hops; i > 0; i--)
                at = at.Parent!;
            if (at.Slots[place.Slot] is { } value)
                return ReferenceEquals(value, Nothing.Instance) ? null : value;
        }

        return global < 0 ? null : evaluation.Global(global, name, builtIn);
    }
}
