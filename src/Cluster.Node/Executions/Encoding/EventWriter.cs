using System.Security.Cryptography;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions.Encoding;

/// <summary>
/// Writes the core's events in the format of <c>execution_events.proto</c>, without the generated objects: an append is on the way of every
/// step, and those objects were a tenth of all that the process allocated. Reading goes through the generated code. A test holds that both
/// are of one mind: what is written here the generated code reads, and writes again as the same bytes.
/// </summary>
/// <remarks>Every method writes its fields from the highest number to the lowest; see <see cref="WireOutput"/>.</remarks>
internal static class EventWriter
{
    /// <summary>An event, as an item of the batch.</summary>
    public static void Write(ref WireOutput output, ExecutionEvent e, IPayloadCodec payloads)
    {
        var before = output.Length;
        WriteWhat(ref output, e);
        if (e.Payload is { } payload)
            WritePayload(ref output, payload, e.Id, payloads);
        output.Text(Wire.Event.ScopeFieldNumber, e.Scope);
        output.Number(Wire.Event.AtFieldNumber, e.At);
        output.Number(Wire.Event.PreviousIdFieldNumber, e.PreviousId);
        output.Number(Wire.Event.IdFieldNumber, e.Id);
        output.Message(Wire.EventBatch.EventsFieldNumber, before);
    }

    private static void WriteWhat(ref WireOutput output, ExecutionEvent e)
    {
        var before = output.Length;
        var field = e switch
        {
            StateEntered x => Entered(ref output, x),
            StateExited x => Exited(ref output, x),
            TaskScheduled x => Scheduled(ref output, x),
            TaskStarted x => Started(ref output, x),
            TaskSubmitted x => Submitted(ref output, x),
            ChildGivenUp => Wire.Event.ChildGivenUpFieldNumber,
            ChildStopped x => Stopped(ref output, x),
            TaskHeartbeat => Wire.Event.TaskHeartbeatFieldNumber,
            TaskWordKept x => Kept(ref output, x.Word),
            TaskSucceeded x => OfTask(ref output, Wire.Event.TaskSucceededFieldNumber, x.Resource, x.Kind),
            TaskFailed x => Failed(ref output, x),
            TaskTimedOut x => TimedOut(ref output, x),
            WaitStarted x => Waits(ref output, x),
            RetryScheduled x => Retries(ref output, x),
            StateFailed x => Failed(ref output, x),
            ExecutionStarted x => Started(ref output, x.Start),
            ExecutionSucceeded => Wire.Event.ExecutionSucceededFieldNumber,
            ExecutionFailed x => Ended(ref output, Wire.Event.ExecutionFailedFieldNumber, x.Error, x.Cause),
            ExecutionAborted x => Ended(ref output, Wire.Event.ExecutionAbortedFieldNumber, x.Error, x.Cause),
            ExecutionTimedOut => Wire.Event.ExecutionTimedOutFieldNumber,
            MapIterationStarted x => BranchEventWriter.Started(ref output, x),
            MapIterationSucceeded x =>
                BranchEventWriter.OfIteration(ref output, Wire.Event.MapIterationSucceededFieldNumber, x.Name, x.Index),
            MapIterationFailed x => BranchEventWriter.OfIteration(ref output, Wire.Event.MapIterationFailedFieldNumber, x.Name, x.Index),
            MapIterationAborted x => BranchEventWriter.OfIteration(ref output, Wire.Event.MapIterationAbortedFieldNumber, x.Name, x.Index),
            ParallelStateStarted x => BranchEventWriter.Started(ref output, x),
            MapStateStarted x => BranchEventWriter.Started(ref output, x),
            StateAborted x => BranchEventWriter.OfType(ref output, Wire.Event.StateAbortedFieldNumber, x.Type),
            BranchesSucceeded x => BranchEventWriter.OfType(ref output, Wire.Event.BranchesSucceededFieldNumber, x.Type),
            BranchesFailed x => BranchEventWriter.OfType(ref output, Wire.Event.BranchesFailedFieldNumber, x.Type),
            _ => throw new InvalidOperationException($"No wire form for {e.GetType().Name}."),
        };
        output.Message(field, before);
    }

    /// <summary>Inline where the payload is stored in this very event, else a reference to the one that holds it.</summary>
    private static void WritePayload(ref WireOutput output, Payload payload, long id, IPayloadCodec codec)
    {
        var before = output.Length;
        if (payload.Origin != id)
        {
            output.Present(Wire.Payload.ReferenceFieldNumber, payload.Origin);
        }
        else
        {
            output.Bytes(Wire.Payload.InlineFieldNumber, codec.Encode(payload.Utf8).Span);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(payload.Utf8.Span, hash);
            output.Bytes(Wire.Payload.Sha256FieldNumber, hash);
        }

        output.Number(Wire.Payload.SizeFieldNumber, payload.Size);
        output.Number(Wire.Payload.CodecFieldNumber, codec.Number);
        output.Message(Wire.Event.PayloadFieldNumber, before);
    }

    private static int Started(ref WireOutput output, ExecutionStart start)
    {
        output.Flag(Wire.ExecutionStarted.ParentSeesJsonFieldNumber, start.ParentSeesJson);
        output.Optional(Wire.ExecutionStarted.ParentTokenFieldNumber, start.ParentToken);
        output.Optional(Wire.ExecutionStarted.RequestIdFieldNumber, start.RequestId);
        output.Optional(Wire.ExecutionStarted.PrincipalFieldNumber, start.Principal);
        output.Optional(Wire.ExecutionStarted.TraceHeaderFieldNumber, start.TraceHeader);
        output.Flag(Wire.ExecutionStarted.TracingFieldNumber, start.Tracing);
        output.Optional(Wire.ExecutionStarted.LoggingConfigurationFieldNumber, start.LoggingConfiguration);
        output.Number(Wire.ExecutionStarted.MachineUpdateDateFieldNumber, start.MachineUpdateDate);
        output.Optional(Wire.ExecutionStarted.RevisionIdFieldNumber, start.RevisionId);
        output.Text(Wire.ExecutionStarted.DefinitionHashFieldNumber, start.DefinitionHash);
        output.Text(Wire.ExecutionStarted.RoleArnFieldNumber, start.RoleArn);
        output.Text(Wire.ExecutionStarted.StateMachineNameFieldNumber, start.StateMachineName);
        output.Text(Wire.ExecutionStarted.StateMachineArnFieldNumber, start.StateMachineArn);
        output.Text(Wire.ExecutionStarted.NameFieldNumber, start.Name);
        output.Text(Wire.ExecutionStarted.ExecutionArnFieldNumber, start.ExecutionArn);
        return Wire.Event.ExecutionStartedFieldNumber;
    }

    private static int Ended(ref WireOutput output, int field, string? error, string? cause)
    {
        output.Optional(Wire.ExecutionFailed.CauseFieldNumber, cause);
        output.Optional(Wire.ExecutionFailed.ErrorFieldNumber, error);
        return field;
    }

    private static int Entered(ref WireOutput output, StateEntered entered)
    {
        output.Number(Wire.StateEntered.TypeFieldNumber, (long)entered.Type);
        output.Text(Wire.StateEntered.NameFieldNumber, entered.Name);
        return Wire.Event.StateEnteredFieldNumber;
    }

    private static int Exited(ref WireOutput output, StateExited exited)
    {
        output.Optional(Wire.StateExited.NextFieldNumber, exited.Next);
        output.Number(Wire.StateExited.TypeFieldNumber, (long)exited.Type);
        output.Text(Wire.StateExited.NameFieldNumber, exited.Name);
        return Wire.Event.StateExitedFieldNumber;
    }

    private static int Failed(ref WireOutput output, StateFailed failed)
    {
        output.Optional(Wire.StateFailed.BranchFieldNumber, failed.Branch);
        output.Number(Wire.StateFailed.KindFieldNumber, (long)failed.Kind);
        output.Optional(Wire.StateFailed.CauseFieldNumber, failed.Cause);
        output.Optional(Wire.StateFailed.ErrorFieldNumber, failed.Error);
        return Wire.Event.StateFailedFieldNumber;
    }

    private static int Waits(ref WireOutput output, WaitStarted wait)
    {
        output.Number(Wire.WaitStarted.UntilFieldNumber, wait.Until);
        return Wire.Event.WaitStartedFieldNumber;
    }

    private static int Retries(ref WireOutput output, RetryScheduled retry)
    {
        output.Number(Wire.RetryScheduled.DueFieldNumber, retry.Due);
        output.Number(Wire.RetryScheduled.RetrierFieldNumber, retry.Retrier);
        return Wire.Event.RetryScheduledFieldNumber;
    }

    private static int Scheduled(ref WireOutput output, TaskScheduled scheduled)
    {
        output.Optional(Wire.TaskScheduled.TokenFieldNumber, scheduled.Token);
        output.Optional(Wire.TaskScheduled.HeartbeatSecondsFieldNumber, scheduled.HeartbeatSeconds);
        output.Optional(Wire.TaskScheduled.TimeoutSecondsFieldNumber, scheduled.TimeoutSeconds);
        return OfTask(ref output, Wire.Event.TaskScheduledFieldNumber, scheduled.Resource, scheduled.Kind);
    }

    private static int Started(ref WireOutput output, TaskStarted started)
    {
        output.Optional(Wire.TaskStarted.WorkerNameFieldNumber, started.WorkerName);
        return OfTask(ref output, Wire.Event.TaskStartedFieldNumber, started.Resource, started.Kind);
    }

    private static int Submitted(ref WireOutput output, TaskSubmitted submitted)
    {
        output.Optional(Wire.TaskSubmitted.ChildFieldNumber, submitted.Child);
        return OfTask(ref output, Wire.Event.TaskSubmittedFieldNumber, submitted.Resource, submitted.Kind);
    }

    private static int Stopped(ref WireOutput output, ChildStopped stopped)
    {
        output.Number(Wire.ChildStopped.AttemptFieldNumber, stopped.Attempt);
        output.Number(Wire.ChildStopped.VisitFieldNumber, stopped.Visit);
        return Wire.Event.ChildStoppedFieldNumber;
    }

    private static int Kept(ref WireOutput output, TaskWord word)
    {
        output.Optional(Wire.TaskWord.CauseFieldNumber, word.Cause);
        output.Optional(Wire.TaskWord.ErrorFieldNumber, word.Error);
        if (word.Output is { } text)
            output.Bytes(Wire.TaskWord.OutputFieldNumber, text.Span);
        return Wire.Event.TaskWordKeptFieldNumber;
    }

    private static int Failed(ref WireOutput output, TaskFailed failed)
    {
        output.Optional(Wire.TaskFailed.CauseFieldNumber, failed.Cause);
        output.Optional(Wire.TaskFailed.ErrorFieldNumber, failed.Error);
        return OfTask(ref output, Wire.Event.TaskFailedFieldNumber, failed.Resource, failed.Kind);
    }

    private static int TimedOut(ref WireOutput output, TaskTimedOut timedOut)
    {
        output.Flag(Wire.TaskTimedOut.HeartbeatFieldNumber, timedOut.Heartbeat);
        return OfTask(ref output, Wire.Event.TaskTimedOutFieldNumber, timedOut.Resource, timedOut.Kind);
    }

    /// <summary>What all events of a call begin with; their fields 1 and 2 are the same.</summary>
    private static int OfTask(ref WireOutput output, int field, string resource, TaskKind kind)
    {
        output.Number(Wire.TaskStarted.KindFieldNumber, (long)kind);
        output.Text(Wire.TaskStarted.ResourceFieldNumber, resource);
        return field;
    }
}
