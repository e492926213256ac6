using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads the fields whose values are paths.</summary>
internal static class PathFields
{
    /// <summary>InputPath or OutputPath.</summary>
    public static PathField Document(ObjectReader state, string name)
    {
        if (!state.Source.TryGetValue(name, out var value))
            return PathField.Root;
        if (value is JsonNull)
            return PathField.Discard;
        return Path(state, name) is { } path ? new PathField(path) : PathField.Root;
    }

    /// <summary>ResultPath.</summary>
    public static ResultPathField Result(ObjectReader state)
    {
        const string name = "ResultPath";
        if (!state.Source.TryGetValue(name, out var value))
            return ResultPathField.Root;
        if (value is JsonNull)
            return ResultPathField.Discard;
        if (state.Text(name) is not { } text)
            return ResultPathField.Root;
        if (ReferencePath.TryParse(text, out var path))
            return new ResultPathField(path);
        state.Refuse(name, text.StartsWith('$') ? "Value is not a Reference Path" : "Value must be a valid JSONPath.");
        return ResultPathField.Root;
    }

    /// <summary>A field that holds a path into the input or the context object.</summary>
    public static JsonPath? Path(ObjectReader state, string name) =>
        state.Text(name) is { } text && !RefuseVariable(text, state.At.Field(name), state.Diagnostics) ? Parse(state, name, text) : null;

    /// <summary>A field that holds a path, or a call of an intrinsic function that may give a text: ErrorPath and CausePath.</summary>
    public static PathOrCall? PathOrCall(ObjectReader state, string name)
    {
        if (state.Text(name) is not { } text)
            return null;
        if (text.StartsWith('$'))
            return Path(state, name) is { } path ? new PathOrCall(path, Call: null) : null;
        if (IntrinsicCall.TryParse(text, out var call, out var variable) && call.Function.MayGiveText)
            return new PathOrCall(Path: null, call);
        if (variable is null || !RefuseVariable(variable, state.At.Field(name), state.Diagnostics))
            state.Diagnostics.Schema(state.At, TemplateFields.NeitherPathNorCall(name));
        return null;
    }

    /// <summary>A path that names one value, as conditions compare it.</summary>
    public static JsonPath? Reference(ObjectReader rule, string name)
    {
        if (rule.Text(name) is not { } text)
            return null;
        if (RefuseVariable(text, rule.At.Field(name), rule.Diagnostics))
            return null;
        if (JsonPath.TryParse(text, out var path) && path.IsDefinite)
            return path;
        rule.Refuse(name, NotAReference(text));
        return null;
    }

    private static JsonPath? Parse(ObjectReader state, string name, string text)
    {
        if (JsonPath.TryParse(text, out var path))
            return path;
        state.Refuse(name, "Value must be a valid JSONPath.");
        return null;
    }

    /// <summary>Whether a text is a variable, which is refused until they are built.</summary>
    public static bool RefuseVariable(string text, Location at, DiagnosticBag diagnostics)
    {
        if (text.Length < 2 || text[0] != '$' || !(char.IsLetter(text[1]) || text[1] == '_'))
            return false;
        diagnostics.NotSupportedYet(at, $"Variable reference '{text}'");
        return true;
    }

    private static string NotAReference(string text) =>
        text.StartsWith('$') ? "Value is not a Reference Path" : "Value is not a Reference Path: Reference path didn't start with '$'";
}
