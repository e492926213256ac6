using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>A compiled part of a call: a literal, a path, or a call again.</summary>
internal abstract class IntrinsicNode
{
    /// <summary>The value of the part, or null with the failure in the progress.</summary>
    public abstract JsonValue? Evaluate(in EvaluationScope scope, ref EvaluationProgress progress);
}

/// <summary>A literal.</summary>
/// <param name="value">Its value, escapes resolved.</param>
/// <param name="source">Of a string: what stands between the quotes, escapes as written.</param>
internal sealed class LiteralNode(JsonValue value, string? source = null) : IntrinsicNode
{
    public string? Source { get; } = source;

    public override JsonValue? Evaluate(in EvaluationScope scope, ref EvaluationProgress progress) => value;
}

/// <summary>A path.</summary>
internal sealed class PathArgument(JsonPath path) : IntrinsicNode
{
    public override JsonValue? Evaluate(in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (path.TryReadArgument(scope, out var value, out var failure))
            return value;
        progress.Failure = failure;
        return null;
    }
}

/// <summary>A call of a function that takes its arguments' values.</summary>
internal sealed class FunctionNode(IntrinsicFunction function, ImmutableArray<IntrinsicNode> arguments) : IntrinsicNode
{
    public override JsonValue? Evaluate(in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (!function.TakesCount(arguments.Length))
            return function.RefuseCount(arguments.Length, ref progress);
        var few = default(FewValues);
        var values = arguments.Length <= FewValues.Count ? few[..arguments.Length] : new JsonValue[arguments.Length];
        return TryEvaluate(arguments, values, scope, ref progress) ? function.Call(values, scope, ref progress) : null;
    }

    /// <summary>Evaluates arguments in their order, or gives false with the first failure in the progress.</summary>
    public static bool TryEvaluate(
        ImmutableArray<IntrinsicNode> arguments, Span<JsonValue> values, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Evaluate(scope, ref progress) is not { } value)
                return false;
            values[i] = value;
        }

        return true;
    }
}

/// <summary>Room on the stack for the arguments of nearly all calls.</summary>
[InlineArray(Count)]
internal struct FewValues
{
    public const int Count = 4;

    private JsonValue _first;
}
