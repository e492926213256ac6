using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Interpreter;
using Google.Protobuf;

namespace Cluster.Node.Executions.Encoding;

/// <summary>
/// The payloads of a snapshot: one that several scopes hold is written where it comes first, and read back as the one object that it was.
/// Writer and reader go through a snapshot in the same order.
/// </summary>
internal sealed class SnapshotPayloads
{
    private readonly Dictionary<long, Payload> _seen = [];

    [return: NotNullIfNotNull(nameof(payload))]
    public Wire.HeldPayload? Write(Payload? payload)
    {
        if (payload is null)
            return null;
        var wire = new Wire.HeldPayload { Origin = payload.Origin };
        if (_seen.TryAdd(payload.Origin, payload))
            wire.Text = UnsafeByteOperations.UnsafeWrap(payload.Utf8);
        return wire;
    }

    /// <summary>The payload; null where there is none, or none that has been read before.</summary>
    public Payload? Read(Wire.HeldPayload? wire)
    {
        if (wire is null || (wire.Text.IsEmpty && !_seen.ContainsKey(wire.Origin)))
            return null;
        if (_seen.TryGetValue(wire.Origin, out var seen))
            return seen;
        var payload = Payload.Stored(wire.Text.Memory, wire.Origin);
        _seen.Add(wire.Origin, payload);
        return payload;
    }
}
