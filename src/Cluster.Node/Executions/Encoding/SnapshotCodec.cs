using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Google.Protobuf;

namespace Cluster.Node.Executions.Encoding;

/// <summary>Snapshots between the core and the journal's bytes. A snapshot is a cache: one that cannot be read is dropped.</summary>
public static class SnapshotCodec
{
    /// <summary>The bytes of an open execution.</summary>
    public static byte[] Encode(Execution execution) => new Wire.ExecutionSnapshot
    {
        FormatVersion = EventCodec.FormatVersion,
        State = (uint)execution.State,
        Start = StartOf(execution.Start!),
        Input = Held(execution.Input),
        StartedAt = execution.StartedAt,
        LastHistoryId = execution.LastHistoryId,
        Root = ToWire(execution.Root!),
    }.ToByteArray();

    /// <summary>The execution of a snapshot, or null when this version cannot read it.</summary>
    public static Execution? TryDecode(ReadOnlyMemory<byte> bytes, StateMachineDefinition definition)
    {
        Wire.ExecutionSnapshot wire;
        try
        {
            wire = Wire.ExecutionSnapshot.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }

        if (wire.FormatVersion != EventCodec.FormatVersion || wire.Start is null || wire.Input is null || wire.Root?.Data is null)
            return null;
        var input = Payload.Stored(wire.Input.Text.Memory, wire.Input.Origin);
        return Execution.Empty(definition) with
        {
            State = (ExecutionState)wire.State,
            Start = EventReader.Start(wire.Start),
            Input = input,
            StartedAt = wire.StartedAt,
            LastHistoryId = wire.LastHistoryId,
            Root = FromWire(wire.Root, definition.Root),
        };
    }

    private static Wire.ScopeSnapshot ToWire(Scope scope)
    {
        var wire = new Wire.ScopeSnapshot
        {
            Path = scope.Path,
            Phase = (uint)scope.Phase,
            Visit = scope.Visit,
            Data = Held(scope.Data),
            EnteredId = scope.EnteredId,
            EnteredAt = scope.EnteredAt,
            LastId = scope.LastId,
            LastAt = scope.LastAt,
            Attempt = scope.Attempt,
            RetryCount = scope.RetryCount,
        };
        wire.RetryCounters.AddRange(scope.RetryCounters);
        if (scope.State is { } state)
            wire.State = state;
        if (scope.Next is { } next)
            wire.Next = next;
        if (scope.TaskInput is { } taskInput)
            wire.TaskInput = Held(taskInput);
        if (scope.Resource is { } resource)
            wire.Resource = resource;
        if (scope.Result is { } result)
            wire.Result = Held(result);
        if (scope.Failure is { } failure)
            wire.Failure = FailureOf(failure);
        if (scope.Due is { } due)
            wire.Due = due;
        if (scope.TimeoutAt is { } timeout)
            wire.TimeoutAt = timeout;
        if (scope.HeartbeatAt is { } heartbeat)
            wire.HeartbeatAt = heartbeat;
        return wire;
    }

    private static Scope FromWire(Wire.ScopeSnapshot wire, ScopeDefinition definition) => new()
    {
        Definition = definition,
        Path = wire.Path,
        Phase = (ScopePhase)wire.Phase,
        State = wire.HasState ? wire.State : null,
        Next = wire.HasNext ? wire.Next : null,
        Visit = wire.Visit,
        Data = Read(wire.Data)!,
        EnteredId = wire.EnteredId,
        EnteredAt = wire.EnteredAt,
        LastId = wire.LastId,
        LastAt = wire.LastAt,
        Attempt = wire.Attempt,
        RetryCount = wire.RetryCount,
        RetryCounters = [.. wire.RetryCounters],
        TaskInput = Read(wire.TaskInput),
        Resource = wire.HasResource ? wire.Resource : null,
        Result = Read(wire.Result),
        Failure = wire.Failure is { } f
            ? new Failure(f.HasError ? f.Error : null, f.HasCause ? f.Cause : null, (FailureKind)f.Kind)
            : null,
        Due = wire.HasDue ? wire.Due : null,
        TimeoutAt = wire.HasTimeoutAt ? wire.TimeoutAt : null,
        HeartbeatAt = wire.HasHeartbeatAt ? wire.HeartbeatAt : null,
    };

    private static Wire.ExecutionStarted StartOf(ExecutionStart start)
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

    private static Wire.StateFailed FailureOf(Failure failure)
    {
        var wire = new Wire.StateFailed { Kind = (uint)failure.Kind };
        if (failure.Error is not null)
            wire.Error = failure.Error;
        if (failure.Cause is not null)
            wire.Cause = failure.Cause;
        return wire;
    }

    private static Wire.HeldPayload? Held(Payload? payload) => payload is null
        ? null
        : new Wire.HeldPayload { Text = UnsafeByteOperations.UnsafeWrap(payload.Utf8), Origin = payload.Origin };

    private static Payload? Read(Wire.HeldPayload? wire) => wire is null ? null : Payload.Stored(wire.Text.Memory, wire.Origin);
}
