using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>Reads parts of journals; <see cref="LoadPage"/> reads whole ones.</summary>
internal static class PostgresLoad
{
    /// <summary>The columns of the journal that <see cref="Read(NpgsqlDataReader, int)"/> expects.</summary>
    public const string Columns = "sequence_nr, first_history_id, last_history_id, terminal, events";

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

    /// <summary>A row of the journal, whose columns begin at a given one.</summary>
    public static JournalRow Read(NpgsqlDataReader row, int first)
    {
        var (firstId, lastId) = (row.GetInt64(first + 1), row.GetInt64(first + 2));
        var shown = firstId <= lastId;
        return new JournalRow(
            row.GetInt64(first), shown ? firstId : 0, shown ? lastId : 0, row.GetBoolean(first + 3), row.Bytes(first + 4));
    }

    private static JournalRow Read(NpgsqlDataReader row) => Read(row, first: 0);
}
