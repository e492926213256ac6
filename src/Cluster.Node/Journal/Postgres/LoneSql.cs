using System.Globalization;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The statements for an append that is alone in its batch. Each writes what it has to when everything is good; otherwise it writes nothing
/// at all, and the append is judged by <see cref="AppendSql"/>.
/// </summary>
/// <remarks>
/// The ledger is left alone: when the answer is lost, the row of the journal itself tells whether it was committed (<see cref="Written"/>).
/// The fence is the same: the shard's row is locked for share, at the epoch or not at all. That the next row is not there yet is left to the
/// journal's key, whose refusal undoes the statement. One task that is offered or withdrawn goes with it; more are the larger statement's.
/// Where the row before is known (<see cref="KnownTails"/>, and before a start there is none) it is not looked at.
/// </remarks>
internal static class LoneSql
{
    /// <summary>Whether a writer's row is in the journal as it was sent: id, sequence number, incarnation, events.</summary>
    public const string Written =
        "SELECT EXISTS (SELECT FROM journal WHERE execution_id = $1 AND sequence_nr = $2 AND incarnation = $3 AND events = $4)";

    /// <summary>A row for an execution that goes on, as far as <see cref="RowAfterTail"/>.</summary>
    public const string Continue = "WITH " + ExpectedRow;

    /// <summary>A row after one that is known, as far as <see cref="RowAsGiven"/>.</summary>
    public const string Next = "WITH good AS MATERIALIZED (SELECT 1 FROM " + Held + ")";

    /// <summary>A change of the execution's row, to be put behind either.</summary>
    public const string Change = """
        , changed AS (
            UPDATE execution e SET
                wake_at = $12,
                status = coalesce($10, e.status),
                stop_date = CASE WHEN $10 IS NULL THEN e.stop_date ELSE $11 END,
                name_expires_at = CASE WHEN $10 IS NULL THEN e.name_expires_at ELSE $13 END
            FROM good WHERE e.id = $3
        )
        """;

    /// <summary>A start whose name nobody has or had, as far as <see cref="RowAsGiven"/>.</summary>
    public const string Start = "WITH good AS MATERIALIZED (SELECT 1 FROM " + Held + """
            WHERE NOT EXISTS (SELECT FROM name n WHERE n.account = $10 AND n.region = $11 AND n.state_machine = $12 AND n.name = $13))
        , named AS (
            INSERT INTO name (account, region, state_machine, name, execution_id) SELECT $10, $11, $12, $13, $3 FROM good
        ), created AS (
            INSERT INTO execution (id, account, region, state_machine, name, bucket, status, start_date, stop_date, wake_at,
                name_expires_at, input_hash, definition_hash)
            SELECT $3, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21 FROM good
        )
        """;

    /// <summary>The journal's row, which every statement ends with; its history ids follow from the row before it if it has none.</summary>
    public const string RowAfterTail = " INSERT INTO journal (" + AppendSql.JournalColumns + """
        )
        SELECT $3, $4 + 1,
            CASE WHEN $7 > 0 THEN $6 ELSE tail + 1 END,
            CASE WHEN $7 > 0 THEN $7 ELSE tail END,
            $5, $2, 1, $8, $9 FROM good
        """;

    /// <summary>The same with the history ids that the row is given.</summary>
    public const string RowAsGiven = " INSERT INTO journal (" + AppendSql.JournalColumns + ") SELECT $3, $4 + 1, $6, $7, $5, $2, 1, $8, $9 FROM good";

    private const string Held = "(SELECT FROM shard WHERE id = $1 AND epoch = $5 FOR SHARE) AS held ";

    private const string ExpectedRow = "good AS MATERIALIZED (SELECT tail.last_history_id AS tail FROM " + Held + """
        , LATERAL (SELECT j.last_history_id FROM journal j WHERE j.execution_id = $3 AND j.sequence_nr = $4 LIMIT 1) AS tail)
        """;

    /// <summary>Offers one task of the execution; to be put before the row.</summary>
    /// <param name="first">The number of the first of the task's parameters, which are in the order of the table's columns without the execution.</param>
    public static string Offer(int first) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        , offered AS (
            INSERT INTO pending_task (account, region, activity, scheduled_at, execution_id, scope, visit, attempt)
            SELECT ${first}, ${first + 1}, ${first + 2}, ${first + 3}, $3, ${first + 4}, ${first + 5}, ${first + 6} FROM good
            ON CONFLICT DO NOTHING
        )
        """);

    /// <summary>Withdraws one task of the execution, the same way.</summary>
    public static string Withdraw(int first) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        , withdrawn AS (
            DELETE FROM pending_task p USING good WHERE p.account = ${first} AND p.region = ${first + 1} AND p.activity = ${first + 2}
                AND p.scheduled_at = ${first + 3} AND p.execution_id = $3 AND p.scope = ${first + 4} AND p.visit = ${first + 5} AND p.attempt = ${first + 6}
        )
        """);
}
