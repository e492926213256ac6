using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.Branches;

/// <summary>The item of an iteration, shown as <c>Map.Item</c> in the context object of all that runs inside it.</summary>
/// <param name="Items">What the Map iterates over: an array, or an object whose members are the items.</param>
/// <param name="Index">The item, from 0.</param>
public sealed record MapItem(Payload Items, int Index) : IMapItem
{
    /// <inheritdoc/>
    public string? Key => Items.Value is JsonObject members ? members.Properties[Index].Key : null;

    /// <inheritdoc/>
    public JsonValue Value => Items.Value switch
    {
        JsonArray array => array[Index],
        JsonObject members => members.Properties[Index].Value,
        _ => throw new InvalidOperationException("A Map iterates over what is neither array nor object."),
    };

    /// <summary>What the iteration gets where no ItemSelector makes its input: the element, or the member as Key and Value.</summary>
    public JsonValue Input => Key is { } key
        ? new JsonObject([KeyValuePair.Create<string, JsonValue>("Key", new JsonString(key)), KeyValuePair.Create("Value", Value)])
        : Value;

    /// <summary>How many items there are in an array or object.</summary>
    public static int Count(JsonValue items) => items switch
    {
        JsonArray array => array.Count,
        JsonObject members => members.Count,
        _ => throw new InvalidOperationException("A Map iterates over what is neither array nor object."),
    };
}
