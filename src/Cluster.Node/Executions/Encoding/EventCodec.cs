using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Google.Protobuf;

namespace Cluster.Node.Executions.Encoding;

/// <summary>The journal holds an event that this version does not know: a newer node wrote it.</summary>
public sealed class NewerFormatException(string message) : Exception(message);

/// <summary>Events between the core and the journal's bytes.</summary>
public sealed class EventCodec(IPayloadCodec payloads)
{
    /// <summary>The format that this version writes.</summary>
    public const uint FormatVersion = 1;

    /// <summary>The bytes of one append.</summary>
    public byte[] Encode(IReadOnlyList<ExecutionEvent> events)
    {
        var batch = new Wire.EventBatch { FormatVersion = FormatVersion };
        batch.Events.Capacity = events.Count;
        for (var i = 0; i < events.Count; i++)
            batch.Events.Add(EventWriter.ToWire(events[i], payloads));
        return batch.ToByteArray();
    }

    /// <summary>Folds one append into an execution.</summary>
    /// <exception cref="NewerFormatException">A newer node wrote it.</exception>
    public Execution Fold(Execution execution, ReadOnlyMemory<byte> bytes)
    {
        foreach (var wire in Read(bytes).Events)
            execution = ExecutionEvolution.Evolve(execution, ToEvent(wire, execution));
        return execution;
    }

    /// <summary>The wire form of one append.</summary>
    /// <exception cref="NewerFormatException">A newer node wrote it.</exception>
    internal static Wire.EventBatch Read(ReadOnlyMemory<byte> bytes)
    {
        var batch = Wire.EventBatch.Parser.ParseFrom(bytes.Span);
        return batch.FormatVersion <= FormatVersion
            ? batch
            : throw new NewerFormatException($"The journal's format {batch.FormatVersion} needs a newer node.");
    }

    /// <summary>The text of an inline payload of the wire form.</summary>
    internal ReadOnlyMemory<byte> Text(Wire.Payload payload) => PayloadWire.Text(payload, payloads);

    private ExecutionEvent ToEvent(Wire.Event wire, Execution execution)
    {
        var payload = wire.Payload is { } held ? PayloadWire.Decode(held, wire.Id, payloads, execution) : null;
        return EventReader.ToEvent(wire) with
        {
            Id = wire.Id,
            PreviousId = wire.PreviousId,
            At = wire.At,
            Scope = wire.Scope,
            Payload = payload,
        };
    }
}

/// <summary>From the core's events to their wire form.</summary>
internal static class EventWriter
{
    public static Wire.Event ToWire(ExecutionEvent e, IPayloadCodec payloads)
    {
        var wire = new Wire.Event { Id = e.Id, PreviousId = e.PreviousId, At = e.At, Scope = e.Scope };
        if (e.Payload is { } payload)
            wire.Payload = PayloadWire.Encode(payload, e.Id, payloads);
        switch (e)
        {
            case StateEntered x:
                wire.StateEntered = new Wire.StateEntered { Name = x.Name, Type = (uint)x.Type };
                break;
            case StateExited x:
                wire.StateExited = new Wire.StateExited { Name = x.Name, Type = (uint)x.Type };
                if (x.Next is not null)
                    wire.StateExited.Next = x.Next;
                break;
            case TaskScheduled x:
                wire.TaskScheduled = Scheduled(x);
                break;
            case TaskStarted x:
                wire.TaskStarted = new Wire.TaskStarted { Resource = x.Resource, Kind = (uint)x.Kind };
                break;
            case TaskSucceeded x:
                wire.TaskSucceeded = new Wire.TaskSucceeded { Resource = x.Resource, Kind = (uint)x.Kind };
                break;
            case TaskFailed x:
                wire.TaskFailed = new Wire.TaskFailed { Resource = x.Resource, Kind = (uint)x.Kind };
                if (x.Error is not null)
                    wire.TaskFailed.Error = x.Error;
                if (x.Cause is not null)
                    wire.TaskFailed.Cause = x.Cause;
                break;
            case TaskTimedOut x:
                wire.TaskTimedOut = new Wire.TaskTimedOut { Resource = x.Resource, Kind = (uint)x.Kind, Heartbeat = x.Heartbeat };
                break;
            case WaitStarted x:
                wire.WaitStarted = new Wire.WaitStarted { Until = x.Until };
                break;
            case RetryScheduled x:
                wire.RetryScheduled = new Wire.RetryScheduled { Retrier = (uint)x.Retrier, Due = x.Due };
                break;
            case StateFailed x:
                wire.StateFailed = Failed(x.Error, x.Cause, x.Kind);
                break;
            default:
                WriteExecutionEvent(e, wire);
                break;
        }

        return wire;
    }

    public static Wire.StateFailed Failed(string? error, string? cause, FailureKind kind)
    {
        var wire = new Wire.StateFailed { Kind = (uint)kind };
        if (error is not null)
            wire.Error = error;
        if (cause is not null)
            wire.Cause = cause;
        return wire;
    }

    public static Wire.ExecutionStarted Started(ExecutionStart start)
    {
        var wire = new Wire.ExecutionStarted
        {
            ExecutionArn = start.ExecutionArn,
            Name = start.Name,
            StateMachineArn = start.StateMachineArn,
            StateMachineName = start.StateMachineName,
            RoleArn = start.RoleArn,
            DefinitionHash = start.DefinitionHash,
            MachineUpdateDate = start.MachineUpdateDate,
            Tracing = start.Tracing,
        };
        if (start.RevisionId is not null)
            wire.RevisionId = start.RevisionId;
        if (start.LoggingConfiguration is not null)
            wire.LoggingConfiguration = start.LoggingConfiguration;
        if (start.TraceHeader is not null)
            wire.TraceHeader = start.TraceHeader;
        if (start.Principal is not null)
            wire.Principal = start.Principal;
        if (start.RequestId is not null)
            wire.RequestId = start.RequestId;
        return wire;
    }

    private static Wire.TaskScheduled Scheduled(TaskScheduled x)
    {
        var wire = new Wire.TaskScheduled { Resource = x.Resource, Kind = (uint)x.Kind };
        if (x.TimeoutSeconds is { } timeout)
            wire.TimeoutSeconds = timeout;
        if (x.HeartbeatSeconds is { } heartbeat)
            wire.HeartbeatSeconds = heartbeat;
        return wire;
    }

    private static void WriteExecutionEvent(ExecutionEvent e, Wire.Event wire)
    {
        switch (e)
        {
            case ExecutionStarted x:
                wire.ExecutionStarted = Started(x.Start);
                break;
            case ExecutionSucceeded:
                wire.ExecutionSucceeded = new Wire.ExecutionSucceeded();
                break;
            case ExecutionFailed x:
                wire.ExecutionFailed = new Wire.ExecutionFailed();
                if (x.Error is not null)
                    wire.ExecutionFailed.Error = x.Error;
                if (x.Cause is not null)
                    wire.ExecutionFailed.Cause = x.Cause;
                break;
            case ExecutionAborted x:
                wire.ExecutionAborted = new Wire.ExecutionAborted();
                if (x.Error is not null)
                    wire.ExecutionAborted.Error = x.Error;
                if (x.Cause is not null)
                    wire.ExecutionAborted.Cause = x.Cause;
                break;
            case ExecutionTimedOut:
                wire.ExecutionTimedOut = new Wire.ExecutionTimedOut();
                break;
            default:
                throw new InvalidOperationException($"No wire form for {e.GetType().Name}.");
        }
    }
}

/// <summary>From the wire form to the core's events.</summary>
internal static class EventReader
{
    public static ExecutionEvent ToEvent(Wire.Event wire) => wire.WhatCase switch
    {
        Wire.Event.WhatOneofCase.ExecutionStarted => new ExecutionStarted(Start(wire.ExecutionStarted)),
        Wire.Event.WhatOneofCase.ExecutionSucceeded => new ExecutionSucceeded(),
        Wire.Event.WhatOneofCase.ExecutionFailed => new ExecutionFailed(
            wire.ExecutionFailed.HasError ? wire.ExecutionFailed.Error : null,
            wire.ExecutionFailed.HasCause ? wire.ExecutionFailed.Cause : null),
        Wire.Event.WhatOneofCase.ExecutionAborted => new ExecutionAborted(
            wire.ExecutionAborted.HasError ? wire.ExecutionAborted.Error : null,
            wire.ExecutionAborted.HasCause ? wire.ExecutionAborted.Cause : null),
        Wire.Event.WhatOneofCase.ExecutionTimedOut => new ExecutionTimedOut(),
        Wire.Event.WhatOneofCase.StateEntered => new StateEntered(wire.StateEntered.Name, (StateType)wire.StateEntered.Type),
        Wire.Event.WhatOneofCase.StateExited => new StateExited(
            wire.StateExited.Name, (StateType)wire.StateExited.Type, wire.StateExited.HasNext ? wire.StateExited.Next : null),
        Wire.Event.WhatOneofCase.StateFailed => new StateFailed(
            wire.StateFailed.HasError ? wire.StateFailed.Error : null,
            wire.StateFailed.HasCause ? wire.StateFailed.Cause : null,
            (FailureKind)wire.StateFailed.Kind),
        Wire.Event.WhatOneofCase.WaitStarted => new WaitStarted(wire.WaitStarted.Until),
        Wire.Event.WhatOneofCase.RetryScheduled => new RetryScheduled((int)wire.RetryScheduled.Retrier, wire.RetryScheduled.Due),
        Wire.Event.WhatOneofCase.TaskScheduled => new TaskScheduled(
            wire.TaskScheduled.Resource,
            (TaskKind)wire.TaskScheduled.Kind,
            wire.TaskScheduled.HasTimeoutSeconds ? wire.TaskScheduled.TimeoutSeconds : null,
            wire.TaskScheduled.HasHeartbeatSeconds ? wire.TaskScheduled.HeartbeatSeconds : null),
        Wire.Event.WhatOneofCase.TaskStarted => new TaskStarted(wire.TaskStarted.Resource, (TaskKind)wire.TaskStarted.Kind),
        Wire.Event.WhatOneofCase.TaskSucceeded => new TaskSucceeded(wire.TaskSucceeded.Resource, (TaskKind)wire.TaskSucceeded.Kind),
        Wire.Event.WhatOneofCase.TaskFailed => new TaskFailed(
            wire.TaskFailed.Resource,
            (TaskKind)wire.TaskFailed.Kind,
            wire.TaskFailed.HasError ? wire.TaskFailed.Error : null,
            wire.TaskFailed.HasCause ? wire.TaskFailed.Cause : null),
        Wire.Event.WhatOneofCase.TaskTimedOut => new TaskTimedOut(
            wire.TaskTimedOut.Resource, (TaskKind)wire.TaskTimedOut.Kind, wire.TaskTimedOut.Heartbeat),
        _ => throw new NewerFormatException($"Event {wire.Id} is of a type that needs a newer node."),
    };

    public static ExecutionStart Start(Wire.ExecutionStarted wire) => new()
    {
        ExecutionArn = wire.ExecutionArn,
        Name = wire.Name,
        StateMachineArn = wire.StateMachineArn,
        StateMachineName = wire.StateMachineName,
        RoleArn = wire.RoleArn,
        DefinitionHash = wire.DefinitionHash,
        RevisionId = wire.HasRevisionId ? wire.RevisionId : null,
        MachineUpdateDate = wire.MachineUpdateDate,
        LoggingConfiguration = wire.HasLoggingConfiguration ? wire.LoggingConfiguration : null,
        Tracing = wire.Tracing,
        TraceHeader = wire.HasTraceHeader ? wire.TraceHeader : null,
        Principal = wire.HasPrincipal ? wire.Principal : null,
        RequestId = wire.HasRequestId ? wire.RequestId : null,
    };
}
