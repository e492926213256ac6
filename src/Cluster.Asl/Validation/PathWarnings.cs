using System.Runtime.CompilerServices;
using Cluster.Asl.Json;
using Cluster.Asl.Parsing;

namespace Cluster.Asl.Validation;

/// <summary>Warns of constants that look as if a path or a call had been meant. AWS publishes the codes, not when it gives them.</summary>
internal static class PathWarnings
{
    private const string PathSuffix = ".$";

    private static readonly string[] Templates = ["Parameters", "ItemSelector", "ResultSelector"];

    /// <summary>Warns of the fields of one JSONPath state.</summary>
    public static void Check(ObjectReader state)
    {
        foreach (var name in Templates)
        {
            if (state.Source.TryGetValue(name, out var template))
                CheckTemplate(template, state.At.Field(name), state.Diagnostics);
        }

        if (state.Source.TryGetValue("Result", out var result) && HoldsPath(result))
            Warn(state, DiagnosticCodes.PassResultIsStatic, "Result", "Result is static: what looks like a path in it is not evaluated");
        foreach (var name in (ReadOnlySpan<string>)["Error", "Cause"])
            CheckConstant(state, name);
    }

    /// <summary>Warns of a constant field that has a twin whose name ends with Path; the twin itself is none.</summary>
    public static void CheckConstant(ObjectReader owner, string name)
    {
        if (!name.EndsWith("Path", StringComparison.Ordinal) && owner.Source.TryGetValue(name, out var value) && LooksEvaluated(value))
            Warn(owner, DiagnosticCodes.NoPath, name, $"The value of '{name}' looks like a path; its name would have to be '{name}Path'");
    }

    private static void CheckTemplate(JsonValue template, Location at, DiagnosticBag diagnostics)
    {
        if (template.Depth > 0)
            RuntimeHelpers.EnsureSufficientExecutionStack();
        if (template is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (array[i].Depth > 0)
                    CheckTemplate(array[i], at.Item(i), diagnostics);
            }
        }

        if (template is not JsonObject fields)
            return;
        foreach (var (name, value) in fields.Properties)
        {
            if (value.Depth > 0)
                CheckTemplate(value, at.Field(name), diagnostics);
            else if (LooksEvaluated(value) && !name.EndsWith(PathSuffix, StringComparison.Ordinal))
                diagnostics.Warn(DiagnosticCodes.NoDollar, $"The value of '{name}' looks like a path or an intrinsic function; its name would have to be '{name}{PathSuffix}'", at.Field(name));
        }
    }

    private static bool HoldsPath(JsonValue value)
    {
        if (value.Depth == 0)
            return LooksEvaluated(value);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return value switch
        {
            JsonObject o => o.Properties.Any(p => p.Key.EndsWith(PathSuffix, StringComparison.Ordinal) || HoldsPath(p.Value)),
            JsonArray array => array.Items.Any(HoldsPath),
            _ => false,
        };
    }

    private static bool LooksEvaluated(JsonValue value) => value is JsonString
    {
        Value: "$" or "$$" or ['$', '.' or '[', ..] or ['$', '$', '.' or '[', ..] or ['S', 't', 'a', 't', 'e', 's', '.', .., ')'],
    };

    private static void Warn(ObjectReader owner, string code, string field, string message) =>
        owner.Diagnostics.Warn(code, message, owner.At.Field(field));
}
