using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// Some executions that are read back together, in one round trip and from one state of the store. Each is handed on as soon as its last row
/// has come, so that the rows of one execution at a time are held.
/// </summary>
internal sealed class LoadPage(IReadOnlyList<LoadRequest> requests)
{
    /// <summary>Both reads see the same.</summary>
    private const string BeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    private const string Heads = "SELECT w.n, " + ExecutionColumns.List + """
        , s.sequence_nr, s.bytes,
        """ + PostgresSuspects.CrashesOf + """
         FROM unnest($1, $2) WITH ORDINALITY AS w (id, from_snapshot, n)
        CROSS JOIN LATERAL (SELECT * FROM execution x WHERE x.id = w.id LIMIT 1) AS e
        LEFT JOIN LATERAL (SELECT * FROM snapshot x WHERE w.from_snapshot AND x.execution_id = w.id LIMIT 1) AS s ON true
        """;

    /// <summary>
    /// A read that is ordered in itself is done anew for each execution, so the executions come in the order of the arrays. The rows of a
    /// quarantined one are not wanted.
    /// </summary>
    private static readonly string Rows = "SELECT w.n, j.* FROM unnest($1, $2) WITH ORDINALITY AS w (id, from_snapshot, n) CROSS JOIN LATERAL (SELECT "
        + PostgresLoad.Columns + " FROM journal WHERE execution_id = w.id AND " + PostgresSuspects.IsFree + """
             AND sequence_nr > CASE WHEN w.from_snapshot
                THEN coalesce((SELECT s.sequence_nr FROM snapshot s WHERE s.execution_id = w.id), 0) ELSE 0 END
            ORDER BY sequence_nr) AS j
        """;

    private int _answered;

    /// <summary>How many are not answered yet.</summary>
    public int Left => requests.Count - _answered;

    /// <summary>Reads and answers those that are not answered yet; after a failure it may be called again.</summary>
    /// <returns>How many are answered, which are all.</returns>
    public async Task<int> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var wanted = requests.Skip(_answered).ToList();
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(BeginRead));
            foreach (var sql in (ReadOnlySpan<string>)[Heads, Rows])
            {
                var read = new NpgsqlBatchCommand(sql);
                read.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. wanted.Select(one => PostgresCommands.ToUuid(one.Id))] });
                read.Parameters.Add(new NpgsqlParameter<bool[]> { TypedValue = [.. wanted.Select(one => one.FromSnapshot)] });
                batch.BatchCommands.Add(read);
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            var reader = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                await ReadAsync(reader, wanted, cancellation).ConfigureAwait(false);
        }

        return _answered;
    }

    /// <summary>Tells those that are not answered yet that the store could not be read.</summary>
    public void Fail(Exception reason)
    {
        foreach (var one in requests.Skip(_answered))
            one.Reply.LoadFailed(one.Id, reason);
    }

    /// <summary>A page for each that is not answered yet.</summary>
    public IEnumerable<LoadPage> Apart() => requests.Skip(_answered).Select(one => new LoadPage([one]));

    private async Task ReadAsync(NpgsqlDataReader reader, List<LoadRequest> wanted, CancellationToken cancellation)
    {
        var found = new LoadedExecution?[wanted.Count];
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            const int Snapshot = ExecutionColumns.Count + 1;
            var crashes = (int)reader.GetInt64(Snapshot + 2);
            var snapshot = crashes >= ISuspectStore.Crashes || reader.IsDBNull(Snapshot)
                ? null
                : new StoredSnapshot(reader.GetInt64(Snapshot), reader.Bytes(Snapshot + 1));
            found[reader.GetInt64(0) - 1] = new LoadedExecution(ExecutionColumns.Read(reader, first: 1), snapshot, []) { Crashes = crashes };
        }

        await reader.NextResultAsync(cancellation).ConfigureAwait(false);
        var rows = new List<JournalRow>();
        var current = 0;
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            var of = (int)reader.GetInt64(0) - 1;
            if (of < current)
                throw new InvalidOperationException("The rows of executions are not in the order in which they were asked for.");
            for (; current < of; current++)
                rows = Answer(wanted[current], found[current], rows);
            rows.Add(PostgresLoad.Read(reader, first: 1));
        }

        for (; current < wanted.Count; current++)
            rows = Answer(wanted[current], found[current], rows);
    }

    private List<JournalRow> Answer(in LoadRequest request, LoadedExecution? found, List<JournalRow> rows)
    {
        _answered++;
        request.Reply.Loaded(request.Id, found is null ? null : found with { Rows = rows });
        return [];
    }
}
