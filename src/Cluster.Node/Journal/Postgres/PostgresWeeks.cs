using System.Globalization;
using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The partitions of weeks whose executions are not kept any longer by default. Once those are removed, what is left of a week (executions that
/// are open, ended late, or kept by a rule) is moved to the partition for the rest, and the week is dropped.
/// </summary>
/// <remarks>
/// PostgreSQL lets no row of an attached week into the rest, so a week is taken off and its few rows are moved in one transaction, sent as one
/// batch: the locks that keep writers waiting meanwhile never outlast this process. That is short as long as there are few rows; of a week with
/// more, the rows of removed executions go one by one, and the week is looked at again in the next round. A week that was taken off but not
/// dropped yet, since a process ended in between, is known by being no partition.
/// </remarks>
internal sealed class PostgresWeeks
{
    /// <summary>The most rows of a week that are moved.</summary>
    public const int MostMovedRows = 5_000;

    /// <summary>How long after its executions a week is looked at: those that started at its end need some time to end.</summary>
    private const long SlackMilliseconds = 24L * 60 * 60 * 1000;

    /// <summary>The executions of a heavy week that are looked at in a step.</summary>
    private const int LookExecutions = 1_000;

    private const string Prefix = "journal_w";

    private const string Read = """
        SELECT c.relname, EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) FROM pg_class c
        WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'journal'::regclass) AND c.relkind = 'r'
            AND c.relname ~ '^journal_w[0-9]{1,9}$'
        ORDER BY c.relname
        """;

    private const string JournalColumns = AppendSql.JournalColumns + ", commit_nr";

    private readonly HashSet<long> _heavy;
    private readonly Queue<long> _due;
    private readonly Queue<long> _detached;
    private Guid? _lookedAt;

    private PostgresWeeks(IEnumerable<long> due, IEnumerable<long> detached, HashSet<long> heavy)
    {
        _heavy = heavy;
        _due = new Queue<long>(due);
        _detached = new Queue<long>(detached);
        Dropped = [.. _due.Where(week => !heavy.Contains(week))];
    }

    /// <summary>The weeks that will likely be dropped in this turn, so that nobody need remove rows from them.</summary>
    public IReadOnlyList<long> Dropped { get; }

    /// <summary>Reads which weeks are due.</summary>
    /// <param name="connection">The turn's connection.</param>
    /// <param name="moment">By what is judged.</param>
    /// <param name="heavy">The weeks that were found to have too many rows to move them; changed here.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<PostgresWeeks> ReadAsync(
        NpgsqlConnection connection, RetentionMoment moment, HashSet<long> heavy, CancellationToken cancellation)
    {
        var tables = await PostgresLists.ReadAsync(
            connection.Command(Read),
            static row => (Week: long.Parse(row.GetString(0).AsSpan(Prefix.Length), CultureInfo.InvariantCulture), IsAttached: row.GetBoolean(1)),
            cancellation).ConfigureAwait(false);
        var due = tables.Where(table => ((table.Week + 1) * JournalWeeks.Milliseconds) + SlackMilliseconds <= moment.KeptFrom).ToList();
        return new PostgresWeeks(
            due.Where(table => table.IsAttached).Select(table => table.Week),
            due.Where(table => !table.IsAttached).Select(table => table.Week),
            heavy);
    }

    /// <summary>The next step; to be called when what may go is removed.</summary>
    public async Task<ReclaimedSpace> StepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (_detached.TryPeek(out var detached))
        {
            await connection.RunAsync($"DROP TABLE IF EXISTS {NameOf(detached)}").ConfigureAwait(false);
            _detached.Dequeue();
            return new ReclaimedSpace(0, 1, IsDone: false);
        }

        if (!_due.TryPeek(out var week))
            return new ReclaimedSpace(0, 0, IsDone: true);
        if (_lookedAt is null && await LeftRowsAsync(connection, week, cancellation).ConfigureAwait(false) <= MostMovedRows)
        {
            _due.Dequeue();
            _heavy.Remove(week);
            if (await TryDetachAsync(connection, week, cancellation).ConfigureAwait(false))
                _detached.Enqueue(week);
        }
        else if (_heavy.Contains(week) && _lookedAt is null)
        {
            _due.Dequeue();
        }
        else
        {
            _lookedAt = await FindRemovedAsync(connection, week, _lookedAt ?? JournalWeeks.First(week), cancellation).ConfigureAwait(false);
            if (_lookedAt is null)
                _heavy.Add(week);
        }

        return new ReclaimedSpace(0, 0, IsDone: false);
    }

    /// <summary>How many rows the executions of a week have that are still there; one more than may be moved when there are more.</summary>
    private static async Task<long> LeftRowsAsync(NpgsqlConnection connection, long week, CancellationToken cancellation)
    {
        var count = connection.Command(
            $"""
            SELECT count(*) FROM (SELECT FROM execution e CROSS JOIN LATERAL
                (SELECT FROM {NameOf(week)} j WHERE j.execution_id = e.id LIMIT $3) AS j
            WHERE e.id >= $1 AND e.id < $2 LIMIT $3) AS left_rows
            """,
            Of(JournalWeeks.First(week)),
            Of(JournalWeeks.First(week + 1)),
            PostgresCommands.Of((long)MostMovedRows + 1));
        await using (count.ConfigureAwait(false))
            return (long)(await count.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
    }

    /// <summary>Takes a week off and moves what is left of it; false when somebody is in the way, who is not waited for.</summary>
    private static async Task<bool> TryDetachAsync(NpgsqlConnection connection, long week, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.With("BEGIN")
                .With($"ALTER TABLE journal DETACH PARTITION {NameOf(week)}")
                .With(
                    $"""
                    INSERT INTO journal ({JournalColumns}) SELECT {JournalColumns} FROM {NameOf(week)} j
                    WHERE j.execution_id IN (SELECT e.id FROM execution e WHERE e.id >= $1 AND e.id < $2)
                    """,
                    Of(JournalWeeks.First(week)),
                    Of(JournalWeeks.First(week + 1)))
                .With("COMMIT");
            try
            {
                await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                return true;
            }
            catch (PostgresException e) when (PostgresFailures.Judge(e) == PostgresFailure.Undone)
            {
                await connection.RunAsync("ROLLBACK").ConfigureAwait(false);
                return false;
            }
        }
    }

    /// <summary>Leaves the rows of removed executions of a heavy week to be removed one by one; the last execution looked at, or null after all.</summary>
    private static async Task<Guid?> FindRemovedAsync(NpgsqlConnection connection, long week, Guid after, CancellationToken cancellation)
    {
        var find = connection.Command(
            $"""
            WITH RECURSIVE page AS (
                (SELECT j.execution_id, 1 AS nr FROM {NameOf(week)} j WHERE j.execution_id > $1 ORDER BY j.execution_id LIMIT 1)
                UNION ALL
                SELECT (SELECT j.execution_id FROM {NameOf(week)} j WHERE j.execution_id > p.execution_id ORDER BY j.execution_id LIMIT 1), p.nr + 1
                FROM page p WHERE p.execution_id IS NOT NULL AND p.nr < $2
            ), noted AS (
                INSERT INTO removed SELECT p.execution_id FROM page p
                WHERE p.execution_id IS NOT NULL AND NOT EXISTS (SELECT FROM execution e WHERE e.id = p.execution_id)
                ON CONFLICT DO NOTHING
            )
            SELECT p.execution_id FROM page p WHERE p.nr = $2
            """,
            Of(after),
            PostgresCommands.Of(LookExecutions));
        await using (find.ConfigureAwait(false))
            return await find.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as Guid?;
    }

    private static string NameOf(long week) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{week}");

    private static NpgsqlParameter Of(Guid id) => new NpgsqlParameter<Guid> { TypedValue = id };
}
