namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// The tables. A change here is a new format version.
/// </summary>
/// <remarks>
/// <para>
/// <c>journal</c> is in the order of commits, not of executions: rows are only ever added at its end, so a batch of many executions fills
/// whole pages. <c>commit_nr</c> is that order. The one index finds a row by execution and sequence number. A row without history ids
/// stores the empty range after the one before it (first = last + 1), so that <c>last_history_id</c> never falls from row to row and a
/// history id is found by halving over sequence numbers, without an index of its own.
/// </para>
/// <para>
/// <c>execution_list</c> is the one listing index: an id begins with the start time, so ids of a status are in the order of starts.
/// <c>execution_wake</c> holds only executions that wait to be woken, by shard (64 buckets each).
/// </para>
/// <para>
/// When a name is free again is stored with its execution, whose row changes at the end anyway; the name's row is on a random page and
/// is never written a second time before the execution is removed.
/// </para>
/// </remarks>
internal static class SqliteSchema
{
    public const string Tables = """
        CREATE TABLE meta (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE shard (
            id INTEGER PRIMARY KEY,
            epoch INTEGER NOT NULL
        );

        CREATE TABLE journal (
            commit_nr INTEGER PRIMARY KEY,
            execution_id BLOB NOT NULL,
            sequence_nr INTEGER NOT NULL,
            first_history_id INTEGER NOT NULL,
            last_history_id INTEGER NOT NULL,
            terminal INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            events BLOB NOT NULL
        );
        CREATE UNIQUE INDEX journal_row ON journal (execution_id, sequence_nr);

        CREATE TABLE execution (
            id BLOB NOT NULL PRIMARY KEY,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            state_machine TEXT NOT NULL,
            name TEXT NOT NULL,
            bucket INTEGER NOT NULL,
            status INTEGER NOT NULL,
            start_date INTEGER NOT NULL,
            stop_date INTEGER,
            wake_at INTEGER,
            name_expires_at INTEGER,
            input_hash BLOB NOT NULL,
            definition_hash BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX execution_list ON execution (account, region, state_machine, status, id);
        CREATE INDEX execution_wake ON execution (bucket / 64, wake_at, id) WHERE wake_at IS NOT NULL;

        CREATE TABLE name (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            state_machine TEXT NOT NULL,
            name TEXT NOT NULL,
            execution_id BLOB NOT NULL,
            PRIMARY KEY (account, region, state_machine, name)
        ) WITHOUT ROWID;

        CREATE TABLE snapshot (
            execution_id BLOB NOT NULL PRIMARY KEY,
            sequence_nr INTEGER NOT NULL,
            bytes BLOB NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE definition (
            hash BLOB NOT NULL PRIMARY KEY,
            text TEXT NOT NULL
        );

        CREATE TABLE state_machine (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            role_arn TEXT NOT NULL,
            definition_hash BLOB NOT NULL,
            creation_date INTEGER NOT NULL,
            update_date INTEGER NOT NULL,
            revision_id TEXT,
            logging TEXT,
            tracing INTEGER NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (account, region, name)
        ) WITHOUT ROWID;
        """;

    /// <summary>Executions that a process was working for when it ended out of order, once for each of its lives. Since version 2.</summary>
    public const string Suspects = """
        CREATE TABLE suspect (
            execution_id BLOB NOT NULL,
            incarnation INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (execution_id, incarnation)
        ) WITHOUT ROWID;
        """;

    /// <summary>Tasks of activities that wait for a worker; read by activity, the oldest first. Since version 3.</summary>
    public const string PendingTasks = """
        CREATE TABLE pending_task (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            activity TEXT NOT NULL,
            scheduled_at INTEGER NOT NULL,
            execution_id BLOB NOT NULL,
            scope TEXT NOT NULL,
            visit INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            PRIMARY KEY (account, region, activity, scheduled_at, execution_id, scope, visit, attempt)
        ) WITHOUT ROWID;
        """;

    /// <summary>Activities, and the tags of machines and activities: one JSON text each. Since version 4.</summary>
    public const string ActivitiesAndTags = """
        ALTER TABLE state_machine ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';

        CREATE TABLE activity (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            creation_date INTEGER NOT NULL,
            customer_key TEXT,
            tags TEXT NOT NULL DEFAULT '{}',
            PRIMARY KEY (account, region, name)
        ) WITHOUT ROWID;
        """;

    /// <summary>
    /// What removal needs; since version 5. A name that outlives its execution has what is asked of that one, and when it is free again.
    /// <c>removed</c> has the executions whose journal was too long to be removed with them. From <c>judge_at</c> on it may be asked whether
    /// anybody refers to a definition; null where a machine did when it was last looked at.
    /// </summary>
    public const string Retention = """
        ALTER TABLE name ADD COLUMN status INTEGER;
        ALTER TABLE name ADD COLUMN start_date INTEGER;
        ALTER TABLE name ADD COLUMN stop_date INTEGER;
        ALTER TABLE name ADD COLUMN expires_at INTEGER;
        CREATE INDEX name_expiry ON name (expires_at) WHERE expires_at IS NOT NULL;
        CREATE TABLE removed (execution_id BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
        ALTER TABLE definition ADD COLUMN judge_at INTEGER;
        """;

    /// <summary>
    /// What rows are held against when they are read (<see cref="RowChecksum"/>). Since version 6: <c>checksums_since</c> is the commit number from
    /// which on each row must have one, for a bit that turns in the head of a record may make its last column disappear.
    /// </summary>
    public const string Checksums = """
        ALTER TABLE journal ADD COLUMN checksum INTEGER;
        ALTER TABLE snapshot ADD COLUMN checksum INTEGER;
        INSERT INTO meta SELECT 'checksums_since', coalesce(max(commit_nr), 0) + 1 FROM journal;
        """;
}
