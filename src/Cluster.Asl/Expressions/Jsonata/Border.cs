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

    /// <summary>
    /// The value without what is remembered about it, or null when there is a function in it. What the expression built is changed in its
    /// place: it may be in many places of the result, and is looked at once.
    /// </summary>
    public static JsonValue? Clean(JsonValue? value)
    {
        switch (value)
        {
            case JsonArray { Traits: not ArrayTraits.None } array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                array.Traits = ArrayTraits.None;
                return CleanItems(array) ? array : null;
            case JsonObject { IsFresh: true } o:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                o.IsFresh = false;
                return CleanMembers(o) ? o : null;
            case JsonNumber number:
                return number.IsJson ? number : new JsonString(number.Text);
            case JsonataFunction:
                return null;
            default:
                return value;
        }
    }

    private static bool CleanItems(JsonArray array)
    {
        foreach (ref var item in ImmutableCollectionsMarshal.AsArray(array.Items).AsSpan())
        {
            var clean = Clean(item);
            if (clean is null)
                return false;
            if (!ReferenceEquals(clean, item))
                item = clean;
        }

        return true;
    }

    private static bool CleanMembers(JsonObject o)
    {
        foreach (ref var member in ImmutableCollectionsMarshal.AsArray(o.Properties).AsSpan())
        {
            var clean = Clean(member.Value);
            if (clean is null)
                return false;
            if (!ReferenceEquals(clean, member.Value))
                member = KeyValuePair.Create(member.Key, clean);
        }

        return true;
    }
}
