using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Observation;

/// <summary>Tells each change of status of a Standard execution: that it runs, and how it ended.</summary>
/// <remarks>Best effort, as at AWS: a change that had committed and was not told when the process ended is not told later.</remarks>
public sealed class StatusEvents : IExecutionObserver, IAsyncDisposable
{
    private readonly IStatusEventSink _sink;
    private readonly ObservationMetrics _metrics;
    private readonly RecordQueue<Change> _queue;

    /// <summary>Starts its worker.</summary>
    /// <param name="room">What all observers share.</param>
    /// <param name="sink">Who is told.</param>
    /// <param name="records">What the sink writes to, if anything: it is flushed when nothing waits, and ends with this.</param>
    /// <param name="queueBytes">How many bytes may wait.</param>
    public StatusEvents(ObservationRoom room, IStatusEventSink sink, IRecordSink records, long queueBytes)
    {
        _sink = sink;
        _metrics = room.Metrics;
        _queue = new RecordQueue<Change>(queueBytes, Tell, records, room.Log, room.Time, room.Patience);
    }

    /// <inheritdoc/>
    public void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes)
    {
        // Short executions start and end in one append.
        if (events[0] is ExecutionStarted started)
            Add(new Change(id, execution.Start!, execution.Input!, execution.StartedAt, started));
        if (events[^1] is { IsTerminal: true } ended)
            Add(new Change(id, execution.Start!, execution.Input!, execution.StartedAt, ended));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private void Add(in Change change)
    {
        long bytes = change.Input.Size + (change.Event.Payload?.Size ?? 0);
        if (!_queue.TryAdd(change, bytes))
            _metrics.DroppedByQueue(StatusEventRecords.Kind, 1);
    }

    private void Tell(Change change)
    {
        var e = change.Event;
        var (error, cause) = e switch
        {
            ExecutionFailed failed => (failed.Error, failed.Cause),
            ExecutionAborted aborted => (aborted.Error, aborted.Cause),
            _ => (null, null),
        };
        _sink.Take(new StatusEvent
        {
            Execution = change.Id,
            HistoryId = e.Id,
            At = e.At,
            Arn = ArnReader.Execution(change.Start.ExecutionArn).Value!,
            Status = e switch
            {
                ExecutionStarted => ExecutionStatus.Running,
                ExecutionSucceeded => ExecutionStatus.Succeeded,
                ExecutionFailed => ExecutionStatus.Failed,
                ExecutionAborted => ExecutionStatus.Aborted,
                ExecutionTimedOut => ExecutionStatus.TimedOut,
                _ => throw new InvalidOperationException($"{e.GetType().Name} changes no status."),
            },
            StartDate = change.StartedAt,
            Input = change.Input.Utf8,
            Output = e is ExecutionSucceeded ? e.Payload!.Utf8 : (ReadOnlyMemory<byte>?)null,
            Error = error,
            Cause = cause,
        });
        _metrics.Taken(StatusEventRecords.Kind, 1);
    }

    private readonly record struct Change(ExecutionId Id, ExecutionStart Start, Payload Input, long StartedAt, ExecutionEvent Event);
}
