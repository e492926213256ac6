namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The statement that writes a batch: one round trip, one transaction. It locks the rows of the shards for share, in the order of their
/// numbers, judges each append by itself, writes what is good, and notes batch and outcomes in the ledger.
/// </summary>
/// <remarks>
/// <para>
/// All its parts see the state before the statement, so a batch holds at most one append of an execution and one start of a name;
/// <see cref="AppendQueue"/> sees to it. That state may be older than the lock on the shard, but at this epoch nothing can have been
/// written between them except by this very connection. FOR KEY SHARE would be no fence: it lets the epoch be raised.
/// </para>
/// <para>
/// The looks at single rows are subqueries with a limit, so that no plan ever reads a whole table, whatever the statistics say. The journal
/// is looked at once for each append: of the row expected and the one after it, the later. A name that has expired is given to its next
/// execution in place; it is never both deleted and inserted. Whoever removes expired names may have deleted it meanwhile: then it is inserted.
/// </para>
/// <para>
/// What the writes need is carried along in what was judged, not joined to it by number: of a batch's good appends a plan expects one, and then
/// joins by a loop in a loop.
/// </para>
/// <para>
/// It gives the outcomes as one array, in a row for each name that was taken, with its holder, or in a single row without one. A server spends
/// 0.2 ms on beginning the whole statement, so batches without starts, changes and snapshots have a shorter one, and an append that is alone
/// has <see cref="LoneSql"/>. Only batches that offer or withdraw tasks have the one that does so.
/// </para>
/// </remarks>
internal static class AppendSql
{
    /// <summary>The columns of a row of the journal, its number in the order of commits excepted.</summary>
    public const string JournalColumns =
        "execution_id, sequence_nr, first_history_id, last_history_id, epoch, incarnation, segment, terminal, events";

    /// <summary>The execution that has the name of a start; for a batch of which only the outcomes are known.</summary>
    public const string Holder = "SELECT " + ExecutionColumns.List + """
         FROM name n JOIN execution e ON e.id = n.execution_id
        WHERE n.account = $1 AND n.region = $2 AND n.state_machine = $3 AND n.name = $4
        UNION ALL SELECT
        """ + RemovedHolder + """
         FROM name n
        WHERE n.account = $1 AND n.region = $2 AND n.state_machine = $3 AND n.name = $4 AND n.expires_at IS NOT NULL
        """;

    /// <summary>What a name <c>n</c> tells of its execution, which was removed before it.</summary>
    private const string RemovedHolder =
        " n.execution_id, n.account, n.region, n.state_machine, n.name, n.status, n.start_date, n.stop_date, NULL::bigint, ''::bytea, ''::bytea";

    /// <summary>For batches that only go on with executions, all of them with a row.</summary>
    public const string Continue = Held + """
        , append AS MATERIALIZED (
            SELECT * FROM unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14) WITH ORDINALITY AS a (
                id, expected, shard, epoch, has_row, first_history_id, last_history_id, terminal, events, known, n)
        ), judged AS MATERIALIZED (
            SELECT a.*, coalesce(a.known, tail.last_history_id) AS tail, CASE
        """ + FenceAndSequence + """
                ELSE 0 END AS outcome
        """ + FromBatch + """
        )
        """ + Write + " SELECT outcomes, 0::bigint FROM told";

    /// <summary>For batches without tasks that wait for a worker.</summary>
    public const string All = Judged + Write + Outcomes;

    /// <summary>For every batch. A task's append is looked up by its place among the outcomes, and a row by the whole key.</summary>
    public const string AllWithTasks = Judged + Write + """
        , task AS MATERIALIZED (
            SELECT t.* FROM told, unnest($37, $38, $39, $40, $41, $42, $43, $44, $45, $46) AS t (
                n, offered, account, region, activity, scheduled_at, execution_id, scope, visit, attempt)
            WHERE told.outcomes[t.n] = 0
        ), offered AS (
            INSERT INTO pending_task (account, region, activity, scheduled_at, execution_id, scope, visit, attempt)
            SELECT t.account, t.region, t.activity, t.scheduled_at, t.execution_id, t.scope, t.visit, t.attempt FROM task t
            WHERE t.offered
            ON CONFLICT DO NOTHING
        ), withdrawn AS (
            DELETE FROM pending_task WHERE ctid = ANY (ARRAY(
                SELECT found.ctid FROM task t CROSS JOIN LATERAL (SELECT p.ctid FROM pending_task p
                    WHERE p.account = t.account AND p.region = t.region AND p.activity = t.activity AND p.scheduled_at = t.scheduled_at
                        AND p.execution_id = t.execution_id AND p.scope = t.scope AND p.visit = t.visit AND p.attempt = t.attempt
                    LIMIT 1) AS found
                WHERE NOT t.offered))
        )
        """ + Outcomes;

    private const string Judged = Held + """
        , append AS MATERIALIZED (
            SELECT * FROM unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) WITH ORDINALITY AS a (
                id, expected, shard, epoch, has_row, first_history_id, last_history_id, terminal, events, known,
                changes, new_status, new_stop_date, new_wake_at, new_name_expires_at, n)
        ), start AS MATERIALIZED (
            SELECT * FROM unnest($20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33) AS s (
                n, account, region, state_machine, name, now, bucket, start_date, status, stop_date, wake_at, name_expires_at,
                input_hash, definition_hash)
        ), judged AS MATERIALIZED (
            SELECT a.*, coalesce(a.known, tail.last_history_id) AS tail, taken.execution_id AS holder, s.account, s.region, s.state_machine, s.name,
                s.bucket, s.start_date, s.status, s.stop_date, s.wake_at, s.name_expires_at, s.input_hash, s.definition_hash, CASE
        """ + FenceAndSequence + """
                WHEN owner.id IS NOT NULL AND (owner.name_expires_at IS NULL OR owner.name_expires_at > s.now) THEN 3
                WHEN owner.id IS NULL AND taken.expires_at > s.now THEN 3
                ELSE 0 END AS outcome
        """ + FromBatch + """
            LEFT JOIN start s ON s.n = a.n
            LEFT JOIN LATERAL (SELECT n.execution_id, n.expires_at FROM name n
                WHERE n.account = s.account AND n.region = s.region AND n.state_machine = s.state_machine AND n.name = s.name
                LIMIT 1) AS taken ON true
            LEFT JOIN LATERAL (SELECT e.id, e.name_expires_at FROM execution e
                WHERE e.id = taken.execution_id LIMIT 1) AS owner ON true
        ), retaken AS (
            INSERT INTO name (account, region, state_machine, name, execution_id)
            SELECT j.account, j.region, j.state_machine, j.name, j.id FROM judged j WHERE j.outcome = 0 AND j.holder IS NOT NULL
            ON CONFLICT (account, region, state_machine, name) DO UPDATE SET
                execution_id = excluded.execution_id, status = NULL, start_date = NULL, stop_date = NULL, expires_at = NULL
        ), named AS (
            INSERT INTO name (account, region, state_machine, name, execution_id)
            SELECT j.account, j.region, j.state_machine, j.name, j.id FROM judged j
            WHERE j.outcome = 0 AND j.holder IS NULL AND j.name IS NOT NULL
        ), created AS (
            INSERT INTO execution (id, account, region, state_machine, name, bucket, status, start_date, stop_date, wake_at,
                name_expires_at, input_hash, definition_hash)
            SELECT j.id, j.account, j.region, j.state_machine, j.name, j.bucket, j.status, j.start_date, j.stop_date, j.wake_at,
                j.name_expires_at, j.input_hash, j.definition_hash
            FROM judged j WHERE j.outcome = 0 AND j.name IS NOT NULL
        ), changed AS (
            UPDATE execution e SET
                wake_at = j.new_wake_at,
                status = coalesce(j.new_status, e.status),
                stop_date = CASE WHEN j.new_status IS NULL THEN e.stop_date ELSE j.new_stop_date END,
                name_expires_at = CASE WHEN j.new_status IS NULL THEN e.name_expires_at ELSE j.new_name_expires_at END
            FROM judged j WHERE j.outcome = 0 AND j.changes AND e.id = j.id
        ), kept AS (
            INSERT INTO snapshot (execution_id, sequence_nr, bytes)
            SELECT j.id, p.sequence_nr, p.bytes FROM unnest($34, $35, $36) AS p (n, sequence_nr, bytes) JOIN judged j ON j.n = p.n
            WHERE j.outcome = 0
            ON CONFLICT (execution_id) DO UPDATE SET sequence_nr = excluded.sequence_nr, bytes = excluded.bytes
        )
        """;

    private const string Outcomes = " SELECT told.outcomes, coalesce(j.n, 0), " + ExecutionColumns.List + """
         FROM told LEFT JOIN judged j ON j.outcome = 3
        LEFT JOIN LATERAL (SELECT
        """ + " " + ExecutionColumns.List + """
             FROM execution e WHERE e.id = j.holder
            UNION ALL SELECT
        """ + RemovedHolder + """
             FROM name n WHERE n.account = j.account AND n.region = j.region AND n.state_machine = j.state_machine AND n.name = j.name
                AND n.expires_at IS NOT NULL
            LIMIT 1) AS e ON true
        """;

    /// <summary>The fence.</summary>
    private const string Held = """
        WITH held AS MATERIALIZED (
            SELECT id, epoch FROM shard WHERE id = ANY ($1) ORDER BY id FOR SHARE
        )
        """;

    /// <summary>The last row is the expected one; before the first append there is none. What this writer knows to be the last is not looked at.</summary>
    private const string FenceAndSequence = """

                WHEN held.epoch IS DISTINCT FROM a.epoch THEN 2
                WHEN a.known IS NULL AND coalesce(tail.sequence_nr, 0) <> a.expected THEN 1

        """;

    private const string FromBatch = """

            FROM append a
            LEFT JOIN held ON held.id = a.shard
            LEFT JOIN LATERAL (SELECT j.sequence_nr, j.last_history_id FROM journal j
                WHERE a.known IS NULL AND j.execution_id = a.id AND j.sequence_nr BETWEEN a.expected AND a.expected + 1
                ORDER BY j.sequence_nr DESC LIMIT 1) AS tail ON true

        """;

    /// <summary>Everything lies in the execution's one segment until a redrive opens the next.</summary>
    private const string Write = ", written AS (INSERT INTO journal (" + JournalColumns + """
        )
            SELECT j.id, j.expected + 1,
                CASE WHEN j.last_history_id > 0 THEN j.first_history_id ELSE coalesce(j.tail, 0) + 1 END,
                CASE WHEN j.last_history_id > 0 THEN j.last_history_id ELSE coalesce(j.tail, 0) END,
                j.epoch, $2, 1, j.terminal, j.events
            FROM judged j WHERE j.outcome = 0 AND j.has_row
        ), told AS MATERIALIZED (
            SELECT array_agg(j.outcome::smallint ORDER BY j.n) AS outcomes FROM judged j
        ), noted AS (
            UPDATE ledger SET batch = $4, outcomes = told.outcomes FROM told WHERE incarnation = $2 AND connection = $3
        )
        """;
}
