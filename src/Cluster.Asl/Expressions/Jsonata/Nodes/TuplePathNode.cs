using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A step whose items may carry variables.</summary>
/// <param name="Step">The step.</param>
/// <param name="BeginsTuples">Whether items carry variables from here on, if they did not before.</param>
/// <param name="Focus">The slot of the variable that holds the item while the context stays what it was, or -1.</param>
/// <param name="Index">The slot of the variable that holds the index, or -1.</param>
/// <param name="Ancestor">The slot that holds the item that the step began with, for parent operators, or -1.</param>
internal sealed record TupleStep(ItemStep Step, bool BeginsTuples, int Focus, int Index, int Ancestor);

/// <summary>A path some of whose steps bind variables: each item is a frame, made of the frame of the item that it came from.</summary>
/// <param name="scope">The variables of the items.</param>
/// <param name="level">How deep the path lies.</param>
/// <param name="steps">The steps.</param>
/// <param name="isAbsolute">Whether it begins with a variable, so that an array as the context item is not gone through.</param>
/// <param name="beginsWithArray">Whether it begins with items in brackets, which are evaluated once and bind nothing.</param>
/// <param name="keepSingleton">Whether the result is an array even of one item.</param>
/// <param name="givesTuples">Whether the path around it takes the items over with their variables.</param>
/// <param name="group">The grouping behind it, or null.</param>
internal sealed class TuplePathNode(
    VariableScope scope,
    int level,
    ImmutableArray<TupleStep> steps,
    bool isAbsolute,
    bool beginsWithArray,
    bool keepSingleton,
    bool givesTuples,
    GroupNode? group) : Node
{
    /// <inheritdoc/>
    public override bool GivesTuples => givesTuples && group is null;

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var tuples = Run(evaluation, frame, input, out var whole);
        if (group is not null)
            return tuples is null ? group.BuildNone(evaluation, frame, scope) : group.Build(evaluation, frame, tuples, scope);
        if (tuples is null)
            return whole is null ? null : Sequences.SettleWhole(evaluation, whole, keepSingleton);
        var mark = evaluation.Stack.Mark;
        foreach (var tuple in tuples)
        {
            if (tuple.Item is { } item)
                evaluation.Stack.Push(item);
        }

        return Sequences.TakeResult(evaluation, mark, keepSingleton);
    }

    /// <inheritdoc/>
    public override List<Frame>? EvaluateTuples(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Run(evaluation, frame, input, out _);

    /// <summary>Runs all steps.</summary>
    /// <param name="evaluation">What may be spent, and the stack.</param>
    /// <param name="frame">The variables around the path.</param>
    /// <param name="input">The context item.</param>
    /// <param name="empty">Brackets with nothing in them, which end a path before its items carry variables.</param>
    /// <returns>The items, or null where the path ended before they carried variables.</returns>
    private List<Frame>? Run(Evaluation evaluation, Frame frame, JsonValue? input, out JsonArray? empty)
    {
        empty = null;
        evaluation.Enter(frame.Depth + level);
        var items = !isAbsolute && input is JsonArray array ? Sequences.Items(array) : new ReadOnlySpan<JsonValue?>(in input);
        var mark = evaluation.Stack.Mark;
        List<Frame>? tuples = null;
        var begun = false;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            begun |= step.BeginsTuples;
            var isArray = i == 0 && beginsWithArray;
            if (isArray || !begun)
            {
                var start = evaluation.Stack.Mark;
                var whole = isArray
                    ? StepRun.TakeArray(step.Step, evaluation, frame, input)
                    : StepRun.Take(step.Step, evaluation, frame, items, isLast: false);
                if (step.Focus < 0)
                    items = whole is null ? evaluation.Stack.Since(start) : Sequences.Items(whole);
                if (begun || items.Length > 0)
                    continue;
                empty = whole;
                break;
            }

            tuples = tuples is null && step.Step.Sort is { } sort
                ? Sorted(evaluation, frame, step, sort, items)
                : Advance(evaluation, frame, step, tuples ?? Wrap(evaluation, frame, items));
            foreach (var predicate in step.Step.Predicates)
                tuples = predicate.Filter(evaluation, tuples);
        }

        evaluation.Stack.Release(mark);
        return begun ? tuples ?? [] : null;
    }

    private List<Frame> Wrap(Evaluation evaluation, Frame frame, ReadOnlySpan<JsonValue?> items)
    {
        var tuples = new List<Frame>(items.Length);
        foreach (var item in items)
            tuples.Add(evaluation.NewFrame(scope, frame, frame.Depth, item));
        return tuples;
    }

    private List<Frame> Sorted(Evaluation evaluation, Frame frame, TupleStep step, SortNode sort, ReadOnlySpan<JsonValue?> items)
    {
        var start = evaluation.Stack.Mark;
        sort.Sort(evaluation, frame, items);
        var tuples = Wrap(evaluation, frame, evaluation.Stack.Since(start));
        for (var i = 0; i < tuples.Count && step.Index >= 0; i++)
            tuples[i].Bind(step.Index, JsonNumber.Of(i));
        return tuples;
    }

    private List<Frame> Advance(Evaluation evaluation, Frame frame, TupleStep step, List<Frame> tuples)
    {
        if (step.Step.Sort is { } sort)
            return sort.Sort(evaluation, tuples);
        var result = new List<Frame>();
        foreach (var tuple in tuples)
        {
            evaluation.Step();
            if (step.Step.Node.GivesTuples)
            {
                foreach (var inner in step.Step.Node.EvaluateTuples(evaluation, tuple, tuple.Item) ?? [])
                    result.Add(Merge(evaluation, frame, tuple, inner));
            }
            else if (step.Step.Node.Evaluate(evaluation, tuple, tuple.Item) is { } value)
            {
                AddAll(evaluation, frame, step, tuple, value, result);
            }

            evaluation.CheckItems(result.Count);
        }

        return result;
    }

    private void AddAll(Evaluation evaluation, Frame frame, TupleStep step, Frame tuple, JsonValue value, List<Frame> result)
    {
        if (value is not JsonArray array)
        {
            result.Add(Next(evaluation, frame, step, tuple, value, 0));
            return;
        }

        for (var i = 0; i < array.Count; i++)
            result.Add(Next(evaluation, frame, step, tuple, array[i], i));
    }

    private Frame Next(Evaluation evaluation, Frame frame, TupleStep step, Frame tuple, JsonValue value, int index)
    {
        var next = evaluation.NewFrame(scope, frame, frame.Depth, step.Focus < 0 ? value : tuple.Item);
        tuple.Slots.CopyTo(next.Slots, 0);
        if (step.Focus >= 0)
            next.Bind(step.Focus, value);
        if (step.Index >= 0)
            next.Bind(step.Index, JsonNumber.Of(index));
        if (step.Ancestor >= 0)
            next.Bind(step.Ancestor, tuple.Item);
        return next;
    }

    private Frame Merge(Evaluation evaluation, Frame frame, Frame tuple, Frame inner)
    {
        var merged = evaluation.NewFrame(scope, frame, frame.Depth, inner.Item);
        for (var i = 0; i < merged.Slots.Length; i++)
            merged.Slots[i] = inner.Slots[i] ?? tuple.Slots[i];
        return merged;
    }
}
