using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Parsing.States;

/// <summary>What retriers and catchers share.</summary>
internal static class ErrorHandlerFields
{
    private const string AllErrors = "States.ALL";

    /// <summary>The handlers of a state; an empty array is none.</summary>
    public static List<ObjectReader>? Items(ObjectReader state, string name)
    {
        if (!state.Source.TryGetValue(name, out var value))
            return null;
        if (value is not JsonArray array)
        {
            state.Refuse(name, "Expected value of type Array");
            return null;
        }

        var at = state.At.Field(name);
        var readers = new List<ObjectReader>(array.Count);
        for (var i = 0; i < array.Count; i++)
        {
            if (ObjectReader.Of(array[i], at.Item(i), state.Diagnostics) is { } reader)
                readers.Add(reader);
        }

        return readers;
    }

    public static ImmutableArray<string> ErrorEquals(ObjectReader handler, bool isLast)
    {
        const string name = "ErrorEquals";
        if (handler.Items(name) is not { } array)
            return [];
        var errors = ImmutableArray.CreateBuilder<string>(array.Count);
        var at = handler.At.Field(name);
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is JsonString error)
                errors.Add(error.Value);
            else
                handler.Diagnostics.Schema(at.Item(i), "Expected value of type String");
            if (array[i] is JsonString { Value: AllErrors } && (array.Count > 1 || !isLast))
                handler.Diagnostics.Schema(at.Item(i), "States.ALL must appear alone and at end of list");
        }

        return errors.ToImmutable();
    }
}
