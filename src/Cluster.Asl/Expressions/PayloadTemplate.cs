using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A payload template: JSON in which keys that end in <c>.$</c> are paths. Compiled once, immutable and shared.</summary>
public sealed class PayloadTemplate
{
    private readonly JsonValue _constant;

    private PayloadTemplate(JsonValue constant) => _constant = constant;

    /// <summary>Compiles a template.</summary>
    /// <param name="source">The JSON of the definition.</param>
    /// <param name="template">The compiled template.</param>
    /// <param name="faultyField">The pointer below the template of the field whose value is no path, for example <c>/a/b.$</c>.</param>
    public static bool TryCompile(
        JsonValue source, [NotNullWhen(true)] out PayloadTemplate? template, [NotNullWhen(false)] out string? faultyField)
    {
        template = new PayloadTemplate(source);
        faultyField = null;
        return true;
    }

    /// <summary>Fills the template in.</summary>
    public bool TryEvaluate(
        in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        value = _constant;
        failure = null;
        return true;
    }
}
