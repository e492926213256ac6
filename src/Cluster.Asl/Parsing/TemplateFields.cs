using System.Globalization;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>
/// Reads payload templates: Parameters, ItemSelector and ResultSelector. The specification wants an object; AWS takes an array, a text, a
/// number or a flag as well.
/// </summary>
internal static class TemplateFields
{
    private const string PathSuffix = ".$";

    public static PayloadTemplate? Read(ObjectReader state, string name)
    {
        if (!state.Source.TryGetValue(name, out var source))
            return null;
        var at = state.At.Field(name);
        if (source is JsonNull)
        {
            state.Diagnostics.Schema(at, "Expected value of type Object");
            return null;
        }

        if (PayloadTemplate.TryCompile(source, out var template, out var faults))
            return template;
        foreach (var fault in faults)
            Refuse(fault, Owner(source, at, fault.Pointer), state.Diagnostics);
        return null;
    }

    private static void Refuse(TemplateFault fault, Location owner, DiagnosticBag diagnostics)
    {
        if (fault.Reason is TemplateFaultReason.DuplicateField)
        {
            var plain = fault.FieldName[..^PathSuffix.Length];
            diagnostics.Schema(owner, $"There should only be one of the following fields: [{plain}, {fault.FieldName}]");
            return;
        }

        if (fault.Reason is not TemplateFaultReason.Variable || !PathFields.RefuseVariable(fault.Text, owner.Field(fault.FieldName), diagnostics))
            diagnostics.Schema(owner, NeitherPathNorCall(fault.FieldName));
    }

    /// <summary>AWS's words for a value that is neither.</summary>
    public static string NeitherPathNorCall(string field) =>
        $"The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call";

    /// <summary>The object that holds the faulty field; AWS names that one, not the field.</summary>
    private static Location Owner(JsonValue template, Location at, string pointer)
    {
        var value = template;
        foreach (var token in pointer.Split('/')[1..^1])
        {
            if (value is JsonArray array)
            {
                var index = int.Parse(token, CultureInfo.InvariantCulture);
                at = at.Item(index);
                value = array[index];
                continue;
            }

            var name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at.Field(name);
            value = ((JsonObject)value)[name]!;
        }

        return at;
    }
}
