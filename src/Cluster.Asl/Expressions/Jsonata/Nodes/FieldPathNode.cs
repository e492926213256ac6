using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>
/// A path of nothing but fields, from the context item or from a variable on. As long as it goes from object to object no row of items is
/// needed; where it meets an array, the path is run as any other.
/// </summary>
/// <param name="level">How deep the path lies.</param>
/// <param name="first">The variable that it begins with, or null for the context item.</param>
/// <param name="fields">The fields.</param>
/// <param name="general">The same path for any input.</param>
internal sealed class FieldPathNode(int level, Node? first, ImmutableArray<NameNode> fields, ItemPathNode general) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        evaluation.Step();
        var value = first is null ? input : first.Evaluate(evaluation, frame, input);
        foreach (var field in fields)
        {
            if (value is not JsonObject o)
                return value is JsonArray ? general.Evaluate(evaluation, frame, input) : null;
            value = field.Find(o);
        }

        return value is JsonArray array && Sequences.IsSequence(array) ? general.Evaluate(evaluation, frame, input) : value;
    }
}
