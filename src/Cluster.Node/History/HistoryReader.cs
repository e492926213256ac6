using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Protocol.History;
using Cluster.Protocol.Identity;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.History;

/// <summary>
/// Reads stretches of an execution's history: the rows that hold them, and in one further read the rows that their payloads refer to.
/// </summary>
public sealed class HistoryReader(IExecutionQueries queries, EventCodec codec)
{
    /// <summary>Events with ids from <paramref name="first"/> to <paramref name="last"/>, in order of id.</summary>
    public async ValueTask<IReadOnlyList<HistoryEvent>> ReadAsync(
        ExecutionId id, string region, long first, long last, bool withPayloads, CancellationToken cancellation)
    {
        var rows = await queries.ReadHistoryAsync(id, first, last, cancellation).ConfigureAwait(false);
        var events = new List<Wire.Event>();
        var texts = withPayloads ? new Dictionary<long, ReadOnlyMemory<byte>>() : null;
        foreach (var row in rows)
        {
            var held = EventCodec.Read(row.Events).Events;
            events.AddRange(held.Where(e => e.Id >= first && e.Id <= last));
            if (texts is not null)
                Collect(held, texts);
        }

        if (texts is not null)
            await FindMissingAsync(id, events, texts, cancellation).ConfigureAwait(false);
        var history = new List<HistoryEvent>(events.Count);
        foreach (var e in events)
        {
            ReadOnlyMemory<byte>? text = null;
            if (texts is not null && HistoryProjection.ShowsPayload(e))
                text = TextOf(e.Payload, texts);
            history.Add(HistoryProjection.Project(e, region, text));
        }

        return history;
    }

    /// <summary>The wire form of an execution's last history event, or null before the first.</summary>
    internal async ValueTask<Wire.Event?> ReadLastAsync(ExecutionId id, CancellationToken cancellation)
    {
        var row = await queries.ReadLastAsync(id, cancellation).ConfigureAwait(false);
        return row is null ? null : EventCodec.Read(row.Events).Events.LastOrDefault(e => e.Id != 0);
    }

    /// <summary>The text of an event's payload, which may be held by an earlier event.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> TextAsync(ExecutionId id, Wire.Payload payload, CancellationToken cancellation)
    {
        if (payload.WhereCase == Wire.Payload.WhereOneofCase.Inline)
            return codec.Text(payload);
        var rows = await queries.ReadHistoryAsync(id, [payload.Reference], cancellation).ConfigureAwait(false);
        var texts = new Dictionary<long, ReadOnlyMemory<byte>>();
        foreach (var row in rows)
            Collect(EventCodec.Read(row.Events).Events, texts);
        return TextOf(payload, texts);
    }

    /// <summary>Reads the texts that events refer to and whose events are on none of the rows read so far.</summary>
    private async ValueTask FindMissingAsync(
        ExecutionId id, List<Wire.Event> events, Dictionary<long, ReadOnlyMemory<byte>> texts, CancellationToken cancellation)
    {
        var missing = events
            .Where(e => HistoryProjection.ShowsPayload(e) && e.Payload.WhereCase == Wire.Payload.WhereOneofCase.Reference)
            .Where(e => !texts.ContainsKey(e.Payload.Reference))
            .Select(e => e.Payload.Reference).Distinct().Order().ToList();
        if (missing.Count == 0)
            return;
        foreach (var row in await queries.ReadHistoryAsync(id, missing, cancellation).ConfigureAwait(false))
            Collect(EventCodec.Read(row.Events).Events, texts);
    }

    private void Collect(IEnumerable<Wire.Event> events, Dictionary<long, ReadOnlyMemory<byte>> texts)
    {
        foreach (var e in events)
        {
            if (e.Payload?.WhereCase == Wire.Payload.WhereOneofCase.Inline)
                texts[e.Id] = codec.Text(e.Payload);
        }
    }

    private ReadOnlyMemory<byte> TextOf(Wire.Payload payload, Dictionary<long, ReadOnlyMemory<byte>> texts)
    {
        if (payload.WhereCase == Wire.Payload.WhereOneofCase.Inline)
            return codec.Text(payload);
        return texts.TryGetValue(payload.Reference, out var text)
            ? text
            : throw new InvalidOperationException($"History event {payload.Reference}, whose payload is referred to, is not in the journal.");
    }
}
