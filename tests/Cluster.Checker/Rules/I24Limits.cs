using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Times never go down along a chain; payloads and histories keep to their limits.</summary>
internal sealed class I24Limits : IHistoryRule
{
    /// <summary>The most bytes of a payload.</summary>
    internal const int LargestPayload = 262_144;

    /// <summary>The most events of a history.</summary>
    internal const int LongestHistory = 25_000;

    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        foreach (var e in history.Shown)
        {
            if (history.Find(e.PreviousId) is { } previous && previous.At > e.At)
                yield return new Breach("I24", history.Id, $"{e.Name()} is before {previous.Name()}");
            if (e.Payload is { } payload && payload.Size > LargestPayload)
                yield return new Breach("I24", history.Id, $"{e.Name()} has a payload of {payload.Size} bytes");
        }

        if (history.Shown.Count > LongestHistory)
            yield return new Breach("I24", history.Id, $"{history.Shown.Count} events");
        else if (history.Shown.Count == LongestHistory && history.Shown[^1].WhatCase is not What.ExecutionFailed)
            yield return new Breach("I24", history.Id, $"the last that may be is {history.Shown[^1].Name()}");
    }
}
