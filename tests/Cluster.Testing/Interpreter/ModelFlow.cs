using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cluster.Testing.Interpreter;

/// <summary>The data flow of a state in the model: the few paths, templates and rules that tame machines have.</summary>
internal sealed partial class ModelFlow(JsonNode? data, JsonNode? executionInput, string state, int index = -1, JsonNode? item = null)
{
    public JsonNode? Data => data;

    public ModelFlow Of(int itemIndex, JsonNode? itemValue) => new(data, executionInput, state, itemIndex, itemValue);

    public bool TryRead(string path, out JsonNode? value) => TryRead(path, data, out value);

    /// <summary>A template on a document; without one, the document.</summary>
    public ModelEnd Fill(JsonNode? template, JsonNode? document)
    {
        if (template is null)
            return ModelEnd.Success(document?.DeepClone());
        return TryFill(template, document, out var filled) ? ModelEnd.Success(filled) : ModelEnd.Runtime;
    }

    /// <summary>ResultPath of a state or catcher.</summary>
    public static ModelEnd Place(JsonNode owner, JsonNode? data, JsonNode? result)
    {
        if (!((JsonObject)owner).TryGetPropertyValue("ResultPath", out var field))
            return ModelEnd.Success(result?.DeepClone());
        if (field is null)
            return ModelEnd.Success(data?.DeepClone());
        var names = field.GetValue<string>().Split('.')[1..];
        var placed = data?.DeepClone();
        var at = placed;
        for (var i = 0; i < names.Length; i++)
        {
            if (at is not JsonObject o)
                return ModelEnd.Failure("States.ResultPathMatchFailure", cause: null) with { IsVague = true, IsFinal = owner["Type"] is null };
            if (i == names.Length - 1)
                o[names[i]] = result?.DeepClone();
            else if (!o.ContainsKey(names[i]))
                o[names[i]] = new JsonObject();
            at = o[names[i]];
        }

        return ModelEnd.Success(placed);
    }

    public ModelEnd Wait(JsonNode wait)
    {
        if (wait["SecondsPath"] is { } seconds && (!TryRead(seconds.GetValue<string>(), out var n) || n is not JsonValue || !Whole().IsMatch(n.ToJsonString())))
            return ModelEnd.Runtime;
        return wait["TimestampPath"] is { } at && !(TryRead(at.GetValue<string>(), out var t) && IsText(t, out var text) && Time().IsMatch(text))
            ? ModelEnd.Runtime
            : ModelEnd.Success(data);
    }

    public ModelEnd Fail(JsonNode fail)
    {
        if (fail["ErrorPath"] is not null)
            return ModelEnd.Runtime;
        var cause = fail["Cause"]?.GetValue<string>();
        if (fail["CausePath"] is { } path && !(TryRead(path.GetValue<string>(), out var found) && IsText(found, out cause)))
            return ModelEnd.Runtime;
        return ModelEnd.Failure(fail["Error"]?.GetValue<string>(), cause) with { IsFinal = true };
    }

    public ModelEnd Choose(JsonNode choice)
    {
        foreach (var rule in (JsonArray)choice["Choices"]!)
        {
            if (!TryRead(rule!["Variable"]!.GetValue<string>(), out var value))
                return ModelEnd.Runtime;
            if (value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.Number && double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) < rule["NumericLessThan"]!.GetValue<double>())
                return ModelEnd.Success(data) with { Next = rule["Next"]!.GetValue<string>() };
        }

        return ModelEnd.Success(data) with { Next = choice["Default"]!.GetValue<string>() };
    }

    private bool TryFill(JsonNode? template, JsonNode? document, out JsonNode? filled)
    {
        filled = template?.DeepClone();
        if (template is not JsonObject members)
            return true;
        var made = new JsonObject();
        filled = made;
        foreach (var (name, member) in members)
        {
            JsonNode? value;
            if (name.EndsWith(".$", StringComparison.Ordinal) ? !TryRead(member!.GetValue<string>(), document, out value) : !TryFill(member, document, out value))
                return false;
            made[name.EndsWith(".$", StringComparison.Ordinal) ? name[..^2] : name] = value?.DeepClone();
        }

        return true;
    }

    private bool TryRead(string path, JsonNode? document, out JsonNode? value)
    {
        value = path switch
        {
            "$$.Execution.Input" => executionInput,
            "$$.State.Name" => state,
            "$$.Map.Item.Index" => index,
            "$$.Map.Item.Value" => item,
            _ => document,
        };
        if (path.StartsWith("$$", StringComparison.Ordinal) || path == "$")
            return true;
        if (path == "$.l[*]")
        {
            value = document is JsonObject o && o["l"] is JsonArray l ? l.DeepClone() : new JsonArray();
            return true;
        }

        foreach (var name in path.Replace("['t']", ".t", StringComparison.Ordinal).Replace("[0]", ".0", StringComparison.Ordinal).Split('.')[1..])
        {
            if (value is JsonArray array && name == "0" && array.Count > 0)
                value = array[0];
            else if (value is not JsonObject member || !member.TryGetPropertyValue(name, out value))
                return false;
        }

        return true;
    }

    private static bool IsText(JsonNode? node, out string text)
    {
        var isText = node is JsonValue && node.GetValueKind() == System.Text.Json.JsonValueKind.String;
        text = isText ? node!.GetValue<string>() : "";
        return isText;
    }

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex Whole();

    [GeneratedRegex("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$")]
    private static partial Regex Time();
}
