namespace Cluster.Node.Database.Postgres;

/// <summary>
/// What format version 2 adds to version 1, for several nodes on one database. This text never changes either.
/// </summary>
/// <remarks>
/// <para>
/// <c>shard_log</c> has a row for each epoch that a shard was given, written in the transaction that gives it and never changed. Its id is
/// of the same sequence as <c>journal.commit_nr</c>, and both are drawn while the shard's row is locked: within a shard they are one order.
/// It begins with who held what when the table was made; builds of version 1 take shards without a line in it.
/// </para>
/// <para>
/// <c>suspect</c> has a row for each execution and life of a process that ended out of order while it worked for that execution.
/// </para>
/// </remarks>
internal static class PostgresSchemaVersion2
{
    public const string Changes = """
        ALTER TABLE node ADD COLUMN address text NOT NULL DEFAULT '', ADD COLUMN leaving boolean NOT NULL DEFAULT false;

        CREATE TABLE shard_log (
            id bigint PRIMARY KEY DEFAULT nextval('journal_commit'),
            shard integer NOT NULL,
            epoch bigint NOT NULL,
            incarnation bigint NOT NULL,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            reason text NOT NULL,
            UNIQUE (shard, epoch)
        );
        INSERT INTO shard_log (shard, epoch, incarnation, reason)
            SELECT id, epoch, incarnation, 'held when the log began' FROM shard WHERE epoch > 0 ORDER BY id;

        CREATE TABLE suspect (
            execution_id uuid NOT NULL,
            incarnation bigint NOT NULL,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (execution_id, incarnation)
        );
        """;
}
