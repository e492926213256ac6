using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>What an expression of a JSONPath state may look at.</summary>
/// <param name="Input">The document that <c>$</c> names.</param>
/// <param name="Context">The context object that <c>$$</c> names.</param>
public readonly record struct EvaluationScope(JsonValue Input, ContextObject Context);

/// <summary>
/// An expression that could not be evaluated: a workflow error, told as a value.
/// </summary>
/// <param name="Error">The error name, for example <c>States.Runtime</c>.</param>
/// <param name="Detail">
/// AWS's text behind the prefix "An error occurred while executing the state 'X' (entered at the event id #N). ",
/// which the interpreter adds.
/// </param>
public sealed record EvaluationFailure(string Error, string Detail);
