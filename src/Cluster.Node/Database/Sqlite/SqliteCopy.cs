using SQLitePCL;

namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// A copy of a file into another, a slice at a time. What holds the target's pages until they are written is bounded by its cache; whether
/// they are on the disk is the asker's business, so that the last slice is no longer than the others.
/// </summary>
internal sealed class SqliteCopy : IDisposable
{
    /// <summary>The pages of a slice: at most some milliseconds for the writes that wait meanwhile.</summary>
    public const int SlicePages = 256;

    /// <summary>How often in a row a slice may find a file locked.</summary>
    public const int MostBusySlices = 100;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMilliseconds(10);

    private readonly SqliteSession _target;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly TaskCompletionSource<SqliteCopied> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private sqlite3_backup? _backup;
    private SqliteCopied _copied;
    private int _busy;

    private SqliteCopy(SqliteSession target, TimeProvider time, CancellationToken cancellation)
    {
        _target = target;
        _time = time;
        _cancellation = cancellation;
    }

    /// <summary>Ends when all is copied.</summary>
    /// <exception cref="SqliteFailureException">A file could not be read or written.</exception>
    /// <exception cref="StoreUnavailableException">The copy was refused.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<SqliteCopied> Done => _done.Task;

    /// <summary>Prepares a copy into a new file.</summary>
    /// <exception cref="SqliteFailureException">The file cannot be made.</exception>
    public static SqliteCopy Into(string path, TimeProvider time, CancellationToken cancellation)
    {
        var target = SqliteSession.Open(path, writable: true, BusyTimeout);
        try
        {
            // The file is thrown away unless all of it was copied, so it needs neither a journal nor a flush before its end.
            target.Run("PRAGMA journal_mode = OFF");
            target.Run("PRAGMA synchronous = OFF");
            return new SqliteCopy(target, time, cancellation);
        }
        catch (SqliteFailureException)
        {
            target.Dispose();
            throw;
        }
    }

    /// <summary>Copies a slice; false when there is nothing more to do, be it that all is copied or that it failed.</summary>
    public bool Advance(SqliteSession source)
    {
        try
        {
            if (!_cancellation.IsCancellationRequested)
                return Step(source);
            Finish();
            _done.TrySetCanceled(_cancellation);
        }
        catch (SqliteFailureException e)
        {
            Finish();
            _done.TrySetException(e);
        }

        return false;
    }

    /// <summary>It is not made, or not to its end.</summary>
    public void Refuse(string reason)
    {
        Finish();
        _done.TrySetException(new StoreUnavailableException(reason));
    }

    /// <summary>Closes the target. To be called when <see cref="Done"/> has ended.</summary>
    public void Dispose() => _target.Dispose();

    private bool Step(SqliteSession source)
    {
        var began = _time.GetTimestamp();
        _backup ??= source.CopyInto(_target);
        var code = raw.sqlite3_backup_step(_backup, SlicePages);
        var took = _time.GetElapsedTime(began);
        _copied = _copied with
        {
            Pages = raw.sqlite3_backup_pagecount(_backup),
            Slices = _copied.Slices + 1,
            LongestSlice = took > _copied.LongestSlice ? took : _copied.LongestSlice,
        };
        switch (code)
        {
            case raw.SQLITE_OK:
                _busy = 0;
                return true;
            case raw.SQLITE_BUSY or raw.SQLITE_LOCKED when ++_busy < MostBusySlices:
                return true;
            case raw.SQLITE_DONE:
                _target.Check(Finish());
                _done.TrySetResult(_copied);
                return false;
            default:
                Finish();
                _target.Fail(code);
                return false;
        }
    }

    private int Finish()
    {
        if (_backup is null)
            return raw.SQLITE_OK;
        var code = raw.sqlite3_backup_finish(_backup);
        _backup = null;
        return code;
    }
}

/// <summary>What a copy was.</summary>
/// <param name="Pages">The pages of the file.</param>
/// <param name="Slices">In how many slices it was copied.</param>
/// <param name="LongestSlice">How long the longest of them kept the writer from writing.</param>
internal readonly record struct SqliteCopied(long Pages, int Slices, TimeSpan LongestSlice);
