using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Cluster.Node.Executions.Encoding;

/// <summary>Writes the scopes of a snapshot: those that run in lanes go to a list, each before those inside it.</summary>
internal sealed class ScopeSnapshotWriter(SnapshotPayloads payloads, RepeatedField<Wire.ScopeSnapshot> inside)
{
    /// <summary>The scope; what runs inside it is added to the list.</summary>
    public Wire.ScopeSnapshot Write(Scope scope)
    {
        var wire = Own(scope);
        if (scope.Branches is { } branches)
            wire.Branches = BranchesOf(branches);
        return wire;
    }

    private Wire.ScopeSnapshot Own(Scope scope)
    {
        var wire = new Wire.ScopeSnapshot
        {
            Path = scope.Path,
            Phase = (uint)scope.Phase,
            Visit = scope.Visit,
            Data = payloads.Write(scope.Data),
            EnteredId = scope.EnteredId,
            EnteredAt = scope.EnteredAt,
            LastId = scope.LastId,
            LastAt = scope.LastAt,
            Attempt = scope.Attempt,
            RetryCount = scope.RetryCount,
            TaskInput = payloads.Write(scope.TaskInput),
            Result = payloads.Write(scope.Result),
            MarkerId = scope.MarkerId,
        };
        wire.RetryCounters.AddRange(scope.RetryCounters);
        if (scope.State is { } state)
            wire.State = state;
        if (scope.Next is { } next)
            wire.Next = next;
        if (scope.Resource is { } resource)
            wire.Resource = resource;
        if (scope.Failure is { } failure)
        {
            wire.Failure = FailureOf(failure);
            wire.FailureTold = failure.IsTold;
        }

        if (scope.Due is { } due)
            wire.Due = due;
        if (scope.TimeoutAt is { } timeout)
            wire.TimeoutAt = timeout;
        if (scope.HeartbeatAt is { } heartbeat)
            wire.HeartbeatAt = heartbeat;
        if (scope.TokenTask is { } task)
            Write(task, wire);
        return wire;
    }

    private Wire.FanOutSnapshot BranchesOf(FanOut branches)
    {
        var wire = new Wire.FanOutSnapshot
        {
            Length = (uint)branches.Length,
            Items = payloads.Write(branches.Items),
            Started = (uint)branches.Started,
            Ended = (uint)branches.Ended,
        };
        var outputs = new Stack<BranchOutput>(branches.Ended);
        for (var output = branches.Outputs; output is not null; output = output.Older)
            outputs.Push(output);
        foreach (var output in outputs)
            wire.Outputs.Add(new Wire.BranchOutputSnapshot { Index = (uint)output.Index, Output = payloads.Write(output.Output) });
        foreach (var lane in branches.Lanes)
        {
            wire.Lanes.Add(new Wire.LaneSnapshot { Index = lane.Index, Taken = lane.IsTaken, LastId = lane.LastId, LastAt = lane.LastAt });
            if (lane.Scope is null)
                continue;
            var place = inside.Count;
            inside.Add(new Wire.ScopeSnapshot());
            inside[place] = Write(lane.Scope);
        }

        return wire;
    }

    private static void Write(TokenTask task, Wire.ScopeSnapshot wire)
    {
        wire.Token = task.Token;
        if (task.Child is { } child)
            wire.Child = child;
        if (task.Word is { } word)
            wire.Word = WordOf(word);
        if (task.HeartbeatSeconds is { } seconds)
            wire.HeartbeatSeconds = seconds;
    }

    private static Wire.TaskWord WordOf(TaskWord word)
    {
        var wire = new Wire.TaskWord();
        if (word.Output is { } output)
            wire.Output = UnsafeByteOperations.UnsafeWrap(output);
        if (word.Error is not null)
            wire.Error = word.Error;
        if (word.Cause is not null)
            wire.Cause = word.Cause;
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
}
