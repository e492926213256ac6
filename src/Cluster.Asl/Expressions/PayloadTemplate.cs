using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>
/// A payload template: JSON in which keys that end in <c>.$</c> are paths or calls of intrinsic functions. Compiled once, immutable and shared.
/// A string in an array is never a path; objects in arrays are templates.
/// </summary>
public sealed class PayloadTemplate
{
    private readonly TemplateNode _root;

    private PayloadTemplate(TemplateNode root) => _root = root;

    /// <summary>Compiles a template.</summary>
    /// <param name="source">The JSON of the definition.</param>
    /// <param name="template">The compiled template.</param>
    /// <param name="faults">The fields that cannot be compiled, in document order, the first of them where there are very many; empty when there is a template.</param>
    public static bool TryCompile(
        JsonValue source, [NotNullWhen(true)] out PayloadTemplate? template, out ImmutableArray<TemplateFault> faults)
    {
        var compiler = new TemplateCompiler();
        var root = compiler.Compile(source);
        faults = compiler.Faults;
        template = faults.IsEmpty ? new PayloadTemplate(root) : null;
        return template is not null;
    }

    /// <summary>Fills the template in. Parts without paths are shared with the definition, found values with the input.</summary>
    /// <param name="scope">What the paths read.</param>
    /// <param name="value">The filled template.</param>
    /// <param name="failure">The first definite path that leads nowhere, the first function that failed, or a result that nests too deep.</param>
    public bool TryEvaluate(
        in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        var progress = new EvaluationProgress();
        value = _root.Fill(scope, ref progress);
        failure = progress.Failure;
        if (value is not null)
            failure = EvaluationFailure.OfDepth(value);
        if (failure is not null)
            value = null;
        return failure is null;
    }
}
