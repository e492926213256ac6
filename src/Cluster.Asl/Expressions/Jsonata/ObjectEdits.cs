using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>Copies values, so that each array and object in them is there once.</summary>
internal static class Copying
{
    public static JsonValue Copy(Evaluation evaluation, JsonValue value)
    {
        switch (value)
        {
            case JsonArray array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(array.Count);
                evaluation.SpendItems(array.Count);
                var items = ImmutableArray.CreateBuilder<JsonValue>(array.Count);
                foreach (var item in array.Items)
                    items.Add(Copy(evaluation, item));
                return new JsonArray(items.MoveToImmutable()) { Traits = ArrayTraits.Fresh };
            case JsonObject o:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(o.Count);
                evaluation.SpendItems(o.Count);
                var members = new KeyValuePair<string, JsonValue>[o.Count];
                for (var i = 0; i < members.Length; i++)
                    members[i] = KeyValuePair.Create(o.Properties[i].Key, Copy(evaluation, o.Properties[i].Value));
                return Sequences.Object(members);
            default:
                return value;
        }
    }
}

/// <summary>Changes of objects, known by identity; values themselves never change.</summary>
internal sealed class ObjectEdits
{
    private readonly Dictionary<JsonObject, JsonObject> _changed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Sets properties of an object, to copies: an object may be set into itself.</summary>
    public void Set(Evaluation evaluation, JsonObject o, JsonObject properties)
    {
        var now = _changed.GetValueOrDefault(o, o);
        foreach (var (name, value) in properties.Properties)
        {
            evaluation.Step(now.Count / Operations.LooksPerStep);
            now = now.With(name, Copying.Copy(evaluation, value));
        }

        Evaluation.CheckDepth(now.Depth);
        now.IsFresh = true;
        _changed[o] = now;
    }

    /// <summary>Removes a property of an object.</summary>
    public void Delete(Evaluation evaluation, JsonObject o, string name)
    {
        var now = _changed.GetValueOrDefault(o, o);
        evaluation.Step(now.Count / Operations.LooksPerStep);
        _changed[o] = Sequences.Object([.. now.Properties.Where(property => !string.Equals(property.Key, name, StringComparison.Ordinal))]);
    }

    /// <summary>The value with all changes of objects in it.</summary>
    public JsonValue Rebuild(Evaluation evaluation, JsonValue value)
    {
        if (_changed.Count == 0)
            return value;
        switch (value)
        {
            case JsonArray array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(array.Count);
                return Rebuild(evaluation, array);
            case JsonObject o:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(o.Count);
                return RebuildMembers(evaluation, _changed.GetValueOrDefault(o, o));
            default:
                return value;
        }
    }

    private JsonArray Rebuild(Evaluation evaluation, JsonArray array)
    {
        ImmutableArray<JsonValue>.Builder? items = null;
        for (var i = 0; i < array.Count; i++)
        {
            var item = Rebuild(evaluation, array[i]);
            if (ReferenceEquals(item, array[i]))
                continue;
            items ??= array.Items.ToBuilder();
            items[i] = item;
        }

        if (items is null)
            return array;
        var rebuilt = new JsonArray(items.MoveToImmutable()) { Traits = array.Traits };
        Evaluation.CheckDepth(rebuilt.Depth);
        return rebuilt;
    }

    private JsonObject RebuildMembers(Evaluation evaluation, JsonObject o)
    {
        KeyValuePair<string, JsonValue>[]? members = null;
        for (var i = 0; i < o.Count; i++)
        {
            var (name, value) = o.Properties[i];
            var rebuilt = Rebuild(evaluation, value);
            if (ReferenceEquals(rebuilt, value))
                continue;
            members ??= [.. o.Properties];
            members[i] = KeyValuePair.Create(name, rebuilt);
        }

        return members is null ? o : Sequences.Object(members);
    }
}
