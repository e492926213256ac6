using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions.Encoding;

/// <summary>The orphans of an execution in its snapshot.</summary>
internal static class OrphanSnapshots
{
    public static Wire.OrphanSnapshot Write(Orphan orphan, SnapshotPayloads payloads)
    {
        var wire = new Wire.OrphanSnapshot
        {
            Scope = orphan.Call.Scope,
            Visit = orphan.Call.Visit,
            Attempt = orphan.Call.Attempt,
            Resource = orphan.Call.Resource,
            Input = payloads.Write(orphan.Call.Input),
        };
        if (orphan.Call.Token is { } token)
            wire.Token = token;
        if (orphan.Child is { } child)
            wire.Child = child;
        return wire;
    }

    /// <summary>The orphan, or null when its input cannot be read.</summary>
    public static Orphan? Read(Wire.OrphanSnapshot wire, SnapshotPayloads payloads) => payloads.Read(wire.Input) is not { } input
        ? null
        : new Orphan(
            new OutstandingCall(wire.Scope, wire.Visit, wire.Attempt, wire.Resource, input, wire.HasToken ? wire.Token : null),
            wire.HasChild ? wire.Child : null);
}
