using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A step of a path: it is evaluated for each item that the step before it gave.</summary>
/// <param name="Node">What is evaluated.</param>
/// <param name="Field">The same where it is a field.</param>
/// <param name="Predicates">What selects among the results of one item.</param>
internal sealed record ItemStep(Node Node, NameNode? Field, ImmutableArray<Predicate> Predicates)
{
    /// <summary>Whether the step orders all items instead of looking at each.</summary>
    public SortNode? Sort => Node as SortNode;
}

/// <summary>
/// A path whose items are values. The items of a step lie on the evaluation's stack above those of the step before it, so that nothing
/// is allocated but the result.
/// </summary>
/// <param name="level">How deep the path lies.</param>
/// <param name="steps">The steps.</param>
/// <param name="isAbsolute">Whether it begins with a variable, so that an array as the context item is not gone through.</param>
/// <param name="beginsWithArray">Whether it begins with items in brackets, which are evaluated once.</param>
/// <param name="keepSingleton">Whether the result is an array even of one item.</param>
/// <param name="group">The grouping behind it, or null.</param>
internal sealed class ItemPathNode(
    int level, ImmutableArray<ItemStep> steps, bool isAbsolute, bool beginsWithArray, bool keepSingleton, GroupNode? group) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var mark = evaluation.Stack.Mark;
        var whole = Run(evaluation, frame, input, out var start);
        JsonValue? result;
        if (group is not null)
            result = whole is null ? group.Build(evaluation, frame, evaluation.Stack.Since(start)) : group.Build(evaluation, frame, whole);
        else if (whole is null)
            result = Sequences.TakeResult(evaluation, start, keepSingleton);
        else
            result = Sequences.SettleWhole(evaluation, whole, keepSingleton);
        evaluation.Stack.Release(mark);
        return result;
    }

    /// <summary>Runs all steps. The results lie on the stack from <paramref name="start"/> on.</summary>
    /// <returns>An array that is the result as it is; else null.</returns>
    private JsonArray? Run(Evaluation evaluation, Frame frame, JsonValue? input, out int start)
    {
        var items = !isAbsolute && input is JsonArray array ? Sequences.Items(array) : new ReadOnlySpan<JsonValue?>(in input);
        start = evaluation.Stack.Mark;
        for (var i = 0; i < steps.Length; i++)
        {
            var isLast = i == steps.Length - 1;
            start = evaluation.Stack.Mark;
            var whole = i == 0 && beginsWithArray
                ? StepRun.TakeArray(steps[0], evaluation, frame, input)
                : StepRun.Take(steps[i], evaluation, frame, items, isLast);
            if (whole is not null && (isLast || whole.Count == 0))
                return whole;
            items = whole is null ? evaluation.Stack.Since(start) : Sequences.Items(whole);
            if (items.Length == 0)
                return null;
        }

        return null;
    }
}
