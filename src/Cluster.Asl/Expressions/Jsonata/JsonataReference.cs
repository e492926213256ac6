namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>A variable that an expression reads, whether it binds it itself or not.</summary>
/// <param name="Variable">The name without the dollar.</param>
/// <param name="Field">The field that is taken of it at once, as <c>input</c> in <c>$states.input</c>; null where it is read without one.</param>
public readonly record struct JsonataReference(string Variable, string? Field);
