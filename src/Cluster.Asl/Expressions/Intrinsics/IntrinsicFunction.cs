using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>One intrinsic function. Immutable: it is shared by all calls.</summary>
/// <param name="name">The name with its prefix, for example <c>States.UUID</c>.</param>
/// <param name="least">The fewest arguments.</param>
/// <param name="most">The most arguments.</param>
internal abstract class IntrinsicFunction(string name, int least, int most)
{
    public string Name { get; } = name;

    /// <summary>Whether the function gives a text, or may give one, so that a Fail state may use it (A16).</summary>
    public virtual bool MayGiveText => false;

    /// <summary>Makes a call of the function. A wrong number of arguments is a failure of the evaluation, not of the definition.</summary>
    public virtual IntrinsicNode Bind(ImmutableArray<IntrinsicNode> arguments) => new FunctionNode(this, arguments);

    public bool TakesCount(int count) => count >= least && count <= most;

    public JsonValue? RefuseCount(int count, ref EvaluationProgress progress) =>
        progress.Fail($"{Name} takes {Wanted()}, but was called with {count}");

    /// <summary>The result, or null with the failure in the progress.</summary>
    /// <param name="arguments">The values of the arguments, as many as the function takes.</param>
    /// <param name="scope">Where chance comes from.</param>
    /// <param name="progress">What the call spends.</param>
    public abstract JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress);

    /// <summary>The call fails because an argument is of the wrong kind or out of its range.</summary>
    /// <param name="position">Which argument, from 1.</param>
    /// <param name="wanted">What it must be, for example <c>an array</c>.</param>
    /// <param name="progress">Where the failure goes.</param>
    protected JsonValue? Refuse(int position, string wanted, ref EvaluationProgress progress) =>
        progress.Fail($"Argument {position} of {Name} must be {wanted}");

    private string Wanted() => (least, most) switch
    {
        (0, 0) => "no arguments",
        (_, int.MaxValue) => $"at least {least} argument{(least == 1 ? "" : "s")}",
        _ when least == most => $"{least} argument{(least == 1 ? "" : "s")}",
        _ => $"{least} to {most} arguments",
    };
}
