using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions.Encoding;

/// <summary>The journal holds an event that this version does not know: a newer node wrote it.</summary>
public sealed class NewerFormatException(string message) : Exception(message);

/// <summary>Events between the core and the journal's bytes.</summary>
public sealed class EventCodec(IPayloadCodec payloads)
{
    /// <summary>The format that this version writes.</summary>
    public const uint FormatVersion = 1;

    /// <summary>What an append of small payloads takes.</summary>
    private const int ProbableBytes = 1024;

    /// <summary>The bytes of one append.</summary>
    public byte[] Encode(IReadOnlyList<ExecutionEvent> events)
    {
        var output = new WireOutput(ProbableBytes);
        try
        {
            for (var i = events.Count - 1; i >= 0; i--)
                EventWriter.Write(ref output, events[i], payloads);
            output.Number(Wire.EventBatch.FormatVersionFieldNumber, FormatVersion);
            return output.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>Folds one append into an execution.</summary>
    /// <exception cref="NewerFormatException">A newer node wrote it.</exception>
    public Execution Fold(Execution execution, ReadOnlyMemory<byte> bytes) => Fold(execution, Read(bytes));

    /// <summary>Folds one append that was read into an execution.</summary>
    internal Execution Fold(Execution execution, Wire.EventBatch batch)
    {
        foreach (var wire in batch.Events)
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

    /// <summary>The token of the task whose part an execution is, from its first append; null where it is a part of none.</summary>
    public static string? ParentTokenOf(ReadOnlyMemory<byte> firstAppend) =>
        Read(firstAppend).Events is [{ WhatCase: Wire.Event.WhatOneofCase.ExecutionStarted, ExecutionStarted: { HasParentToken: true } start }, ..]
            ? start.ParentToken
            : null;

    /// <summary>The text of an inline payload of the wire form.</summary>
    internal ReadOnlyMemory<byte> Text(Wire.Payload payload) => PayloadWire.Text(payload, payloads);

    private ExecutionEvent ToEvent(Wire.Event wire, Execution execution)
    {
        var payload = wire.Payload is { } held ? PayloadWire.Decode(held, wire.Id, payloads, execution, wire.Scope) : null;
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
