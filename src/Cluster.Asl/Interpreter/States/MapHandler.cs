using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Map: finds its items, then starts one iteration after the other, each in a free lane (A18).</summary>
internal static class MapHandler
{
    public static ExecutionEvent Begin(in StateFrame frame, MapState state)
    {
        if (!frame.TryInput(state, out var input, out var failed)
            || !TryConcurrency(frame, state, input, out var concurrency, out failed)
            || !TryItems(frame, state, input, out var items, out failed))
        {
            return failed!;
        }

        if (!frame.TryWrap(items, out var payload))
            return frame.TooLarge(state);
        var length = MapItem.Count(items);
        var lanes = concurrency is 0 or > Limits.MapLanes ? Limits.MapLanes : (int)concurrency;
        return new MapStateStarted(length, Math.Min(lanes, length)) { Scope = frame.Scope.Path, Payload = payload };
    }

    /// <summary>Starts the next iteration. ItemSelector sees the state's effective input, and the item in the context object (A24).</summary>
    public static ExecutionEvent StartNext(in StateFrame frame, MapState state)
    {
        var fanOut = frame.Scope.Branches!;
        var item = new MapItem(fanOut.Items!, fanOut.Started);
        if (!TryInput(frame.In(item), state, item, out var payload, out var failed))
            return failed;
        var number = fanOut.FreeLane;
        var lane = fanOut.Lanes[number];
        return new MapIterationStarted(state.Name, item.Index, number)
        {
            Scope = frame.Scope.Path,
            PreviousId = lane.LastId,
            At = Math.Max(frame.Context.Now, lane.LastAt),
            Payload = payload,
        };
    }

    private static bool TryInput(
        in StateFrame frame,
        MapState state,
        MapItem item,
        [NotNullWhen(true)] out Payload? payload,
        [NotNullWhen(false)] out ExecutionEvent? failed)
    {
        payload = null;
        var value = item.Input;
        if (state.Parameters is not null
            && (!frame.TryInput(state, out var input, out failed) || !frame.TryFill(state.Parameters, input, out value, out failed)))
        {
            failed ??= frame.TooLarge(state);
            return false;
        }

        failed = frame.TryWrap(value, out payload) ? null : frame.TooLarge(state);
        return payload is not null;
    }

    private static bool TryConcurrency(
        in StateFrame frame, MapState state, JsonValue input, out long concurrency, out ExecutionEvent? failed)
    {
        const string field = "MaxConcurrencyPath";
        failed = null;
        concurrency = state.MaxConcurrency;
        if (state.MaxConcurrencyPath is not { } path)
            return true;
        if (!path.TryRead(frame.On(input), out var value, out _))
        {
            failed = frame.NotFound(path, field, input);
            return false;
        }

        if (value is not JsonNumber number || !number.TryGetInt64(out concurrency))
            failed = frame.NotAnInteger(field, value, path);
        else if (concurrency < 0)
            failed = frame.Failed(ErrorNames.Runtime, $"Expected non-negative integer for MaxConcurrency, got '{value}' instead.");
        return failed is null;
    }

    /// <summary>The items: an array, or an object; the context object as a whole is no data to iterate over.</summary>
    private static bool TryItems(in StateFrame frame, MapState state, JsonValue input, out JsonValue items, out ExecutionEvent? failed)
    {
        failed = null;
        items = input;
        var path = state.ItemsPath;
        if (!ReferenceEquals(path, JsonPath.Root))
        {
            if (!path.TryRead(frame.On(input), out var found, out var reason))
            {
                failed = frame.Failed(ErrorNames.Runtime, EvaluationFailure.InvalidPath(path, reason).Detail);
                return false;
            }

            items = found;
        }

        const string contextObject = "$$";
        if (items is JsonArray || (items is JsonObject && !string.Equals(path.Text, contextObject, StringComparison.Ordinal)))
            return true;

        // The message shows a path into the context object without its first dollar.
        var shown = path.Text.StartsWith(contextObject, StringComparison.Ordinal) ? path.Text[1..] : path.Text;
        failed = frame.Failed(ErrorNames.Runtime, $"Reference path \"{shown}\" must point to array.");
        return false;
    }
}
