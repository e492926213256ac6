using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// A function as a value: a lambda, a built-in function, a regular expression, a transformation, or what one of these was made into.
/// It lives inside an evaluation and never leaves it: results that hold one are refused at the border.
/// </summary>
internal abstract class JsonataFunction : JsonValue
{
    /// <summary>Tells functions from JSON; no value outside of an evaluation has this kind.</summary>
    public const JsonKind FunctionKind = (JsonKind)byte.MaxValue;

    public sealed override JsonKind Kind => FunctionKind;

    /// <summary>The number of parameters: callers like <c>$map</c> pass no more arguments than these.</summary>
    public abstract int Arity { get; }

    /// <summary>Calls the function with checked depth and steps. Undefined is null, both ways.</summary>
    /// <param name="evaluation">The evaluation that the function lives in.</param>
    /// <param name="input">The context item at the place of the call.</param>
    /// <param name="arguments">What is passed; missing arguments are undefined.</param>
    public abstract JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments);

    public sealed override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    public sealed override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
