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
        foreach (var row in rows)
            events.AddRange(EventCodec.Read(row.Events).Events.Where(e => e.Id >= first && e.Id <= last));
        var texts = withPayloads ? await TextsAsync(id, rows, events, cancellation).ConfigureAwait(false) : null;
        var history = new List<HistoryEvent>(events.Count);
        foreach (var e in events)
        {
            ReadOnlyMemory<byte>? text = null;
            if (texts is not null && e.Payload is not null)
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

    private async ValueTask<Dictionary<long, ReadOnlyMemory<byte>>> TextsAsync(
        ExecutionId id, IReadOnlyList<JournalRow> rows, List<Wire.Event> events, CancellationToken cancellation)
    {
        var texts = new Dictionary<long, ReadOnlyMemory<byte>>();
        foreach (var row in rows)
            Collect(EventCodec.Read(row.Events).Events, texts);
        var missing = events
            .Where(e => e.Payload?.WhereCase == Wire.Payload.WhereOneofCase.Reference && !texts.ContainsKey(e.Payload.Reference))
            .Select(e => e.Payload.Reference).Distinct().Order().ToList();
        if (missing.Count == 0)
            return texts;
        foreach (var row in await queries.ReadHistoryAsync(id, missing, cancellation).ConfigureAwait(false))
            Collect(EventCodec.Read(row.Events).Events, texts);
        return texts;
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
