using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.Format(template, …)</c>: the template with each <c>{}</c> replaced by an argument (A100).</summary>
internal sealed class FormatFunction() : IntrinsicFunction("States.Format", least: 1, most: int.MaxValue)
{
    public override bool MayGiveText => true;

    /// <summary>A literal template is read once, with the definition.</summary>
    public override IntrinsicNode Bind(ImmutableArray<IntrinsicNode> arguments) =>
        arguments is [LiteralNode { Source: { } source }, ..]
            ? new FormatNode(FormatTemplate.Of(source), arguments[1..])
            : base.Bind(arguments);

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonString source)
            return Refuse(1, "a string", ref progress);
        return progress.TrySpend(source.Value.Length)
            ? Fill(FormatTemplate.Of(source.Value), arguments[1..], ref progress)
            : null;
    }

    /// <summary>The filled template.</summary>
    public static JsonValue? Fill(FormatTemplate template, ReadOnlySpan<JsonValue> values, ref EvaluationProgress progress)
    {
        if (template.Fault is { } fault)
            return progress.Fail(fault);
        if (values.Length != template.Texts.Length - 1)
        {
            return progress.Fail(
                $"The template has {template.Texts.Length - 1} occurrences of {{}}, but there are {values.Length} arguments to fill them");
        }

        var text = new DefaultInterpolatedStringHandler(0, 0, provider: null, stackalloc char[256]);
        for (var i = 0; i < template.Texts.Length; i++)
        {
            if ((i > 0 && !JavaText.TryAppend(values[i - 1], ref text, ref progress)) || !progress.TrySpend(template.Texts[i].Length))
            {
                text.Clear();
                return null;
            }

            text.AppendLiteral(template.Texts[i]);
        }

        return new JsonString(text.ToStringAndClear());
    }

    /// <summary>A call whose template is known.</summary>
    private sealed class FormatNode(FormatTemplate template, ImmutableArray<IntrinsicNode> arguments) : IntrinsicNode
    {
        public override JsonValue? Evaluate(in EvaluationScope scope, ref EvaluationProgress progress)
        {
            var few = default(FewValues);
            var values = arguments.Length <= FewValues.Count ? few[..arguments.Length] : new JsonValue[arguments.Length];
            return FunctionNode.TryEvaluate(arguments, values, scope, ref progress) ? Fill(template, values, ref progress) : null;
        }
    }
}
