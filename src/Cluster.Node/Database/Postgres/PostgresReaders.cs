using Cluster.Protocol.Errors;
using Npgsql;

namespace Cluster.Node.Database.Postgres;

/// <summary>A bounded pool of connections for all that is not an append. None waits for the writer.</summary>
internal sealed class PostgresReaders : IDisposable
{
    /// <summary>The most connections, and so the most statements at a time.</summary>
    public const int MostConnections = 8;

    /// <summary>The most calls that wait; further ones are refused.</summary>
    public const int MostWaiting = 65_536;

    private readonly NpgsqlDataSource _pool;
    private readonly SemaphoreSlim _free = new(MostConnections);
    private readonly ConnectPace _pace;
    private int _calls;
    private int _cleared;
    private volatile bool _closing;

    public PostgresReaders(PostgresAddress address, string name, TimeProvider time)
    {
        _pool = address.Pool(name, MostConnections);
        _pace = new ConnectPace(time);
    }

    /// <summary>Runs a read; when its connection had broken before, for instance since the database was started anew, once more.</summary>
    /// <exception cref="StoreUnavailableException">Too many calls wait, or the database is gone, full or busy.</exception>
    /// <exception cref="DamagedException">The database finds a page or an index damaged.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var cleared = Volatile.Read(ref _cleared);
        try
        {
            return await RunAsync(read, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailures.Judge(e) == PostgresFailure.Lost && !cancellation.IsCancellationRequested)
        {
            // The others of the pool are likely dead as well; those that were opened since somebody else found so are not.
            if (Interlocked.CompareExchange(ref _cleared, cleared + 1, cleared) == cleared)
                _pool.Clear();
        }
        catch (Exception e) when (PostgresFailures.MayPass(e) || PostgresFailures.IsDamage(e))
        {
            throw Meaning(e);
        }

        return await WriteAsync(read, cancellation).ConfigureAwait(false);
    }

    /// <summary>Runs a statement that must not be repeated.</summary>
    /// <exception cref="StoreUnavailableException">Too many calls wait, or the database is gone, full or busy.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> write, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(write, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailures.MayPass(e) || PostgresFailures.IsDamage(e))
        {
            throw Meaning(e);
        }
    }

    /// <summary>Refuses further calls and closes the connections as those under way give them back.</summary>
    public void Dispose()
    {
        _closing = true;
        _pool.Dispose();
    }

    /// <summary>What a failure that is the database's means for whoever asked.</summary>
    private static IOException Meaning(Exception failure) => PostgresFailures.IsDamage(failure)
        ? new DamagedException("The database says that what it has is damaged.", failure)
        : new StoreUnavailableException("The database could not answer.", failure);

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _calls) > MostWaiting + MostConnections || _closing)
                throw new StoreUnavailableException("Too many calls wait, or the store is closing.");
            await _free.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                if (_closing)
                    throw new StoreUnavailableException("The store is closing.");
                var connection = await OpenAsync(cancellation).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                    return await RunAsync(connection, run, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        if (!_pace.MayTry())
            throw new StoreUnavailableException("The database cannot be reached.");
        try
        {
            var connection = await _pool.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            _pace.Succeeded();
            return connection;
        }
        catch (Exception e) when (PostgresFailures.MayPass(e))
        {
            _pace.Failed();
            throw;
        }
    }

    private static async Task<T> RunAsync<T>(
        NpgsqlConnection connection, Func<NpgsqlConnection, CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            return await run(connection, cancellation).ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (PostgresFailures.IsDead(connection, e))
        {
            throw new IOException("The connection to the database is gone.", e);
        }
    }
}
