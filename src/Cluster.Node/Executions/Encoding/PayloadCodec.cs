using Cluster.Asl.Interpreter;
using Google.Protobuf;

namespace Cluster.Node.Executions.Encoding;

/// <summary>
/// How payload texts are kept in the journal. Identity today; encryption or offload become another codec number, not another event.
/// </summary>
public interface IPayloadCodec
{
    /// <summary>The number that is stored with each payload.</summary>
    uint Number { get; }

    /// <summary>The stored form of a text.</summary>
    ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> text);

    /// <summary>The text of a stored form.</summary>
    ReadOnlyMemory<byte> Decode(ByteString stored);
}

/// <summary>The codec that keeps texts as they are.</summary>
public sealed class IdentityPayloadCodec : IPayloadCodec
{
    /// <inheritdoc/>
    public uint Number => 0;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> text) => text;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Decode(ByteString stored) => stored.Memory;
}

/// <summary>Payloads from their wire form.</summary>
internal static class PayloadWire
{
    /// <summary>The payload of an event with this history id, in a scope of the execution as it was before the event.</summary>
    /// <exception cref="InvalidOperationException">The reference names no payload that is in use, or the codec is unknown.</exception>
    public static Payload Decode(Wire.Payload wire, long id, IPayloadCodec codec, Execution execution, string scope)
    {
        if (wire.WhereCase == Wire.Payload.WhereOneofCase.Reference)
        {
            return execution.FindPayload(scope, wire.Reference)
                ?? throw new InvalidOperationException($"Event {id} refers to the payload of event {wire.Reference}, which is not in use.");
        }

        return Payload.Stored(Text(wire, codec), id);
    }

    /// <summary>The text of an inline payload.</summary>
    public static ReadOnlyMemory<byte> Text(Wire.Payload wire, IPayloadCodec codec) =>
        wire.Codec == codec.Number
            ? codec.Decode(wire.Inline)
            : throw new InvalidOperationException($"A payload has codec {wire.Codec}, which this node does not know.");
}
