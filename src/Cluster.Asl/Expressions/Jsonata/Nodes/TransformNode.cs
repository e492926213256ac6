using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A transformation as it is written; evaluated, it becomes a function.</summary>
/// <param name="Pattern">What finds the objects to change, in a copy of the argument.</param>
/// <param name="Update">What gives the properties to set.</param>
/// <param name="UpdatePosition">Where the update stands.</param>
/// <param name="Delete">What gives the properties to remove, or null.</param>
/// <param name="DeletePosition">Where the deletion stands.</param>
/// <param name="CloneFunction">The variable <c>$clone</c>, which must hold a function.</param>
internal sealed record TransformParts(Node Pattern, Node Update, int UpdatePosition, Node? Delete, int DeletePosition, Node CloneFunction);

/// <summary>Makes a transformation.</summary>
internal sealed class TransformNode(TransformParts parts, int level) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        new TransformFunction(parts, level, frame);
}

/// <summary>A transformation: gives its argument with some objects in it changed.</summary>
internal sealed class TransformFunction(TransformParts parts, int level, Frame frame) : JsonataFunction
{
    private static readonly Signature Parameters = Signature.Parse("<(oa):o>");

    /// <inheritdoc/>
    public override int Arity => 1;

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        var mark = evaluation.Stack.Mark;
        var argument = Parameters.Bind(evaluation, name: null, input, arguments)[0];
        evaluation.Stack.Release(mark);
        if (argument is null)
            return null;
        evaluation.Enter(frame.Depth + level);
        if (parts.CloneFunction.Evaluate(evaluation, frame, input) is not JsonataFunction)
            throw JsonataErrors.Of("T2013");

        // The copy has each object once, so that an object is known by its identity.
        var copy = Copying.Copy(evaluation, argument);
        var matches = parts.Pattern.Evaluate(evaluation, frame, copy);
        if (matches is null)
            return copy;
        var edits = new ObjectEdits();
        if (matches is JsonArray array)
        {
            foreach (var match in array.Items)
                Change(evaluation, edits, match);
        }
        else
        {
            Change(evaluation, edits, matches);
        }

        return edits.Rebuild(evaluation, copy);
    }

    private void Change(Evaluation evaluation, ObjectEdits edits, JsonValue match)
    {
        evaluation.Step();
        var now = edits.Rebuild(evaluation, match);
        var update = parts.Update.Evaluate(evaluation, frame, now);
        if (update is not null and not JsonObject)
            throw JsonataErrors.Of("T2011", parts.UpdatePosition, value: update);
        if (update is JsonObject properties && match is JsonObject changed)
            edits.Set(evaluation, changed, properties);
        if (parts.Delete?.Evaluate(evaluation, frame, edits.Rebuild(evaluation, match)) is not { } names)
            return;
        if (names is JsonString name)
        {
            Delete(evaluation, edits, match, name);
            return;
        }

        if (names is not JsonArray list || list.Items.Any(item => item is not JsonString))
            throw JsonataErrors.Of("T2012", parts.DeletePosition, value: names);
        foreach (var item in list.Items)
            Delete(evaluation, edits, match, (JsonString)item);
    }

    private static void Delete(Evaluation evaluation, ObjectEdits edits, JsonValue match, JsonString name)
    {
        if (match is JsonObject o)
            edits.Delete(evaluation, o, name.Value);
    }
}
