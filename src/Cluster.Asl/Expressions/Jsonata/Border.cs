using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>
/// What an expression made becomes a value like any other: nothing is remembered about its arrays, numbers that JSON does not have
/// become their names, and functions are refused. Only what the expression built is looked at, not the document.
/// </summary>
internal static class Border
{
    public static JsonataResult Leave(JsonValue value)
    {
        var clean = Clean(value);
        return clean is null
            ? new JsonataResult(JsonataOutcome.Function, Value: null, Error: null)
            : new JsonataResult(JsonataOutcome.Value, clean, Error: null);
    }

    /// <summary>The value without what is remembered about it, or null when there is a function in it.</summary>
    private static JsonValue? Clean(JsonValue value)
    {
        switch (value)
        {
            case JsonArray { Traits: not ArrayTraits.None } array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                array.Traits = ArrayTraits.None;
                return CleanItems(array);
            case JsonObject { IsFresh: true } o:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                o.IsFresh = false;
                return CleanMembers(o);
            case JsonNumber number:
                return number.IsJson ? number : new JsonString(number.Text);
            case JsonataFunction:
                return null;
            default:
                return value;
        }
    }

    private static JsonArray? CleanItems(JsonArray array)
    {
        JsonValue[]? items = null;
        for (var i = 0; i < array.Count; i++)
        {
            var clean = Clean(array[i]);
            if (clean is null)
                return null;
            if (ReferenceEquals(clean, array[i]))
                continue;
            items ??= [.. array.Items];
            items[i] = clean;
        }

        return items is null ? array : new JsonArray(ImmutableCollectionsMarshal.AsImmutableArray(items));
    }

    private static JsonObject? CleanMembers(JsonObject o)
    {
        KeyValuePair<string, JsonValue>[]? members = null;
        for (var i = 0; i < o.Count; i++)
        {
            var (name, value) = o.Properties[i];
            var clean = Clean(value);
            if (clean is null)
                return null;
            if (ReferenceEquals(clean, value))
                continue;
            members ??= [.. o.Properties];
            members[i] = KeyValuePair.Create(name, clean);
        }

        return members is null ? o : new JsonObject(ImmutableCollectionsMarshal.AsImmutableArray(members));
    }
}
