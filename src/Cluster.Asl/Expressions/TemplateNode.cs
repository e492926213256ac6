using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A compiled part of a payload template.</summary>
internal abstract class TemplateNode
{
    /// <summary>Fills the part in, or gives null with the failure.</summary>
    public abstract JsonValue? Fill(in EvaluationScope scope, ref EvaluationProgress progress);
}

/// <summary>A part with nothing to fill in: the definition's own value, shared by all that is made from it.</summary>
internal sealed class ConstantNode(JsonValue value) : TemplateNode
{
    public JsonValue Value { get; } = value;

    public override JsonValue? Fill(in EvaluationScope scope, ref EvaluationProgress progress) => Value;
}

/// <summary>The value of a key that ends in <c>.$</c>.</summary>
internal sealed class PathNode(JsonPath path, string field) : TemplateNode
{
    public override JsonValue? Fill(in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (path.TryReadField(scope, field, out var value, out var missed))
            return value;
        progress.Failure = missed;
        return null;
    }
}

/// <summary>The value of a key that ends in <c>.$</c> and calls an intrinsic function.</summary>
internal sealed class CallNode(IntrinsicCall call) : TemplateNode
{
    public override JsonValue? Fill(in EvaluationScope scope, ref EvaluationProgress progress) => call.Evaluate(scope, ref progress);
}

/// <summary>An object with something to fill in.</summary>
internal sealed class ObjectNode(ImmutableArray<KeyValuePair<string, TemplateNode>> members) : TemplateNode
{
    public override JsonValue? Fill(in EvaluationScope scope, ref EvaluationProgress progress)
    {
        var filled = new KeyValuePair<string, JsonValue>[members.Length];
        for (var i = 0; i < filled.Length; i++)
        {
            if (members[i].Value.Fill(scope, ref progress) is not { } value)
                return null;
            filled[i] = KeyValuePair.Create(members[i].Key, value);
        }

        return new JsonObject(ImmutableCollectionsMarshal.AsImmutableArray(filled));
    }
}

/// <summary>An array with something to fill in.</summary>
internal sealed class ArrayNode(ImmutableArray<TemplateNode> items) : TemplateNode
{
    public override JsonValue? Fill(in EvaluationScope scope, ref EvaluationProgress progress)
    {
        var filled = new JsonValue[items.Length];
        for (var i = 0; i < filled.Length; i++)
        {
            if (items[i].Fill(scope, ref progress) is not { } value)
                return null;
            filled[i] = value;
        }

        return new JsonArray(ImmutableCollectionsMarshal.AsImmutableArray(filled));
    }
}
