using System.Security.Cryptography;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// Times never go down along a chain, nor in a branch; payloads and histories keep to their limits; a payload is what its size and its hash
/// say, or is held by an earlier event.
/// </summary>
internal sealed class I24Limits() : Rule("I24", "events and payloads")
{
    /// <summary>The most bytes of a payload.</summary>
    internal const int LargestPayload = 262_144;

    /// <summary>The most events of a history.</summary>
    internal const int LongestHistory = 25_000;

    public override void Open(History history)
    {
        Judged(history.Shown.Count);
        if (history.Shown.Count > LongestHistory)
            Broken(history.Id, $"{history.Shown.Count} events");
        else if (history.Shown.Count == LongestHistory && !History.IsTerminal(history.Shown[^1]))
            Broken(history.Id, $"the last that may be is {history.Shown[^1].Name()}");
    }

    public override void Take(History history, Event e, Positions at)
    {
        if (e.Id != 0 && history.Find(e.PreviousId) is { } previous && previous.At > e.At)
            Broken(history.Id, $"{e.Name()} is before {previous.Name()}");

        // That a given-up child has stopped is told by the clock of whoever heard it, and is no step of the branch.
        if (at.Of(e.Scope).Last is { } last && last.At > e.At && e.WhatCase is not (What.ExecutionTimedOut or What.ExecutionAborted or What.ChildStopped)
            && last.WhatCase is not What.ChildStopped)
            Broken(history.Id, $"{e.Name()} at {e.At} is before {last.Name()} at {last.At}, in the same branch");
        if (e.At < history.All[0].At)
            Broken(history.Id, $"{e.Name()} is before the start");
        if (e.Payload is { } payload)
            Judge(history, e, payload);
    }

    private void Judge(History history, Event e, Payload payload)
    {
        if (payload.Size > LargestPayload)
            Broken(history.Id, $"{e.Name()} has a payload of {payload.Size} bytes");
        if (payload.WhereCase == Payload.WhereOneofCase.Reference)
        {
            var held = payload.Reference < e.Id || e.Id == 0 ? history.Find(payload.Reference) : null;
            if (held?.Payload is not { WhereCase: Payload.WhereOneofCase.Inline } holder || holder.Size != payload.Size)
                Broken(history.Id, $"{e.Name()} refers to a payload of {payload.Size} bytes in event {payload.Reference}, which does not hold it");
        }
        else if (payload is { Codec: 0, WhereCase: Payload.WhereOneofCase.Inline })
        {
            if (payload.Size != payload.Inline.Length)
                Broken(history.Id, $"{e.Name()} has a payload of {payload.Inline.Length} bytes that says {payload.Size}");
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(payload.Inline.Span, hash);
            if (!payload.Sha256.Span.SequenceEqual(hash))
                Broken(history.Id, $"{e.Name()} has a payload with another hash");
        }
    }
}
