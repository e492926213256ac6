using System.Data;
using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Nodes;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The connection on which a node speaks with the register, one request after the other, so that neither reads nor appends can delay a
/// lease. It holds the lock of the node's presence, which ends with it: when it breaks, the next request makes another and takes the lock
/// again. A renewal does so only after one that failed: for a moment the node was not present, and whoever counts on its lease must hear of it.
/// </summary>
/// <remarks>
/// The lock is the form with two keys, the halves of the incarnation. Writers use the form with one key, and so do migrations: the server
/// keeps the two forms apart.
/// </remarks>
internal sealed class NodeSession : IDisposable
{
    /// <summary>What the server shows of these connections, followed by the incarnation.</summary>
    public const string NamePrefix = "cluster node ";

    /// <summary>
    /// How long connecting, and an answer, may take before the connection is given up, in seconds: well below a lease, so that a node that
    /// has lost its line has the time to make another.
    /// </summary>
    public const int AnswerSeconds = 2;

    /// <summary>The most requests that wait; further ones fail.</summary>
    private const int MostWaiting = 64;

    /// <summary>
    /// The server gives up before this side does. A line that is dead, as when the machine behind it is gone, is known after four seconds,
    /// and the presence of its node with it.
    /// </summary>
    private const string Settings = """
        SET statement_timeout = '1500ms'; SET lock_timeout = '500ms'; SET idle_in_transaction_session_timeout = '1s';
        SET idle_session_timeout = 0; SET synchronous_commit = on; SET default_transaction_isolation = 'read committed'; SET jit = off;
        SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; SET tcp_user_timeout = '4s'
        """;

    private const string TryLock = "SELECT pg_try_advisory_lock($1, $2)";

    private const string Lock = "SELECT pg_advisory_lock($1, $2)";

    /// <summary>
    /// The cluster, the database in its server, and the line of the server's past, which a stand-in that takes over and a server that was
    /// put back count up. Only a server that takes writes tells it.
    /// </summary>
    private const string Line = """
        SELECT (SELECT value FROM meta WHERE key = $1) || ' in ' || (SELECT oid FROM pg_database WHERE datname = current_database())
            || ' on line ' || left(pg_walfile_name(pg_current_wal_lsn()), 8),
            has_function_privilege('pg_control_system()', 'EXECUTE')
        """;

    private const string Server = "SELECT system_identifier::text FROM pg_control_system()";

    private readonly NpgsqlDataSource _source;
    private readonly long _incarnation;
    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection? _connection;
    private string _line = "";
    private bool _isPresent;
    private bool _hasLossToTell;
    private int _calls;
    private volatile bool _closing;

    public NodeSession(PostgresAddress address, long incarnation)
    {
        _source = address.Single(NameOf(incarnation), AnswerSeconds);
        _incarnation = incarnation;
    }

    /// <summary>The name under which the server shows the node of an incarnation.</summary>
    public static string NameOf(long incarnation) => string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{incarnation:x16}");

    /// <summary>Carries a request of the register out.</summary>
    public async ValueTask<RegisterAnswer> AskAsync(RegisterRequest request, CancellationToken cancellation)
    {
        if (RegisterLimits.AskerOf(request) != _incarnation)
            throw new ArgumentException("A node asks for itself only.", nameof(request));
        try
        {
            return await RunAsync(
                (connection, stop) => RegisterStatements.AskAsync(connection, request, _line, stop),
                isRenewal: request is RegisterRequest.Renew,
                cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreUnavailableException || PostgresFailures.IsOfDatabase(e))
        {
            return new RegisterAnswer.Failed(request, e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);
        }
    }

    /// <summary>Runs something else than a request in its turn.</summary>
    /// <exception cref="StoreUnavailableException">Too many calls wait, or the database is gone, full or busy.</exception>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(run, isRenewal: false, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailures.MayPass(e))
        {
            throw new StoreUnavailableException("The database could not answer.", e);
        }
    }

    /// <summary>Refuses further calls, waits for those under way, and closes the connection: the node is not present any more.</summary>
    public void Dispose()
    {
        _closing = true;
        _turn.Wait();
        _connection?.Dispose();
        _connection = null;
        _turn.Release();
        _source.Dispose();
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> run, bool isRenewal, CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _calls) > MostWaiting || _closing)
                throw new StoreUnavailableException("Too many requests wait, or the store is closing.");
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                if (_closing)
                    throw new StoreUnavailableException("The store is closing.");
                if (isRenewal && _hasLossToTell)
                    throw new StoreUnavailableException("The connection has broken since the last renewal.");
                return await RunOnceAsync(run, cancellation).ConfigureAwait(false);
            }
            finally
            {
                // A renewal that fails has told it.
                _hasLossToTell &= !isRenewal;
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    private async Task<T> RunOnceAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            _connection ??= await ConnectAsync(cancellation).ConfigureAwait(false);
            _isPresent = _isPresent || await LockAsync(_connection, TryLock, cancellation).ConfigureAwait(false) is true;
            return await run(_connection, cancellation).ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (_connection is { } broken && PostgresFailures.IsDead(broken, e))
        {
            Forget();
            await broken.DisposeAsync().ConfigureAwait(false);
            throw new IOException("The connection to the database is gone.", e);
        }
        catch (Exception e) when (
            _connection is { } connection
            && (connection.State != ConnectionState.Open || PostgresFailures.Judge(e) is PostgresFailure.Lost or PostgresFailure.Broken))
        {
            // The driver closes a connection by itself after some errors; a server that takes no writes any more is left, too.
            Forget();
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Forget()
    {
        _connection = null;
        _hasLossToTell = true;
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            await connection.RunAsync(Settings).ConfigureAwait(false);
            _isPresent = await TryTakePresenceAsync(connection, cancellation).ConfigureAwait(false);
            _line = await ReadLineAsync(connection, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Takes the lock; a backend of a connection before that does not know yet that its line is dead is ended. One that hangs keeps the lock,
    /// and the node goes on as present through it; each next request tries again.
    /// </summary>
    private async Task<bool> TryTakePresenceAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (await LockAsync(connection, TryLock, cancellation).ConfigureAwait(false) is true)
            return true;
        var end = connection.Command(PostgresCommands.EndOthersOfName, PostgresCommands.Of(NameOf(_incarnation)));
        await using (end.ConfigureAwait(false))
            await end.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        try
        {
            await LockAsync(connection, Lock, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private async Task<object?> LockAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        var take = connection.Command(sql, PostgresCommands.Of((int)(_incarnation >> 32)), PostgresCommands.Of(unchecked((int)_incarnation)));
        await using (take.ConfigureAwait(false))
            return await take.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<string> ReadLineAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        string line;
        bool mayReadServer;
        var read = connection.Command(Line, PostgresCommands.Of(PostgresFormat.ClusterIdKey));
        await using (read.ConfigureAwait(false))
        {
            var row = await read.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (row.ConfigureAwait(false))
            {
                await row.ReadAsync(cancellation).ConfigureAwait(false);
                (line, mayReadServer) = (row.GetString(0), row.GetBoolean(1));
            }
        }

        if (!mayReadServer)
            return line + " of a server that does not tell its number";
        var server = connection.Command(Server);
        await using (server.ConfigureAwait(false))
            return $"{line} of server {await server.ExecuteScalarAsync(cancellation).ConfigureAwait(false)}";
    }
}
