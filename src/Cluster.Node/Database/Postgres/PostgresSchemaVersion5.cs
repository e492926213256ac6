namespace Cluster.Node.Database.Postgres;

/// <summary>
/// What format version 5 adds, so that executions can be removed. This text never changes either.
/// </summary>
/// <remarks>
/// <para>
/// A <c>name</c> that outlives its execution has what is asked of that one, and when it is free again (<c>expires_at</c>, null while the
/// execution is there). Builds before this version take such a name for free, so no execution is removed while one of them is registered.
/// </para>
/// <para>
/// <c>removed</c> has executions whose row is gone and whose journal still has to go row by row. From <c>definition.judge_at</c> on it may
/// be asked whether anybody refers to a definition; null where a machine did when it was last looked at.
/// </para>
/// </remarks>
internal static class PostgresSchemaVersion5
{
    public const string Changes = """
        ALTER TABLE name ADD COLUMN status smallint, ADD COLUMN start_date bigint, ADD COLUMN stop_date bigint, ADD COLUMN expires_at bigint;
        CREATE INDEX name_expiry ON name (expires_at) WHERE expires_at IS NOT NULL;

        CREATE TABLE removed (execution_id uuid PRIMARY KEY);

        ALTER TABLE definition ADD COLUMN judge_at bigint;
        """;
}
