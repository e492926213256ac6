using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// Executions that are to be read back. What has gathered is read in one round trip, a page at a time, on a few of the connections: a shard
/// that is taken over has thousands to read, and listings and histories must not wait behind them. One that comes alone is read at once.
/// </summary>
internal sealed class LoadQueue(PostgresReaders readers)
{
    /// <summary>Executions in a page.</summary>
    public const int PageSize = 64;

    /// <summary>Pages that are read at a time.</summary>
    public const int MostReaders = PostgresReaders.MostConnections / 2;

    private readonly Lock _gate = new();
    private readonly Queue<LoadRequest> _queue = new();
    private int _reading;

    /// <summary>Reads an execution back. What waits is bounded by who asks: an actor asks once at a time.</summary>
    public void Add(LoadRequest request)
    {
        lock (_gate)
        {
            _queue.Enqueue(request);
            if (_reading == MostReaders)
                return;
            _reading++;
        }

        _ = ReadAsync();
    }

    private async Task ReadAsync()
    {
        while (TakePage() is { } page)
            await ReadAsync(page).ConfigureAwait(false);
    }

    private async Task ReadAsync(LoadPage page)
    {
        try
        {
            await readers.ReadAsync((connection, stop) => page.ReadAsync(connection, stop), CancellationToken.None).ConfigureAwait(false);
            return;
        }
        catch (Exception e) when (e is StoreUnavailableException || page.Left == 1)
        {
            // Whoever asked decides: it tells the log and tries again.
            page.Fail(e);
            return;
        }
        catch (Exception)
        {
            // One of them cannot be read; it fails alone below, and the others do not fail with it.
        }

        foreach (var one in page.Apart())
            await ReadAsync(one).ConfigureAwait(false);
    }

    private LoadPage? TakePage()
    {
        lock (_gate)
        {
            if (_queue.Count > 0)
            {
                var page = new LoadRequest[Math.Min(_queue.Count, PageSize)];
                for (var i = 0; i < page.Length; i++)
                    page[i] = _queue.Dequeue();
                return new LoadPage(page);
            }

            _reading--;
            return null;
        }
    }
}

/// <summary>An execution that is to be read back.</summary>
/// <param name="Id">Which.</param>
/// <param name="FromSnapshot">Whether from its newest snapshot, if any; otherwise all rows.</param>
/// <param name="Reply">Who gets it.</param>
internal readonly record struct LoadRequest(ExecutionId Id, bool FromSnapshot, ILoadReply Reply);
