using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Wait: waits for seconds or until a time, then passes its input on (A14).</summary>
internal static class WaitHandler
{
    /// <summary>Begins to wait.</summary>
    public static ExecutionEvent Begin(in StateFrame frame, WaitState state)
    {
        if (!frame.TryInput(state, out var input, out var failed))
            return failed!;
        var now = Math.Max(frame.Context.Now, frame.Scope.EnteredAt);
        if (!TryUntil(frame, state, input, now, out var until, out failed))
            return failed!;
        return until - now > WaitState.MaxDelaySeconds * 1000
            ? frame.Failed(ErrorNames.Runtime, "Wait state delay is too long.")
            : new WaitStarted(until) { Scope = frame.Scope.Path };
    }

    /// <summary>The wait is over.</summary>
    public static ExecutionEvent End(in StateFrame frame, WaitState state) =>
        frame.TryInput(state, out var input, out var failed) ? frame.Leave(state, input, state.Next) : failed!;

    private static bool TryUntil(
        in StateFrame frame, WaitState state, JsonValue input, long now, out long until, out ExecutionEvent? failed)
    {
        failed = null;
        until = now;
        if (state.Seconds is { } seconds)
            until = now + (seconds * 1000);
        else if (state.Timestamp is { } timestamp)
            until = timestamp;
        else if (state.SecondsPath is { } secondsPath)
            return TrySeconds(frame, secondsPath, input, now, out until, out failed);
        else if (state.TimestampPath is { } timestampPath)
            return TryTimestamp(frame, timestampPath, input, out until, out failed);
        return true;
    }

    private static bool TrySeconds(
        in StateFrame frame, JsonPath path, JsonValue input, long now, out long until, out ExecutionEvent? failed)
    {
        until = 0;
        if (!TryRead(frame, path, "SecondsPath", input, out var value, out failed))
            return false;
        if (value is not JsonNumber number || !number.TryGetInt64(out var seconds))
        {
            failed = frame.Failed(
                ErrorNames.Runtime, $"The SecondsPath parameter cannot be parsed as a long value: {path.Text} == {StateFrame.Shown(value)}");
            return false;
        }

        if (seconds < 0)
        {
            failed = frame.Failed(
                ErrorNames.Runtime, $"The SecondsPath parameter references a negative value: {path.Text} == {StateFrame.Shown(value)}");
            return false;
        }

        // Far beyond the longest wait there is nothing to tell apart, and the sum must not overflow.
        until = now + (Math.Min(seconds, WaitState.MaxDelaySeconds + 1) * 1000);
        return true;
    }

    private static bool TryTimestamp(in StateFrame frame, JsonPath path, JsonValue input, out long until, out ExecutionEvent? failed)
    {
        until = 0;
        if (!TryRead(frame, path, "TimestampPath", input, out var value, out failed))
            return false;
        if (value is JsonString text && Timestamps.TryParseUnixMilliseconds(text.Value, out until))
            return true;
        failed = frame.Failed(
            ErrorNames.Runtime,
            $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {path.Text} == {StateFrame.Shown(value)}");
        return false;
    }

    private static bool TryRead(
        in StateFrame frame, JsonPath path, string field, JsonValue input, out JsonValue value, out ExecutionEvent? failed)
    {
        failed = null;
        value = JsonValue.Null;
        if (path.TryRead(frame.On(input), out var found, out _))
        {
            value = found;
            return true;
        }

        failed = frame.NotFound(path, field, input);
        return false;
    }
}
