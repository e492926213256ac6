using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Observation;

/// <summary>
/// Logs what happens in executions whose machines are configured so: a record for each history event that the level takes, in the order of
/// the events of an execution, to the stream of the configured log group.
/// </summary>
/// <remarks>Best effort, as at AWS: what had committed and was not written when the process ended is not written later.</remarks>
public sealed class ExecutionLog : IExecutionObserver, IAsyncDisposable
{
    private const string Kind = "log";

    private readonly LogConfigurations _configurations = new();
    private readonly EventCodec _codec;
    private readonly LogRecordWriter _writer;
    private readonly IRecordSink _sink;
    private readonly ObservationMetrics _metrics;
    private readonly RecordQueue<Entry> _queue;

    /// <summary>Starts its worker.</summary>
    /// <param name="room">What all observers share.</param>
    /// <param name="sink">Where records go; it ends with the log.</param>
    /// <param name="queueBytes">How many bytes of events may wait.</param>
    /// <param name="writeDetails">Writes the details of records.</param>
    public ExecutionLog(ObservationRoom room, IRecordSink sink, long queueBytes, DetailsWriter writeDetails)
    {
        _codec = room.Codec;
        _writer = new LogRecordWriter(writeDetails);
        _sink = sink;
        _metrics = room.Metrics;
        _queue = new RecordQueue<Entry>(queueBytes, Write, sink, room.Log, room.Time, room.Patience);
    }

    /// <inheritdoc/>
    public void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes)
    {
        var start = execution.Start!;
        var configuration = _configurations.Of(start.LoggingConfiguration);
        if (configuration.Level.MayTake(events) && !_queue.TryAdd(new Entry(start.ExecutionArn, configuration, events), bytes))
            _metrics.DroppedByQueue(Kind, events.Count(static e => e.IsHistory));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private void Write(Entry entry)
    {
        var level = entry.Configuration.Level;
        var region = RegionOf(entry.ExecutionArn);
        var wires = EventCodec.Read(_codec.Encode(entry.Events)).Events;
        var written = 0;
        for (var i = 0; i < wires.Count; i++)
        {
            var wire = wires[i];
            if (wire.Id == 0)
                continue;
            ReadOnlyMemory<byte>? payload = entry.Configuration.IncludeExecutionData && HistoryProjection.ShowsPayload(wire)
                ? entry.Events[i].Payload!.Utf8
                : (ReadOnlyMemory<byte>?)null;
            var item = HistoryProjection.Project(wire, region, payload);
            if (!level.Takes(item.Type))
                continue;
            _sink.Take(entry.Configuration.LogGroup, _writer.Write(entry.ExecutionArn, item));
            written++;
        }

        _metrics.Taken(Kind, written);
    }

    /// <summary>The fourth part of an ARN.</summary>
    private static string RegionOf(string arn)
    {
        const int before = 3;
        var rest = arn.AsSpan();
        for (var i = 0; i < before; i++)
            rest = rest[(rest.IndexOf(':') + 1)..];
        var end = rest.IndexOf(':');
        return end < 0 ? "" : rest[..end].ToString();
    }

    private readonly record struct Entry(string ExecutionArn, LogConfiguration Configuration, IReadOnlyList<ExecutionEvent> Events);
}
