using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>The tables of nodes and shards.</summary>
internal static class ShardTable
{
    /// <summary>Tries to take the shards before the writers of others are ended, and after.</summary>
    private const int Tries = 2;

    /// <summary>
    /// In one statement, so that no lock outlives a pause of this process. Epochs only rise. There is one node: what is noted of others is
    /// of the past.
    /// </summary>
    private const string Take = """
        WITH me AS (
            INSERT INTO node (incarnation, name, format, started_at, expires_at)
            VALUES ($1, $2, $3, clock_timestamp(), 'infinity') ON CONFLICT (incarnation) DO NOTHING
        ), others AS (
            DELETE FROM node WHERE incarnation <> $1
        ), notes AS (
            DELETE FROM ledger WHERE incarnation <> $1
        ), locked AS MATERIALIZED (
            SELECT id FROM shard ORDER BY id FOR UPDATE
        ), taken AS (
            UPDATE shard SET epoch = epoch + 1, incarnation = $1 FROM locked WHERE shard.id = locked.id RETURNING shard.id, shard.epoch
        )
        SELECT id, epoch FROM taken ORDER BY id
        """;

    /// <summary>A stopped process may hold rows for as long as its backend waits for it.</summary>
    private const string EndOthers =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(application_name, $1) AND application_name <> $2 AND datname = current_database()";

    /// <summary>Takes all shards, each with its next epoch.</summary>
    public static async Task<IReadOnlyList<long>> TakeAllAsync(
        NpgsqlConnection connection, long incarnation, string node, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TakeOnceAsync(connection, incarnation, node, cancellation).ConfigureAwait(false);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable && attempt < 2 * Tries)
            {
                if (attempt != Tries)
                    continue;
            }

            var end = connection.Command(
                EndOthers, PostgresCommands.Of(WriterSession.NamePrefix), PostgresCommands.Of(WriterSession.NameOf(incarnation)));
            await using (end.ConfigureAwait(false))
                await end.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a node that ends in order out of the tables.</summary>
    public static async Task<int> ForgetAsync(NpgsqlConnection connection, long incarnation, CancellationToken cancellation)
    {
        var forget = connection.Command(
            "WITH n AS (DELETE FROM ledger WHERE incarnation = $1) DELETE FROM node WHERE incarnation = $1", PostgresCommands.Of(incarnation));
        await using (forget.ConfigureAwait(false))
            return await forget.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<long>> TakeOnceAsync(
        NpgsqlConnection connection, long incarnation, string node, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL lock_timeout = '500ms'"));
            var take = new NpgsqlBatchCommand(Take);
            take.Parameters.Add(PostgresCommands.Of(incarnation));
            take.Parameters.Add(PostgresCommands.Of(node));
            take.Parameters.Add(PostgresCommands.Of(PostgresMigration.Newest));
            batch.BatchCommands.Add(take);
            var rows = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var epochs = new List<long>();
                while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                    epochs.Add(rows.GetInt64(1));
                return epochs;
            }
        }
    }
}
