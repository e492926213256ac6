namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The statements for an append that is alone in its batch. Each writes what it has to when everything is good, and the ledger with it;
/// otherwise it writes nothing at all, and the append is judged by <see cref="AppendSql"/>.
/// </summary>
/// <remarks>
/// The fence is the same: the shard's row is locked for share, at the epoch or not at all. That the next row is not there yet is left to the
/// journal's key, whose refusal undoes the statement.
/// </remarks>
internal static class LoneSql
{
    /// <summary>A row for an execution that goes on.</summary>
    public const string Continue = "WITH " + ExpectedRow + Noted + Row;

    /// <summary>The same with a change of the execution's row.</summary>
    public const string Change = "WITH " + ExpectedRow + Noted + """
        , changed AS (
            UPDATE execution e SET
                wake_at = $14,
                status = coalesce($12, e.status),
                stop_date = CASE WHEN $12 IS NULL THEN e.stop_date ELSE $13 END,
                name_expires_at = CASE WHEN $12 IS NULL THEN e.name_expires_at ELSE $15 END
            FROM good WHERE e.id = $5
        )
        """ + Row;

    /// <summary>A start whose name nobody has or had.</summary>
    public const string Start = "WITH good AS MATERIALIZED (SELECT 0::bigint AS tail FROM " + Held + """
            WHERE NOT EXISTS (SELECT FROM name n WHERE n.account = $12 AND n.region = $13 AND n.state_machine = $14 AND n.name = $15))
        """ + Noted + """
        , named AS (
            INSERT INTO name (account, region, state_machine, name, execution_id) SELECT $12, $13, $14, $15, $5 FROM good
        ), created AS (
            INSERT INTO execution (id, account, region, state_machine, name, bucket, status, start_date, stop_date, wake_at,
                name_expires_at, input_hash, definition_hash)
            SELECT $5, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23 FROM good
        )
        """ + Row;

    private const string Held = "(SELECT FROM shard WHERE id = $1 AND epoch = $7 FOR SHARE) AS held ";

    private const string ExpectedRow = "good AS MATERIALIZED (SELECT tail.last_history_id AS tail FROM " + Held + """
        , LATERAL (SELECT j.last_history_id FROM journal j WHERE j.execution_id = $5 AND j.sequence_nr = $6 LIMIT 1) AS tail)
        """;

    private const string Noted = """
        , noted AS (
            UPDATE ledger SET batch = $4, outcomes = '{0}' FROM good WHERE incarnation = $2 AND connection = $3
        )
        """;

    private const string Row = " INSERT INTO journal (" + AppendSql.JournalColumns + """
        )
        SELECT $5, $6 + 1,
            CASE WHEN $9 > 0 THEN $8 ELSE tail + 1 END,
            CASE WHEN $9 > 0 THEN $9 ELSE tail END,
            $7, $2, 1, $10, $11 FROM good
        """;
}
