using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>Values as AWS puts them into a text: strings bare, objects as <c>{a=1, b=[]}</c>, arrays as <c>[1, x]</c>.</summary>
internal static class JavaText
{
    private const string Separator = ", ";

    /// <summary>Appends a value, or gives false when that is more work than an evaluation may do.</summary>
    public static bool TryAppend(JsonValue value, ref DefaultInterpolatedStringHandler text, ref EvaluationProgress progress)
    {
        switch (value)
        {
            case JsonObject o:
                return TryAppend(o, ref text, ref progress);
            case JsonArray array:
                return TryAppend(array, ref text, ref progress);
            default:
                var scalar = OfScalar(value);
                if (!progress.TrySpend(1 + scalar.Length))
                    return false;
                text.AppendLiteral(scalar);
                return true;
        }
    }

    private static string OfScalar(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        JsonNumber number => number.Text,
        JsonBoolean boolean => boolean.Value ? "true" : "false",
        _ => "null",
    };

    private static bool TryAppend(JsonObject o, ref DefaultInterpolatedStringHandler text, ref EvaluationProgress progress)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        text.AppendLiteral("{");
        for (var i = 0; i < o.Count; i++)
        {
            var (name, value) = o.Properties[i];
            if (!progress.TrySpend(1 + name.Length))
                return false;
            text.AppendLiteral(i == 0 ? "" : Separator);
            text.AppendLiteral(name);
            text.AppendLiteral("=");
            if (!TryAppend(value, ref text, ref progress))
                return false;
        }

        text.AppendLiteral("}");
        return true;
    }

    private static bool TryAppend(JsonArray array, ref DefaultInterpolatedStringHandler text, ref EvaluationProgress progress)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        text.AppendLiteral("[");
        for (var i = 0; i < array.Count; i++)
        {
            text.AppendLiteral(i == 0 ? "" : Separator);
            if (!TryAppend(array[i], ref text, ref progress))
                return false;
        }

        text.AppendLiteral("]");
        return true;
    }
}
