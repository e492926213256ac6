using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Node.Executions.Encoding;

/// <summary>
/// Reads the scopes of a snapshot. What a scope runs and the item it is for follow from where it stands: the definition is walked along
/// with the snapshot. Whatever does not fit gives null.
/// </summary>
internal sealed class ScopeSnapshotReader(SnapshotPayloads payloads, IEnumerator<Wire.ScopeSnapshot> inside)
{
    /// <summary>The scope with all that runs inside it, or null.</summary>
    /// <param name="wire">The scope's own part.</param>
    /// <param name="definition">What it runs.</param>
    /// <param name="item">The item of the iteration that it is or is in, or null outside of any.</param>
    public Scope? Read(Wire.ScopeSnapshot wire, ScopeDefinition definition, MapItem? item)
    {
        if (payloads.Read(wire.Data) is not { } data)
            return null;
        var scope = new Scope
        {
            Definition = definition,
            Item = item,
            Path = wire.Path,
            Phase = (ScopePhase)wire.Phase,
            State = wire.HasState ? wire.State : null,
            Next = wire.HasNext ? wire.Next : null,
            Visit = wire.Visit,
            Data = data,
            EnteredId = wire.EnteredId,
            EnteredAt = wire.EnteredAt,
            LastId = wire.LastId,
            LastAt = wire.LastAt,
            Attempt = wire.Attempt,
            RetryCount = wire.RetryCount,
            RetryCounters = [.. wire.RetryCounters],
            TaskInput = payloads.Read(wire.TaskInput),
            Resource = wire.HasResource ? wire.Resource : null,
            Result = payloads.Read(wire.Result),
            Failure = wire.Failure is { } f
                ? new Failure(f.HasError ? f.Error : null, f.HasCause ? f.Cause : null, (FailureKind)f.Kind, wire.FailureTold)
                : null,
            Due = wire.HasDue ? wire.Due : null,
            TimeoutAt = wire.HasTimeoutAt ? wire.TimeoutAt : null,
            HeartbeatAt = wire.HasHeartbeatAt ? wire.HeartbeatAt : null,
            MarkerId = wire.MarkerId,
            TokenTask = wire.HasToken
                ? new TokenTask(
                    wire.Token,
                    wire.HasHeartbeatSeconds ? wire.HeartbeatSeconds : null,
                    wire.Word is { } word ? EventReader.Word(word) : null,
                    wire.HasChild ? wire.Child : null)
                : null,
        };
        if (wire.Branches is null)
            return scope;
        return ReadBranches(wire.Branches, scope) is { } branches ? scope with { Branches = branches } : null;
    }

    private FanOut? ReadBranches(Wire.FanOutSnapshot wire, Scope parent)
    {
        if (parent.State is null || !parent.Definition.TryGetState(parent.State, out var state))
            return null;
        var items = payloads.Read(wire.Items);
        BranchOutput? outputs = null;
        foreach (var output in wire.Outputs)
        {
            if (payloads.Read(output.Output) is not { } payload)
                return null;
            outputs = new BranchOutput((int)output.Index, payload, outputs);
        }

        var lanes = ImmutableArray.CreateBuilder<Lane>(wire.Lanes.Count);
        foreach (var lane in wire.Lanes)
        {
            Scope? scope = null;
            if (lane.Taken && (scope = ReadNext(lane.Index, state, items, parent.Item)) is null)
                return null;
            lanes.Add(new Lane(lane.Index, scope, lane.LastId, lane.LastAt));
        }

        return new FanOut
        {
            Length = (int)wire.Length,
            Items = items,
            Lanes = lanes.MoveToImmutable(),
            Started = (int)wire.Started,
            Ended = (int)wire.Ended,
            Outputs = outputs,
        };
    }

    /// <summary>The next scope of the list, as a branch of this state.</summary>
    private Scope? ReadNext(int index, StateDefinition state, Payload? items, MapItem? item)
    {
        if (!inside.MoveNext())
            return null;
        return state switch
        {
            ParallelState parallel when index >= 0 && index < parallel.Branches.Length =>
                Read(inside.Current, parallel.Branches[index], item),
            MapState map when items is not null => Read(inside.Current, map.Processor, new MapItem(items, index)),
            _ => null,
        };
    }
}
