using System.Runtime.CompilerServices;
using Cluster.Asl.Expressions.Jsonata.Nodes;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>A lambda with what it saw where it was made.</summary>
internal sealed class LambdaFunction(LambdaNode code, Frame around, JsonValue? context) : JsonataFunction
{
    /// <summary>What a call takes, whatever the lambda does, in steps.</summary>
    private const int StepsOfCall = 2;

    /// <inheritdoc/>
    public override int Arity => code.Slots.Length;

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = evaluation.Depth;
        var mark = evaluation.Stack.Mark;
        var lambda = this;

        // A call that a lambda ends with is made here, in its place: such recursion is a loop.
        while (true)
        {
            evaluation.Step(StepsOfCall);
            var result = lambda.Run(evaluation, input, arguments, depth, mark);
            if (!ReferenceEquals(result, TailMarker.Instance))
            {
                evaluation.Depth = depth;
                return result;
            }

            var call = evaluation.TailCall!;
            arguments = evaluation.Stack.Since(evaluation.TailMark);
            input = evaluation.TailInput;
            if (evaluation.TailFunction is not LambdaFunction next)
            {
                evaluation.Depth = depth;
                // A sequence stays one, as the reference has it: $map of a lambda that ends with $filter gives arrays.
                result = call.Apply(evaluation.TailFunction!, evaluation, input, arguments);
                evaluation.Stack.Release(mark);
                evaluation.Depth = depth;
                return result;
            }

            lambda = next;
        }
    }

    private JsonValue? Run(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments, int depth, int mark)
    {
        if (code.Signature is { } signature)
            arguments = signature.Bind(evaluation, name: null, input, arguments);
        var frame = evaluation.NewFrame(code.Scope, around, depth);
        var slots = code.Slots;
        for (var i = 0; i < slots.Length; i++)
            frame.Bind(slots[i], i < arguments.Length ? arguments[i] : null);

        // The arguments of a call that a lambda ended with lie above the mark.
        evaluation.Stack.Release(mark);
        return code.Body.Evaluate(evaluation, frame, context);
    }
}

/// <summary>A function some of whose arguments are given.</summary>
/// <param name="function">The function.</param>
/// <param name="given">Its arguments, with <see cref="Nothing"/> in the place of those that are still to come.</param>
internal sealed class PartialFunction(JsonataFunction function, JsonValue?[] given) : JsonataFunction
{
    /// <inheritdoc/>
    public override int Arity { get; } = given.Count(value => ReferenceEquals(value, Nothing.Instance));

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var mark = evaluation.Stack.Mark;
        var next = 0;
        foreach (var value in given)
        {
            if (!ReferenceEquals(value, Nothing.Instance))
                evaluation.Stack.Push(value);
            else
                evaluation.Stack.Push(next < arguments.Length ? arguments[next++] : null);
        }

        var result = function.Apply(evaluation, input, evaluation.Stack.Since(mark));
        evaluation.Stack.Release(mark);
        return result;
    }
}

/// <summary>Two functions one after the other.</summary>
internal sealed class ChainFunction(JsonataFunction first, JsonataFunction second) : JsonataFunction
{
    /// <inheritdoc/>
    public override int Arity => 1;

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var depth = evaluation.Depth;
        var between = Sequences.Settle(first.Apply(evaluation, JsonValue.Null, arguments));
        evaluation.Depth = depth;
        return second.Apply(evaluation, JsonValue.Null, new ReadOnlySpan<JsonValue?>(in between));
    }
}
