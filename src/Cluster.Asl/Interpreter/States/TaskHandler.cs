using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Task: schedules a call, takes its answer through the data flow (A11).</summary>
internal static class TaskHandler
{
    /// <summary>Schedules the call of the visit, or of its next attempt: the templates are filled in anew, RetryCount may be in them.</summary>
    public static ExecutionEvent Schedule(in StateFrame given, TaskState state)
    {
        if (state.Resource.Kind == TaskKind.Activity && !given.Context.Node.HasActivity(state.Resource.Arn))
            return given.Failed(ErrorNames.Runtime, $"The activity {state.Resource.Arn} does not exist.");
        var scope = given.Scope;
        var token = state.Resource.HasToken ? given.Context.Node.MintToken(scope.Path, scope.Visit, scope.Attempt) : null;
        var frame = token is null ? given : given.WithToken(token);
        if (!frame.TryInput(state, out var input, out var failed)
            || !TrySeconds(frame, state.Timeout, "TimeoutSecondsPath", input, out var timeout, out failed)
            || !TrySeconds(frame, state.Heartbeat, "HeartbeatSecondsPath", input, out var heartbeat, out failed)
            || !frame.TryFill(state.Parameters, input, out var parameters, out failed))
        {
            return failed!;
        }

        return frame.TryWrap(parameters, out var payload)
            ? new TaskScheduled(state.Resource.Arn, state.Resource.Kind, timeout, heartbeat, token) { Scope = frame.Scope.Path, Payload = payload }
            : frame.TooLarge(state);
    }

    /// <summary>The call starts; both events are durable before it leaves.</summary>
    public static ExecutionEvent Start(in StateFrame frame, TaskState state) =>
        new TaskStarted(state.Resource.Arn, state.Resource.Kind) { Scope = frame.Scope.Path };

    /// <summary>A worker gets the task of an activity.</summary>
    public static ExecutionEvent Give(in StateFrame frame, TaskState state, string? worker) =>
        new TaskStarted(state.Resource.Arn, state.Resource.Kind, worker) { Scope = frame.Scope.Path };

    /// <summary>
    /// The answer of the call: of one that handed a token out it is only told. What was said with the token stands whatever the answer:
    /// whoever said it knows that it was heard.
    /// </summary>
    public static ExecutionEvent Completed(in StateFrame frame, TaskState state, ReadOnlyMemory<byte> output)
    {
        var answer = Answer(frame, state, output);
        if (answer is not TaskSucceeded && frame.Scope.Word is { } word)
            return Told(frame, state, word);
        return state.Resource.HasToken && answer is TaskSucceeded
            ? new TaskSubmitted(state.Resource.Arn, state.Resource.Kind, state.Resource.Pattern.HasChild() ? Orphan.ChildOf(answer.Payload!.Value) : null)
            {
                Scope = frame.Scope.Path,
                Payload = answer.Payload,
            }
            : answer;
    }

    /// <summary>What was said with the token ends the task; before the call was answered it is kept.</summary>
    public static ExecutionEvent End(in StateFrame frame, TaskState state, TaskWord word)
    {
        if (frame.Scope.Phase == ScopePhase.Calling)
            return new TaskWordKept(word with { Error = FailureText.Cut(word.Error, Limits.ErrorCharacters), Cause = FailureText.Cut(word.Cause, Limits.CauseCharacters) }) { Scope = frame.Scope.Path };
        return Told(frame, state, word);
    }

    /// <summary>The end of the task by what was said with its token.</summary>
    public static ExecutionEvent Told(in StateFrame frame, TaskState state, TaskWord word) =>
        word.Output is { } output ? Answer(frame, state, output) : Fail(frame, state, word.Error, word.Cause);

    /// <summary>The call has failed: so has the task, unless its token's word was heard before.</summary>
    public static ExecutionEvent NotCompleted(in StateFrame frame, TaskState state, string? error, string? cause) =>
        frame.Scope.Word is { } word ? Told(frame, state, word) : Fail(frame, state, error, cause);

    /// <summary>Judges the text of an answer: too large and no JSON are failures of the call.</summary>
    public static ExecutionEvent Answer(in StateFrame frame, TaskState state, ReadOnlyMemory<byte> output)
    {
        if (output.Length > frame.Context.Limits.PayloadBytes)
            return Fail(frame, state, ErrorNames.DataLimitExceeded, FailureText.TooLarge(NameOf(state.Resource)));
        if (!Payload.TryRead(output, out var payload, out var error))
            return Fail(frame, state, ErrorNames.TaskFailed, $"The task's result is not JSON: {error.Message}");
        return new TaskSucceeded(state.Resource.Arn, state.Resource.Kind) { Scope = frame.Scope.Path, Payload = payload };
    }

    /// <summary>The failure of a call.</summary>
    public static ExecutionEvent Fail(in StateFrame frame, TaskState state, string? error, string? cause) =>
        new TaskFailed(
            state.Resource.Arn,
            state.Resource.Kind,
            FailureText.Cut(error, Limits.ErrorCharacters),
            FailureText.Cut(cause, Limits.CauseCharacters))
        {
            Scope = frame.Scope.Path,
        };

    private static string NameOf(TaskResource resource) =>
        resource.Kind == TaskKind.Integration ? resource.Service : resource.Arn;

    private static bool TrySeconds(
        in StateFrame frame, SecondsField? field, string name, JsonValue input, out long? seconds, out ExecutionEvent? failed)
    {
        failed = null;
        seconds = field?.Seconds;
        if (field?.Path is not { } path)
            return true;
        if (!path.TryRead(frame.On(input), out var value, out _))
        {
            failed = frame.NotFound(path, name, input);
            return false;
        }

        if (value is JsonNumber number && number.TryGetInt64(out var found) && found is > 0 and <= Limits.DefaultTimeoutSeconds)
        {
            seconds = found;
            return true;
        }

        failed = frame.NotAnInteger(name, value, path);
        return false;
    }
}
