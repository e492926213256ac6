using Cluster.Gateway.Operations;
using Cluster.Node.Executions;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Observation;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>Who is told what executions have committed, as the settings say: the log of executions, and the events of their status.</summary>
internal sealed class NodeObservers : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _workers = [];

    /// <summary>Starts those that are wanted.</summary>
    public NodeObservers(ClusterSettings settings, TimeProvider time, ILoggerFactory loggers)
    {
        var room = new ObservationRoom { Time = time, Log = loggers.CreateLogger<ObservationRoom>() };
        var observers = new List<IExecutionObserver>();
        if (SinkOf(settings.Logs, "log", room) is { } logs)
        {
            var log = new ExecutionLog(room, logs, settings.Logs.QueueBytes, HistoryEventWriter.WriteDetails);
            observers.Add(log);
            _workers.Add(log);
        }

        if (SinkOf(settings.StatusEvents, "status", room) is { } records)
        {
            var status = new StatusEvents(room, new StatusEventRecords(records), records, settings.StatusEvents.QueueBytes);
            observers.Add(status);
            _workers.Add(status);
        }

        Observer = observers.Count switch
        {
            0 => NoExecutionObserver.Instance,
            1 => observers[0],
            _ => new EveryObserver(observers),
        };
    }

    /// <summary>All of them.</summary>
    public IExecutionObserver Observer { get; }

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync().ConfigureAwait(false);
    }

    private static IRecordSink? SinkOf(RecordSettings settings, string kind, ObservationRoom room)
    {
        void Dropped(int count) => room.Metrics.DroppedBySink(kind, count);
        return settings.To switch
        {
            RecordTarget.None => null,
            RecordTarget.Stdout => new TextSink(Console.Out, Dropped),
            RecordTarget.Files => new FileSink(settings, Dropped, room.Log),
            RecordTarget.Both => new EverySink([new TextSink(Console.Out, Dropped), new FileSink(settings, Dropped, room.Log)]),
            _ => throw new InvalidOperationException($"No sink for {settings.To}."),
        };
    }
}
