using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Google.Protobuf;

namespace Cluster.Node.Executions.Encoding;

/// <summary>Snapshots between the core and the journal's bytes. A snapshot is a cache: one that cannot be read is dropped.</summary>
public static class SnapshotCodec
{
    /// <summary>The format that this version writes: 2 has branches. It reads that and the one before.</summary>
    public const uint FormatVersion = 2;

    /// <summary>The bytes of an open execution.</summary>
    public static byte[] Encode(Execution execution)
    {
        var payloads = new SnapshotPayloads();
        var wire = new Wire.ExecutionSnapshot
        {
            FormatVersion = FormatVersion,
            State = (uint)execution.State,
            Start = StartOf(execution.Start!),
            Input = payloads.Write(execution.Input),
            StartedAt = execution.StartedAt,
            LastHistoryId = execution.LastHistoryId,
        };
        wire.Root = new ScopeSnapshotWriter(payloads, wire.Inside).Write(execution.Root!);
        wire.Orphans.AddRange(execution.Orphans.Select(orphan => OrphanSnapshots.Write(orphan, payloads)));
        return wire.ToByteArray();
    }

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

        return wire.FormatVersion is > 0 and <= FormatVersion && wire.Start is not null && wire.Root is not null
            ? Decode(wire, definition)
            : null;
    }

    private static Execution? Decode(Wire.ExecutionSnapshot wire, StateMachineDefinition definition)
    {
        var payloads = new SnapshotPayloads();
        var inside = wire.Inside.GetEnumerator();
        if (payloads.Read(wire.Input) is not { } input
            || new ScopeSnapshotReader(payloads, inside).Read(wire.Root, definition.Root, item: null) is not { } root
            || inside.MoveNext())
        {
            return null;
        }

        var orphans = wire.Orphans.Select(orphan => OrphanSnapshots.Read(orphan, payloads)).ToList();
        return orphans.Contains(item: null) ? null : Execution.Empty(definition) with
        {
            Orphans = [.. orphans.Select(orphan => orphan!)],
            State = (ExecutionState)wire.State,
            Start = EventReader.Start(wire.Start),
            Input = input,
            StartedAt = wire.StartedAt,
            LastHistoryId = wire.LastHistoryId,
            Root = root,
        };
    }

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
        if (start.ParentToken is not null)
            wire.ParentToken = start.ParentToken;
        wire.ParentSeesJson = start.ParentSeesJson;
        if (start.RequestId is not null)
            wire.RequestId = start.RequestId;
        return wire;
    }
}
