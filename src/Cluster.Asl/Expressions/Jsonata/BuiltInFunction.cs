using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>What a built-in function does. Undefined is null, both ways.</summary>
/// <param name="evaluation">For calls of functions, chance, the clock and what may still be spent.</param>
/// <param name="arguments">
/// Checked by the signature, the context item already in its place, and as many as the signature has parameters: those not passed are null.
/// </param>
internal delegate JsonValue? BuiltInBody(Evaluation evaluation, ReadOnlySpan<JsonValue?> arguments);

/// <summary>
/// A built-in function. Each family in <c>Functions/</c> has a table <c>All</c> of them, and <see cref="BuiltInFunctions"/> gathers
/// the families.
/// </summary>
/// <param name="name">The name without the dollar.</param>
/// <param name="signature">The parameters in the reference's notation, for example <c>&lt;s-nn?:s&gt;</c>.</param>
/// <param name="body">What it does.</param>
/// <param name="arity">How many arguments functions like <c>$map</c> may pass to it, where that is not the number of its parameters.</param>
internal sealed class BuiltInFunction(string name, string signature, BuiltInBody body, int? arity = null) : JsonataFunction
{
    /// <summary>What a call takes, whatever it does, in steps.</summary>
    private const int StepsOfCall = 4;

    private readonly Signature _signature = Signature.Parse(signature);

    public string Name { get; } = name;

    /// <inheritdoc/>
    public override int Arity => arity ?? _signature.Count;

    /// <inheritdoc/>
    public override JsonValue? Apply(Evaluation evaluation, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        var mark = evaluation.Stack.Mark;
        var depth = evaluation.Depth;
        evaluation.Step(StepsOfCall);
        var result = body(evaluation, _signature.Bind(evaluation, Name, input, arguments));
        evaluation.Stack.Release(mark);
        evaluation.Depth = depth;
        return result;
    }
}
