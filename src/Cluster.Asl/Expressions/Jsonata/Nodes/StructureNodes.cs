using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>Expressions one after the other; the last one's result is the block's.</summary>
/// <param name="scope">The block's variables, if they have a frame of their own.</param>
/// <param name="level">How deep the block lies.</param>
/// <param name="tuple">Whether items carry variables out of it.</param>
/// <param name="statements">The expressions.</param>
internal sealed class BlockNode(VariableScope scope, int level, bool tuple, ImmutableArray<Node> statements) : Node
{
    private Node? Last => statements.IsEmpty ? null : statements[^1];

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var inner = Begin(evaluation, frame, input);
        return statements.IsEmpty ? null : statements[^1].Evaluate(evaluation, inner, input);
    }

    /// <inheritdoc/>
    public override bool GivesTuples => tuple && Last is { GivesTuples: true };

    /// <inheritdoc/>
    public override List<Frame>? EvaluateTuples(Evaluation evaluation, Frame frame, JsonValue? input) =>
        statements[^1].EvaluateTuples(evaluation, Begin(evaluation, frame, input), input);

    /// <summary>Evaluates all expressions but the last one.</summary>
    /// <returns>The frame for the last one.</returns>
    private Frame Begin(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        if (!scope.HasFrame && statements.Length <= 1)
            return frame;
        evaluation.Step(statements.Length);
        var inner = scope.HasFrame ? evaluation.NewFrame(scope, frame, frame.Depth) : frame;
        for (var i = 0; i < statements.Length - 1; i++)
            statements[i].Evaluate(evaluation, inner, input);
        return inner;
    }
}

/// <summary>Either this or that.</summary>
internal sealed class ConditionNode(int level, Node condition, Node then, Node? otherwise) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        return condition.EvaluateTruth(evaluation, frame, input)
            ? then.Evaluate(evaluation, frame, input)
            : otherwise?.Evaluate(evaluation, frame, input);
    }
}

/// <summary>The left side where it is true, or with <paramref name="orNull"/> where it is anything; else the right side.</summary>
internal sealed class FallbackNode(bool orNull, int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var value = left.Evaluate(evaluation, frame, input);
        return (orNull ? value is not null : Operations.IsTrue(evaluation, value)) ? value : right.Evaluate(evaluation, frame, input);
    }
}

/// <summary>Items in brackets: arrays among them are flattened, unless they stand in brackets themselves.</summary>
internal sealed class ListNode(int level, bool isConstructed, ImmutableArray<Node> items, ImmutableArray<bool> keeps) : Node
{
    private readonly ArrayTraits _traits = isConstructed ? ArrayTraits.Fresh | ArrayTraits.Constructed : ArrayTraits.Fresh;

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var mark = evaluation.Stack.Mark;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Evaluate(evaluation, frame, input) is not { } value)
                continue;
            if (keeps[i])
                evaluation.Stack.Push(value);
            else
                Sequences.PushItems(evaluation, value);
        }

        var result = Sequences.Build(evaluation, evaluation.Stack.Since(mark), _traits);
        evaluation.Stack.Release(mark);
        return result;
    }
}

/// <summary>A binding of a variable; its value is the result.</summary>
internal sealed class BindNode(int slot, int level, Node value) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var result = value.Evaluate(evaluation, frame, input);

        // The frame is that of the scope: scopes without a frame of their own share the one around them.
        frame.Bind(slot, result);
        return result;
    }
}

/// <summary>What hangs on an expression that is no step: predicates, a grouping, and empty brackets.</summary>
internal sealed class DecoratedNode(Node inner, ImmutableArray<Predicate> predicates, GroupNode? group, bool keepArray) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Sequences.Settle(EvaluateRaw(evaluation, frame, input), keepArray);

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var result = inner.GivesTuples ? ItemsOf(evaluation, frame, input) : inner.EvaluateRaw(evaluation, frame, input);
        if (!inner.GivesTuples)
        {
            foreach (var predicate in predicates)
                result = predicate.Filter(evaluation, frame, result);
        }

        return group is null ? result : group.Build(evaluation, frame, result);
    }

    /// <inheritdoc/>
    public override bool GivesTuples => inner.GivesTuples && group is null;

    /// <inheritdoc/>
    public override List<Frame>? EvaluateTuples(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var tuples = inner.EvaluateTuples(evaluation, frame, input);
        if (tuples is null)
            return null;

        // They come from a frame further in; the predicates were compiled to find the one here around them.
        for (var i = 0; i < tuples.Count; i++)
            tuples[i] = new Frame(tuples[i], frame);
        foreach (var predicate in predicates)
            tuples = predicate.Filter(evaluation, tuples);
        return tuples;
    }

    private JsonArray ItemsOf(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var mark = evaluation.Stack.Mark;
        foreach (var tuple in EvaluateTuples(evaluation, frame, input) ?? [])
        {
            if (tuple.Item is { } item)
                evaluation.Stack.Push(item);
        }

        return Sequences.TakeSequence(evaluation, mark);
    }
}
