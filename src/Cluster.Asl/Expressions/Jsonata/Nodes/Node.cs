using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A compiled part of an expression; immutable and shared by all evaluations. Undefined is null.</summary>
internal abstract class Node
{
    /// <summary>Evaluates the part; a sequence of one is that one.</summary>
    /// <param name="evaluation">What may be spent, and the stack.</param>
    /// <param name="frame">The variables.</param>
    /// <param name="input">The context item.</param>
    public abstract JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input);

    /// <summary>Evaluates the part for a predicate behind it, which sees a sequence as it is.</summary>
    public virtual JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input) => Evaluate(evaluation, frame, input);

    /// <summary>Evaluates to a number without making a value of it, where that is possible.</summary>
    /// <returns>Whether <paramref name="number"/> is the result; else <paramref name="value"/> is.</returns>
    public virtual bool EvaluateNumber(Evaluation evaluation, Frame frame, JsonValue? input, out double number, out JsonValue? value)
    {
        value = Evaluate(evaluation, frame, input);
        if (value is JsonNumber n)
        {
            number = n.ToDouble();
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>Whether the part gives items that carry variables, in a path that asks for them.</summary>
    public virtual bool GivesTuples => false;

    /// <summary>Evaluates a part that <see cref="GivesTuples"/>.</summary>
    public virtual List<Frame>? EvaluateTuples(Evaluation evaluation, Frame frame, JsonValue? input) =>
        throw new InvalidOperationException("The part gives values.");

    /// <summary>Whether the result counts as true.</summary>
    public virtual bool EvaluateTruth(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Operations.IsTrue(evaluation, Evaluate(evaluation, frame, input));
}

/// <summary>A value written in the expression.</summary>
internal sealed class LiteralNode(JsonValue value) : Node
{
    public JsonValue Value => value;

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) => value;
}

/// <summary>The context item itself.</summary>
internal sealed class ContextNode : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        input is JsonArray array && (array.Traits & ArrayTraits.Outer) != ArrayTraits.None ? array[0] : Sequences.Settle(input);

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input) =>
        input is JsonArray array && (array.Traits & ArrayTraits.Outer) != ArrayTraits.None ? array[0] : input;
}

/// <summary>A field of the context item, or of each element where that is an array.</summary>
internal sealed class NameNode(string name) : Node
{
    // Where the field was found last: objects of a row mostly have it at the same place. Threads may overwrite each other's.
    private int _place;

    /// <summary>The field of an object, or null.</summary>
    public JsonValue? Find(JsonObject o) => o.Find(name, ref _place);

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        input is JsonObject o ? Find(o) : Sequences.Settle(Lookup(evaluation, input, name));

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input) => Lookup(evaluation, input, name);

    /// <summary>What <c>$lookup</c> does.</summary>
    public static JsonValue? Lookup(Evaluation evaluation, JsonValue? input, string name)
    {
        if (input is JsonObject o)
            return o[name];
        if (input is not JsonArray array)
            return null;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var mark = evaluation.Stack.Mark;
        foreach (var item in array.Items)
        {
            evaluation.Step();
            if (Lookup(evaluation, item, name) is { } found)
                Sequences.PushItems(evaluation, found);
        }

        return Sequences.TakeSequence(evaluation, mark);
    }
}

/// <summary>All values of the context item.</summary>
internal sealed class WildcardNode : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Sequences.Settle(EvaluateRaw(evaluation, frame, input));

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        if (input is JsonArray outer && (outer.Traits & ArrayTraits.Outer) != ArrayTraits.None)
            input = outer[0];
        var mark = evaluation.Stack.Mark;
        var appended = false;
        if (input is JsonObject o)
        {
            foreach (var (_, value) in o.Properties)
                appended |= Add(evaluation, value);
        }
        else if (input is JsonArray array)
        {
            foreach (var value in array.Items)
                appended |= Add(evaluation, value);
        }

        // Values of arrays make an array of it, which stays one even with a single element.
        return appended ? Sequences.TakeArray(evaluation, mark) : Sequences.TakeSequence(evaluation, mark);
    }

    private static bool Add(Evaluation evaluation, JsonValue value)
    {
        evaluation.Step();
        if (value is not JsonArray array)
        {
            evaluation.Stack.Push(value);
            return false;
        }

        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var item in array.Items)
            Add(evaluation, item);
        return true;
    }
}

/// <summary>The context item and all that lies in it.</summary>
internal sealed class DescendantNode : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        if (input is null)
            return null;
        var mark = evaluation.Stack.Mark;
        Add(evaluation, input);
        return Sequences.TakeResult(evaluation, mark, keepSingleton: false);
    }

    private static void Add(Evaluation evaluation, JsonValue value)
    {
        evaluation.Step();
        if (value is JsonArray array)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            foreach (var item in array.Items)
                Add(evaluation, item);
            return;
        }

        evaluation.Stack.Push(value);
        if (value is not JsonObject o)
            return;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var (_, member) in o.Properties)
            Add(evaluation, member);
    }
}
