using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>Functions of objects and of any value.</summary>
internal static class ObjectFunctions
{
    private const string ErrorSentence = "$error() function evaluated";
    private const string AssertSentence = "$assert() statement failed";

    public static readonly BuiltInFunction[] All =
    [
        new("keys", "<x-:a<s>>", (evaluation, a) => Keys(evaluation, a[0])),
        new("lookup", "<x-s:x>", (evaluation, a) => a[1] is JsonString name ? Nodes.NameNode.Lookup(evaluation, a[0], name.Value) : null),
        new("spread", "<x-:a<o>>", (evaluation, a) => Spread(evaluation, a[0])),
        new("merge", "<a<o>:o>", (evaluation, a) => Merge(evaluation, a[0])),
        new("clone", "<(oa)-:o>", (evaluation, a) => a[0] is null ? null : Copying.Copy(evaluation, a[0]!)),
        new("exists", "<x:b>", (_, a) => JsonBoolean.Of(a[0] is not null)),
        new("boolean", "<x-:b>", (evaluation, a) => a[0] is null ? null : JsonBoolean.Of(Operations.IsTrue(evaluation, a[0]))),
        new("not", "<x-:b>", (evaluation, a) => a[0] is null ? null : JsonBoolean.Of(!Operations.IsTrue(evaluation, a[0]))),
        new("type", "<x:s>", (_, a) => TypeOf(a[0]) is { } name ? new JsonString(name) : null),
        new("error", "<s?:x>", (_, a) => throw JsonataErrors.Of("D3137", message: TextOr(a[0], ErrorSentence))),
        new("assert", "<bs?:x>", (evaluation, a) =>
            Operations.IsTrue(evaluation, a[0]) ? null : throw JsonataErrors.Of("D3141", message: TextOr(a[1], AssertSentence))),
    ];

    /// <summary>The word for what a value is, or null for undefined.</summary>
    public static string? TypeOf(JsonValue? value) => value switch
    {
        null => null,
        JsonNull => "null",
        JsonNumber => "number",
        JsonString => "string",
        JsonBoolean => "boolean",
        JsonArray => "array",
        JsonObject => "object",
        _ => "function",
    };

    private static string TextOr(JsonValue? text, string otherwise) => text is JsonString { Value.Length: > 0 } given ? given.Value : otherwise;

    private static JsonArray Keys(Evaluation evaluation, JsonValue? value)
    {
        var mark = evaluation.Stack.Mark;
        if (value is JsonObject o)
        {
            evaluation.Step(o.Count);
            foreach (var (name, _) in o.Properties)
                evaluation.Stack.Push(new JsonString(name));
        }
        else if (value is JsonArray array)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            AddKeys(evaluation, array, seen);
        }

        return Sequences.TakeSequence(evaluation, mark);
    }

    private static void AddKeys(Evaluation evaluation, JsonArray array, HashSet<string> seen)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var item in array.Items)
        {
            evaluation.Step();
            if (item is JsonArray inner)
                AddKeys(evaluation, inner, seen);
            if (item is not JsonObject o)
                continue;
            evaluation.Step(o.Count);
            foreach (var (name, _) in o.Properties)
            {
                if (seen.Add(name))
                    evaluation.Stack.Push(new JsonString(name));
            }
        }
    }

    private static JsonValue? Spread(Evaluation evaluation, JsonValue? value)
    {
        if (value is not (JsonObject or JsonArray))
            return value;
        var mark = evaluation.Stack.Mark;
        PushSpread(evaluation, value);

        // What comes from an array stays one.
        return value is JsonArray { Count: > 0 } ? Sequences.TakeArray(evaluation, mark) : Sequences.TakeSequence(evaluation, mark);
    }

    private static void PushSpread(Evaluation evaluation, JsonValue value)
    {
        evaluation.Step();
        if (value is JsonArray array)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            foreach (var item in array.Items)
                PushSpread(evaluation, item);
        }
        else if (value is JsonObject o)
        {
            evaluation.Step(o.Count);
            foreach (var property in o.Properties)
                evaluation.Stack.Push(Sequences.Object([property]));
        }
        else
        {
            evaluation.Stack.Push(value);
        }
    }

    private static JsonObject? Merge(Evaluation evaluation, JsonValue? value)
    {
        if (value is not JsonArray objects)
            return null;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var members = new List<KeyValuePair<string, JsonValue>>();
        foreach (var item in objects.Items)
        {
            var o = (JsonObject)item;
            evaluation.Step(o.Count + 1);
            foreach (var property in o.Properties)
            {
                if (places.TryAdd(property.Key, members.Count))
                    members.Add(property);
                else
                    members[places[property.Key]] = property;
            }
        }

        evaluation.SpendItems(members.Count);
        return Sequences.Object([.. members]);
    }
}
