using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Nodes;

/// <summary>A lambda as it is written; evaluated, it becomes a function that sees the variables and the context item around it.</summary>
/// <param name="scope">Its variables.</param>
/// <param name="slots">The slots of its parameters.</param>
/// <param name="signature">What it takes, or null for anything.</param>
internal sealed class LambdaNode(VariableScope scope, ImmutableArray<int> slots, Signature? signature) : Node
{
    private Node? _body;

    public ImmutableArray<int> Slots => slots;

    public Signature? Signature => signature;

    public VariableScope Scope => scope;

    public Node Body => _body!;

    /// <summary>Gives the body, which is compiled after the node is known.</summary>
    public LambdaNode With(Node body)
    {
        _body = body;
        return this;
    }

    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) => new LambdaFunction(this, frame, input);
}

/// <summary>The call of a function.</summary>
internal sealed class InvocationNode(
    int position, string? name, int level, bool isTail, Node procedure, BuiltInFunction? meant, ImmutableArray<Node> arguments) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Sequences.Settle(EvaluateRaw(evaluation, frame, input));

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        var mark = evaluation.Stack.Mark;
        return Call(evaluation, frame, input, mark);
    }

    /// <summary>Calls the function with a first argument from the left of <c>~&gt;</c>.</summary>
    public JsonValue? EvaluateWith(Evaluation evaluation, Frame frame, JsonValue? input, JsonValue? first)
    {
        var mark = evaluation.Stack.Mark;
        evaluation.Stack.Push(first);
        return Call(evaluation, frame, input, mark);
    }

    /// <summary>Calls a function from the place of this call, so that its errors are told to lie here.</summary>
    public JsonValue? Apply(JsonataFunction function, Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> values)
    {
        try
        {
            return function.Apply(evaluation, input, values);
        }
        catch (JsonataException e) when (e.Locate(position, name))
        {
            throw;
        }
    }

    private JsonValue? Call(Evaluation evaluation, Frame frame, JsonValue? input, int mark)
    {
        evaluation.Enter(frame.Depth + level + 1);
        var callee = procedure.Evaluate(evaluation, frame, input);
        if (callee is null && meant is not null)
            throw JsonataErrors.Of("T1005", position, name);
        foreach (var argument in arguments)
            evaluation.Stack.Push(argument.Evaluate(evaluation, frame, input));
        if (callee is not JsonataFunction function)
            throw JsonataErrors.Of("T1006", position, name);
        if (isTail)
        {
            evaluation.TailFunction = function;
            evaluation.TailMark = mark;
            evaluation.TailInput = input;
            evaluation.TailCall = this;
            return TailMarker.Instance;
        }

        evaluation.Depth = frame.Depth + level;
        var result = Apply(function, evaluation, input, evaluation.Stack.Since(mark));
        evaluation.Stack.Release(mark);
        return result;
    }
}

/// <summary>The result of a lambda that ends with a call: the caller of the lambda makes that call instead.</summary>
internal sealed class TailMarker : JsonValue
{
    public static readonly TailMarker Instance = new();

    private TailMarker()
    {
    }

    public override JsonKind Kind => JsonataFunction.FunctionKind;

    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 1;
}

/// <summary>A call with question marks in the place of arguments: a function of those.</summary>
internal sealed class PartialNode(
    int position, string? name, int level, Node procedure, BuiltInFunction? meant, ImmutableArray<Node?> arguments) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var given = new JsonValue?[arguments.Length];
        for (var i = 0; i < given.Length; i++)
            given[i] = arguments[i] is { } argument ? argument.Evaluate(evaluation, frame, input) : Nothing.Instance;
        return procedure.Evaluate(evaluation, frame, input) switch
        {
            JsonataFunction function => new PartialFunction(function, given),
            null when meant is not null => throw JsonataErrors.Of("T1007", position, name),
            _ => throw JsonataErrors.Of("T1008", position, name),
        };
    }
}

/// <summary>What is on the left goes into the function on the right; two functions become one.</summary>
internal sealed class ApplyNode(int position, int level, Node left, Node right) : Node
{
    public override JsonValue? Evaluate(Evaluation evaluation, Frame frame, JsonValue? input) =>
        Sequences.Settle(EvaluateRaw(evaluation, frame, input));

    public override JsonValue? EvaluateRaw(Evaluation evaluation, Frame frame, JsonValue? input)
    {
        evaluation.Enter(frame.Depth + level);
        var value = left.Evaluate(evaluation, frame, input);
        if (right is InvocationNode call)
            return call.EvaluateWith(evaluation, frame, input, value);
        var other = right.Evaluate(evaluation, frame, input);
        if (other is not JsonataFunction function)
            throw JsonataErrors.Of("T2006", position, value: other);
        if (value is JsonataFunction first)
            return new ChainFunction(first, function);
        evaluation.Depth = frame.Depth + level;
        return function.Apply(evaluation, JsonValue.Null, new ReadOnlySpan<JsonValue?>(in value));
    }
}
