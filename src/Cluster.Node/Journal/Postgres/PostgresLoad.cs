using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>Reads journals.</summary>
internal static class PostgresLoad
{
    private const string Columns = "sequence_nr, first_history_id, last_history_id, terminal, events";

    /// <summary>One round trip, one state of the store.</summary>
    private const string BeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private const string WithSnapshot = "SELECT " + ExecutionColumns.List + """
        , s.sequence_nr, s.bytes,
        """ + PostgresSuspects.CrashesOf + """
         FROM execution e LEFT JOIN snapshot s ON $2 AND s.execution_id = e.id WHERE e.id = $1
        """;

    private static readonly string Rows = "SELECT " + Columns + " FROM journal WHERE execution_id = $1 AND " + PostgresSuspects.IsFree + """
         AND sequence_nr > CASE WHEN $2 THEN coalesce((SELECT s.sequence_nr FROM snapshot s WHERE s.execution_id = $1), 0) ELSE 0 END
        ORDER BY sequence_nr
        """;

    private const string Range = "SELECT " + Columns + """
         FROM journal WHERE execution_id = $1
        AND sequence_nr BETWEEN (SELECT journal_row_of($1, $2)) AND (SELECT coalesce(journal_row_of($1, $3), 9223372036854775807))
        AND first_history_id <= last_history_id AND first_history_id <= $3
        ORDER BY sequence_nr
        """;

    private const string Each = "SELECT " + Columns + """
         FROM journal WHERE execution_id = $1
        AND sequence_nr = ANY (ARRAY(SELECT DISTINCT journal_row_of($1, h) FROM unnest($2) AS wanted (h)))
        ORDER BY sequence_nr
        """;

    private const string Last = "SELECT " + Columns + """
         FROM journal WHERE execution_id = $1
        AND sequence_nr = (SELECT journal_row_of($1, tail.last_history_id) FROM
            (SELECT last_history_id FROM journal WHERE execution_id = $1 ORDER BY sequence_nr DESC LIMIT 1) AS tail
            WHERE tail.last_history_id > 0)
        """;

    /// <summary>What an execution is rebuilt from, or null.</summary>
    public static async Task<LoadedExecution?> LoadAsync(
        NpgsqlConnection connection, ExecutionId id, bool fromSnapshot, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(BeginRead));
            foreach (var sql in (ReadOnlySpan<string>)[WithSnapshot, Rows])
            {
                var read = new NpgsqlBatchCommand(sql);
                read.Parameters.Add(PostgresCommands.Of(id));
                read.Parameters.Add(PostgresCommands.Of(fromSnapshot));
                batch.BatchCommands.Add(read);
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                return await ReadAsync(reader, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>An execution's row, or null.</summary>
    public static async Task<ExecutionRow?> FindRowAsync(NpgsqlConnection connection, ExecutionId id, CancellationToken cancellation)
    {
        var rows = await PostgresLists.ReadAsync(
            connection.Command("SELECT " + ExecutionColumns.List + " FROM execution e WHERE e.id = $1", PostgresCommands.Of(id)),
            static row => ExecutionColumns.Read(row),
            cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>The rows that hold history ids of a range.</summary>
    public static Task<IReadOnlyList<JournalRow>> ReadRangeAsync(
        NpgsqlConnection connection, ExecutionId id, long first, long last, CancellationToken cancellation) => PostgresLists.ReadAsync(
            connection.Command(
                Range, PostgresCommands.Of(id), PostgresCommands.Of(Math.Max(first, 1)), PostgresCommands.Of(last)),
            Read,
            cancellation);

    /// <summary>The rows that hold any of some history ids.</summary>
    public static Task<IReadOnlyList<JournalRow>> ReadEachAsync(
        NpgsqlConnection connection, ExecutionId id, IReadOnlyList<long> historyIds, CancellationToken cancellation) =>
        PostgresLists.ReadAsync(
            connection.Command(Each, PostgresCommands.Of(id), new NpgsqlParameter<long[]> { TypedValue = [.. historyIds] }), Read, cancellation);

    /// <summary>The last row that holds a history id, or null.</summary>
    public static async Task<JournalRow?> ReadLastAsync(NpgsqlConnection connection, ExecutionId id, CancellationToken cancellation)
    {
        var rows = await PostgresLists.ReadAsync(connection.Command(Last, PostgresCommands.Of(id)), Read, cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    private static async Task<LoadedExecution?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        if (!await reader.ReadAsync(cancellation).ConfigureAwait(false))
            return null;
        var row = ExecutionColumns.Read(reader);
        var crashes = (int)reader.GetInt64(ExecutionColumns.Count + 2);
        var snapshot = crashes >= ISuspectStore.Crashes || reader.IsDBNull(ExecutionColumns.Count)
            ? null
            : new StoredSnapshot(reader.GetInt64(ExecutionColumns.Count), reader.Bytes(ExecutionColumns.Count + 1));
        await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            rows.Add(Read(reader));
        return new LoadedExecution(row, snapshot, rows) { Crashes = crashes };
    }

    private static JournalRow Read(NpgsqlDataReader row)
    {
        var (first, last) = (row.GetInt64(1), row.GetInt64(2));
        var shown = first <= last;
        return new JournalRow(row.GetInt64(0), shown ? first : 0, shown ? last : 0, row.GetBoolean(3), row.Bytes(4));
    }
}
