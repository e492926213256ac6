using Cluster.Protocol.Errors;

namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// A bounded pool of read-only sessions. Reads run on the thread pool, at most <see cref="MostSessions"/> at a time, in the order in
/// which they came; none waits for the writer. What the file does not hold as it should fails with a
/// <see cref="DamagedException"/>.
/// </summary>
internal sealed class SqliteReaders
{
    /// <summary>The most sessions, and so the most reads at a time.</summary>
    public const int MostSessions = 4;

    /// <summary>The most reads that wait; further ones are refused.</summary>
    public const int MostWaiting = 65_536;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly string _settings;
    private readonly Lock _gate = new();
    private readonly Queue<Read> _waiting = new();
    private readonly Stack<SqliteSession> _idle = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active;
    private bool _closing;

    /// <summary>A pool on a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Statements that each new session runs first.</param>
    public SqliteReaders(string path, string settings)
    {
        _path = path;
        _settings = settings;
    }

    /// <summary>Runs a read in a transaction of its own, so that all its statements see one state.</summary>
    /// <exception cref="StoreUnavailableException">Too many reads wait, or the store is closing, or it failed.</exception>
    public ValueTask<T> RunAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var call = new Call<T>(read, cancellation);
        Enqueue(call);
        return new ValueTask<T>(call.Task);
    }

    /// <summary>Runs a read and hands its result, or the failure, to a callback on the thread of the read.</summary>
    public void Run<T>(Func<SqliteSession, T> read, Action<T> done, Action<Exception> failed) =>
        Enqueue(new Callback<T>(read, done, failed));

    /// <summary>Waits for the running reads, refuses those that wait, and closes all sessions.</summary>
    public void Close()
    {
        Read[] refused;
        lock (_gate)
        {
            _closing = true;
            refused = [.. _waiting];
            _waiting.Clear();
            if (_active == 0)
                _drained.TrySetResult();
        }

        foreach (var read in refused)
            read.Fail(new StoreUnavailableException("The store is closing."));
        _drained.Task.Wait();
        while (_idle.TryPop(out var session))
            session.Dispose();
    }

    private void Enqueue(Read read)
    {
        bool start = false, refused;
        lock (_gate)
        {
            refused = _closing || _waiting.Count >= MostWaiting;
            if (!refused)
            {
                _waiting.Enqueue(read);
                start = _active < MostSessions;
                if (start)
                    _active++;
            }
        }

        if (refused)
            read.Fail(new StoreUnavailableException("Too many reads wait, or the store is closing."));
        else if (start)
            ThreadPool.UnsafeQueueUserWorkItem(static readers => readers.Work(), this, preferLocal: false);
    }

    private void Work()
    {
        SqliteSession? session = null;
        while (Next(session) is { } read)
        {
            try
            {
                session ??= Rent();
                session.BeginRead();
                read.Run(session);
            }
            catch (Exception e)
            {
                read.Fail(e switch
                {
                    SqliteFailureException { MayPass: true } => new StoreUnavailableException("The store could not be read.", e),

                    // What is asked never changes: if the file has no answer, it is not what it should be.
                    SqliteFailureException => new DamagedException(e.Message, e),
                    _ => e,
                });
            }
            finally
            {
                session?.Undo();
            }

            read.Complete();
        }
    }

    private Read? Next(SqliteSession? session)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var read))
                return read;
            if (session is not null)
                _idle.Push(session);
            _active--;
            if (_closing && _active == 0)
                _drained.TrySetResult();
            return null;
        }
    }

    private SqliteSession Rent()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out var session))
                return session;
        }

        var opened = SqliteSession.Open(_path, writable: false, BusyTimeout);
        opened.Run(_settings);
        return opened;
    }

    /// <summary>One read: run in a transaction, then completed outside of it, or failed.</summary>
    private abstract class Read
    {
        public abstract void Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception reason);
    }

    private sealed class Call<T>(Func<SqliteSession, T> read, CancellationToken cancellation) : Read
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _source.Task;

        public override void Run(SqliteSession session)
        {
            if (cancellation.IsCancellationRequested)
                _source.TrySetCanceled(cancellation);
            else
                _result = read(session);
        }

        public override void Complete() => _source.TrySetResult(_result!);

        public override void Fail(Exception reason) => _source.TrySetException(reason);
    }

    private sealed class Callback<T>(Func<SqliteSession, T> read, Action<T> done, Action<Exception> failed) : Read
    {
        private T? _result;
        private bool _failed;

        public override void Run(SqliteSession session) => _result = read(session);

        public override void Complete()
        {
            if (!_failed)
                done(_result!);
        }

        public override void Fail(Exception reason)
        {
            _failed = true;
            failed(reason);
        }
    }
}
