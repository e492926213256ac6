using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads payload templates: Parameters and ResultSelector.</summary>
internal static class TemplateFields
{
    private const string PathSuffix = ".$";

    public static PayloadTemplate? Read(ObjectReader state, string name)
    {
        if (!state.Source.TryGetValue(name, out var source))
            return null;
        var at = state.At.Field(name);
        if (source is not JsonObject)
        {
            state.Diagnostics.Schema(at, "Expected value of type Object");
            return null;
        }

        if (!Check(source, at, state.Diagnostics))
            return null;
        if (PayloadTemplate.TryCompile(source, out var template, out var faults))
            return template;
        foreach (var fault in faults)
            Refuse(fault.FieldName, at, state.Diagnostics);
        return null;
    }

    private static bool Check(JsonValue value, Location at, DiagnosticBag diagnostics)
    {
        var sound = true;
        switch (value)
        {
            case JsonObject o:
                foreach (var (name, inner) in o.Properties)
                {
                    sound &= name.EndsWith(PathSuffix, StringComparison.Ordinal)
                        ? CheckPath(o, name, inner, at, diagnostics)
                        : inner is not (JsonObject or JsonArray) || Check(inner, at.Field(name), diagnostics);
                }

                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                    sound &= array[i] is not (JsonObject or JsonArray) || Check(array[i], at.Item(i), diagnostics);
                break;
        }

        return sound;
    }

    private static bool CheckPath(JsonObject owner, string name, JsonValue value, Location at, DiagnosticBag diagnostics)
    {
        var plain = name[..^PathSuffix.Length];
        if (owner.TryGetValue(plain, out _))
        {
            diagnostics.Schema(at, $"There should only be one of the following fields: [{plain}, {name}]");
            return false;
        }

        if (value is not JsonString text)
        {
            Refuse(name, at, diagnostics);
            return false;
        }

        if (PathFields.RefuseUnbuilt(text.Value, at.Field(name), diagnostics))
            return false;
        if (JsonPath.TryParse(text.Value, out _))
            return true;
        Refuse(name, at, diagnostics);
        return false;
    }

    private static void Refuse(string field, Location at, DiagnosticBag diagnostics) =>
        diagnostics.Schema(at, $"The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call");
}
