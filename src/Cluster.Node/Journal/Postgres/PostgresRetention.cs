using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// Gives one node at a time the turn to remove, on a connection of its own that is opened for the turn and holds an advisory lock for as long
/// as it lives.
/// </summary>
internal sealed class PostgresRetention(PostgresAddress address, long incarnation) : IDisposable
{
    /// <summary>The advisory lock of the turn.</summary>
    private const long Lock = 0x436C7374_00000002;

    /// <summary>
    /// Whoever is in the way is waited for shortly: the writers stand behind a waiting lock of a table, and of two that wait for each other
    /// it is not the writer that gives up. What is lost with a crash is removed once more, so nothing waits for the disk.
    /// </summary>
    private const string Settings = """
        SET lock_timeout = '100ms'; SET statement_timeout = '20s'; SET idle_in_transaction_session_timeout = '1s'; SET tcp_user_timeout = '5s';
        SET synchronous_commit = off; SET enable_seqscan = off; SET jit = off; SET client_min_messages = warning
        """;

    private readonly NpgsqlDataSource _source =
        address.Single(string.Create(CultureInfo.InvariantCulture, $"cluster retention {incarnation:x16}"));

    /// <summary>
    /// Weeks of which too much must be kept to move it: there each execution's rows go one by one. Found out again by each life of a process.
    /// </summary>
    private readonly HashSet<long> _heavyWeeks = [];

    /// <summary>Takes the turn, or gives null while another node has it or one is registered that does not know how names are kept.</summary>
    public async ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await connection.RunAsync(Settings).ConfigureAwait(false);
            if (!await MayBeginAsync(connection, cancellation).ConfigureAwait(false))
                return null;
            var weeks = await PostgresWeeks.ReadAsync(connection, moment, _heavyWeeks, cancellation).ConfigureAwait(false);
            var turn = new PostgresTurn(connection, moment, weeks);
            connection = null;
            return turn;
        }
        catch (Exception e) when (PostgresFailures.MayPass(e))
        {
            throw new StoreUnavailableException("The database could not answer.", e);
        }
        finally
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static async Task<bool> MayBeginAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var take = connection.Command(RetentionSql.Begin, PostgresCommands.Of(Lock), PostgresCommands.Of(PostgresMigration.Removal));
        await using (take.ConfigureAwait(false))
            return await take.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true;
    }
}
