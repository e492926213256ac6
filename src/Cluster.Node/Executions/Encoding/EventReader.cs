using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions.Encoding;

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
            (FailureKind)wire.StateFailed.Kind,
            wire.StateFailed.HasBranch ? (int)wire.StateFailed.Branch : null),
        Wire.Event.WhatOneofCase.WaitStarted => new WaitStarted(wire.WaitStarted.Until),
        Wire.Event.WhatOneofCase.RetryScheduled => new RetryScheduled((int)wire.RetryScheduled.Retrier, wire.RetryScheduled.Due),
        Wire.Event.WhatOneofCase.TaskScheduled => new TaskScheduled(
            wire.TaskScheduled.Resource,
            (TaskKind)wire.TaskScheduled.Kind,
            wire.TaskScheduled.HasTimeoutSeconds ? wire.TaskScheduled.TimeoutSeconds : null,
            wire.TaskScheduled.HasHeartbeatSeconds ? wire.TaskScheduled.HeartbeatSeconds : null,
            wire.TaskScheduled.HasToken ? wire.TaskScheduled.Token : null),
        Wire.Event.WhatOneofCase.TaskStarted => new TaskStarted(
            wire.TaskStarted.Resource, (TaskKind)wire.TaskStarted.Kind, wire.TaskStarted.HasWorkerName ? wire.TaskStarted.WorkerName : null),
        Wire.Event.WhatOneofCase.TaskSubmitted => new TaskSubmitted(
            wire.TaskSubmitted.Resource, (TaskKind)wire.TaskSubmitted.Kind, wire.TaskSubmitted.HasChild ? wire.TaskSubmitted.Child : null),
        Wire.Event.WhatOneofCase.ChildGivenUp => new ChildGivenUp(),
        Wire.Event.WhatOneofCase.ChildStopped => new ChildStopped(wire.ChildStopped.Visit, wire.ChildStopped.Attempt),
        Wire.Event.WhatOneofCase.TaskHeartbeat => new TaskHeartbeat(),
        Wire.Event.WhatOneofCase.TaskWordKept => new TaskWordKept(Word(wire.TaskWordKept)),
        Wire.Event.WhatOneofCase.TaskSucceeded => new TaskSucceeded(wire.TaskSucceeded.Resource, (TaskKind)wire.TaskSucceeded.Kind),
        Wire.Event.WhatOneofCase.TaskFailed => new TaskFailed(
            wire.TaskFailed.Resource,
            (TaskKind)wire.TaskFailed.Kind,
            wire.TaskFailed.HasError ? wire.TaskFailed.Error : null,
            wire.TaskFailed.HasCause ? wire.TaskFailed.Cause : null),
        Wire.Event.WhatOneofCase.TaskTimedOut => new TaskTimedOut(
            wire.TaskTimedOut.Resource, (TaskKind)wire.TaskTimedOut.Kind, wire.TaskTimedOut.Heartbeat),
        _ => OfBranches(wire),
    };

    private static ExecutionEvent OfBranches(Wire.Event wire) => wire.WhatCase switch
    {
        Wire.Event.WhatOneofCase.ParallelStateStarted => new ParallelStateStarted((int)wire.ParallelStateStarted.Branches),
        Wire.Event.WhatOneofCase.MapStateStarted => new MapStateStarted(
            (int)wire.MapStateStarted.Length, (int)wire.MapStateStarted.Lanes),
        Wire.Event.WhatOneofCase.MapIterationStarted => new MapIterationStarted(
            wire.MapIterationStarted.Name, (int)wire.MapIterationStarted.Index, (int)wire.MapIterationStarted.Lane),
        Wire.Event.WhatOneofCase.MapIterationSucceeded => new MapIterationSucceeded(
            wire.MapIterationSucceeded.Name, (int)wire.MapIterationSucceeded.Index),
        Wire.Event.WhatOneofCase.MapIterationFailed => new MapIterationFailed(
            wire.MapIterationFailed.Name, (int)wire.MapIterationFailed.Index),
        Wire.Event.WhatOneofCase.MapIterationAborted => new MapIterationAborted(
            wire.MapIterationAborted.Name, (int)wire.MapIterationAborted.Index),
        Wire.Event.WhatOneofCase.StateAborted => new StateAborted((StateType)wire.StateAborted.Type),
        Wire.Event.WhatOneofCase.BranchesSucceeded => new BranchesSucceeded((StateType)wire.BranchesSucceeded.Type),
        Wire.Event.WhatOneofCase.BranchesFailed => new BranchesFailed((StateType)wire.BranchesFailed.Type),
        _ => throw new NewerFormatException($"Event {wire.Id} is of a type that needs a newer node."),
    };

    public static TaskWord Word(Wire.TaskWord wire) => new(
        wire.HasOutput ? (ReadOnlyMemory<byte>?)wire.Output.Memory : null,
        wire.HasError ? wire.Error : null,
        wire.HasCause ? wire.Cause : null);

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
        ParentToken = wire.HasParentToken ? wire.ParentToken : null,
        ParentSeesJson = wire.ParentSeesJson,
    };
}
