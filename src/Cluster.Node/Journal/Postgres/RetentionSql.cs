namespace Cluster.Node.Journal.Postgres;

/// <summary>The statements that remove. Each is a transaction of its own and looks for what it removes by an index.</summary>
internal static class RetentionSql
{
    /// <summary>Takes the lock ($1), unless a node is registered whose format version is below $2.</summary>
    public const string Begin =
        "SELECT NOT EXISTS (SELECT FROM node WHERE format < $2 AND expires_at > clock_timestamp()) AND pg_try_advisory_lock($1)";

    /// <summary>Gives back what locks the connection has.</summary>
    public const string End = "SELECT pg_advisory_unlock_all()";

    /// <summary>The next machine that has executions, after $1 to $3.</summary>
    public const string NextMachine = """
        SELECT account, region, state_machine FROM execution WHERE (account, region, state_machine) > ($1, $2, $3)
        ORDER BY account, region, state_machine LIMIT 1
        """;

    /// <summary>
    /// Removes a page ($8) of executions of a machine ($1 to $3) in a status ($4), between two ids ($5, $6), that ended at $7 or before; $9 is
    /// now. Their names go with them if their time is over. Their journals are left to be removed, except in the weeks ($10 to $11) that will
    /// be dropped. Gives how many, and the last.
    /// </summary>
    public const string Remove = $"""
        WITH page AS MATERIALIZED (
            SELECT e.id, e.account, e.region, e.state_machine, e.name, e.status, e.start_date, e.stop_date, e.name_expires_at FROM execution e
            WHERE e.account = $1 AND e.region = $2 AND e.state_machine = $3 AND e.status = $4 AND e.id > $5 AND e.id < $6
                AND e.stop_date <= $7 AND e.wake_at IS NULL
            ORDER BY e.id LIMIT $8 FOR UPDATE
        ), kept AS (
            UPDATE name n SET status = p.status, start_date = p.start_date, stop_date = p.stop_date, expires_at = p.name_expires_at
            FROM page p WHERE {NameOfPage} AND p.name_expires_at > $9
        ), freed AS (
            DELETE FROM name n USING page p WHERE {NameOfPage} AND (p.name_expires_at > $9) IS NOT TRUE
        ), left_over AS (
            INSERT INTO removed SELECT p.id FROM page p
            WHERE NOT EXISTS (SELECT FROM unnest($10, $11) AS w (first, after) WHERE p.id >= w.first AND p.id < w.after)
        ), snapshots AS (
            DELETE FROM snapshot s USING page p WHERE s.execution_id = p.id
        ), suspects AS (
            DELETE FROM suspect s USING page p WHERE s.execution_id = p.id
        ), gone AS (
            DELETE FROM execution e USING page p WHERE e.id = p.id
        )
        SELECT count(*), (SELECT l.id FROM page l ORDER BY l.id DESC LIMIT 1) FROM page
        """;

    /// <summary>A page ($1) of the executions whose journal is still to be removed.</summary>
    public const string Removed = "SELECT execution_id FROM removed ORDER BY execution_id LIMIT $1";

    /// <summary>Removes rows, at most $2, of the journals of executions ($1).</summary>
    public const string RemoveRows = """
        WITH page AS MATERIALIZED (
            SELECT j.execution_id, j.sequence_nr FROM unnest($1) AS w (id) CROSS JOIN LATERAL
                (SELECT x.execution_id, x.sequence_nr FROM journal x WHERE x.execution_id = w.id LIMIT $2) AS j
            LIMIT $2
        )
        DELETE FROM journal j USING page p WHERE j.execution_id = p.execution_id AND j.sequence_nr = p.sequence_nr
        """;

    /// <summary>Nothing is left of executions ($1).</summary>
    public const string Finish = "DELETE FROM removed WHERE execution_id = ANY ($1)";

    /// <summary>Removes a page ($2) of names whose time is over at $1.</summary>
    public const string RemoveNames = """
        WITH page AS MATERIALIZED (
            SELECT account, region, state_machine, name, execution_id FROM name WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
        )
        DELETE FROM name n USING page p
        WHERE n.account = p.account AND n.region = p.region AND n.state_machine = p.state_machine AND n.name = p.name
            AND n.execution_id = p.execution_id AND n.expires_at <= $1
        """;

    /// <summary>Removes a page ($2) of the register's log before $1, but for the last line of each shard.</summary>
    public const string RemoveLog = """
        DELETE FROM shard_log WHERE id IN (
            SELECT l.id FROM shard_log l
            WHERE l.at < to_timestamp($1 / 1000.0) AND EXISTS (SELECT FROM shard_log m
                WHERE m.shard = l.shard AND m.epoch > l.epoch AND m.at < to_timestamp($1 / 1000.0))
            ORDER BY l.id LIMIT $2)
        """;

    /// <summary>A page ($1) of definitions without a machine that are not doubted yet.</summary>
    public const string Undoubted = $"SELECT d.hash FROM definition d WHERE d.judge_at IS NULL AND NOT {HasMachine} LIMIT $1";

    /// <summary>A page ($1) of definitions without a machine that are to be judged at $2.</summary>
    public const string Due = $"SELECT d.hash FROM definition d WHERE d.judge_at <= $2 AND NOT {HasMachine} LIMIT $1";

    /// <summary>Puts the judgement of definitions ($1) off until $2, unless a machine took one up since $3.</summary>
    public const string Postpone =
        "UPDATE definition d SET judge_at = $2 WHERE d.hash = ANY ($1) AND (d.judge_at IS NULL) = $3";

    /// <summary>Of a page ($2) of executions after $1: the last, and which of the definitions $3 they refer to.</summary>
    public const string Look = """
        WITH page AS MATERIALIZED (SELECT e.id, e.definition_hash FROM execution e WHERE e.id > $1 ORDER BY e.id LIMIT $2)
        SELECT l.id, ARRAY (SELECT DISTINCT p.definition_hash FROM page p WHERE p.definition_hash = ANY ($3))
        FROM page l ORDER BY l.id DESC LIMIT 1
        """;

    /// <summary>Removes definitions ($1) that are due at $2. One that a machine takes up at the same time is undoubted then, and stays.</summary>
    public const string RemoveDefinitions =
        $"DELETE FROM definition d WHERE d.hash = ANY ($1) AND d.judge_at <= $2 AND NOT {HasMachine}";

    private const string HasMachine = "EXISTS (SELECT FROM state_machine m WHERE m.definition_hash = d.hash)";

    private const string NameOfPage = """
        n.account = p.account AND n.region = p.region AND n.state_machine = p.state_machine AND n.name = p.name AND n.execution_id = p.id
        """;
}
