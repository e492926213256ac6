using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Observation;

/// <summary>Where executions leave what is to be recorded, and the one worker that turns it into records, in the order in which it came.</summary>
/// <typeparam name="T">What waits.</typeparam>
/// <remarks>
/// Adding never waits: with too much waiting it is refused. The worker lets its sink flush whenever nothing waits any more, and at least after
/// <see cref="MostBetweenFlushes"/> items.
/// </remarks>
internal sealed partial class RecordQueue<T> : IAsyncDisposable
{
    /// <summary>How many items are written before the sink must let them out.</summary>
    public const int MostBetweenFlushes = 1024;

    /// <summary>What an item takes beside its events, about, in bytes.</summary>
    private const int ItemBytes = 256;

    private readonly Channel<(T What, long Bytes)> _items =
        Channel.CreateUnbounded<(T, long)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly long _mostBytes;
    private readonly Action<T> _write;
    private readonly IRecordSink _sink;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly Task _worker;
    private long _bytes;

    /// <summary>Starts the worker.</summary>
    /// <param name="mostBytes">How much may wait.</param>
    /// <param name="write">Writes an item's records to the sink.</param>
    /// <param name="sink">The sink, which ends with the queue.</param>
    /// <param name="log">Where failures are told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long what waits may take when the process ends.</param>
    public RecordQueue(long mostBytes, Action<T> write, IRecordSink sink, ILogger log, TimeProvider time, TimeSpan patience)
    {
        _mostBytes = mostBytes;
        _write = write;
        _sink = sink;
        _log = log;
        _time = time;
        _patience = patience;
        _worker = Task.Run(WorkAsync);
    }

    /// <summary>Leaves an item; false when too much waits, or the process ends.</summary>
    /// <param name="what">The item.</param>
    /// <param name="bytes">About how much memory it holds.</param>
    public bool TryAdd(in T what, long bytes)
    {
        // One item always fits, however large: what is larger than the limit could never be written otherwise.
        var held = bytes + ItemBytes;
        var before = Interlocked.Add(ref _bytes, held) - held;
        if ((before == 0 || before + held <= _mostBytes) && _items.Writer.TryWrite((what, held)))
            return true;
        Interlocked.Add(ref _bytes, -held);
        return false;
    }

    /// <summary>Lets out what waits, for as long as the process may take, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _items.Writer.TryComplete();
        try
        {
            await _worker.WaitAsync(_patience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogCutOff(_log, Interlocked.Read(ref _bytes));
            return;
        }

        _sink.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await _items.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var written = 0;
            while (written < MostBetweenFlushes && _items.Reader.TryRead(out var item))
            {
                Write(item.What);
                Interlocked.Add(ref _bytes, -item.Bytes);
                written++;
            }

            Guarded(_sink.Flush);
        }
    }

    private void Write(T what)
    {
        try
        {
            _write(what);
        }
        catch (Exception e)
        {
            // One item that cannot be written must not silence all others.
            LogFailed(_log, e);
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            LogFailed(_log, e);
        }
    }
}
