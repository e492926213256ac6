namespace Cluster.Node.Database.Postgres;

/// <summary>
/// What format version 3 adds to version 2: the tasks of activities that wait for a worker. This text never changes either.
/// </summary>
/// <remarks>
/// <para>
/// The key is all that a row has, in the order in which an activity's tasks are read: the oldest first.
/// </para>
/// <para>
/// Rows come at one end of an activity's range and go at the other. What has gone is swept soon, whatever the table's size: a reader would
/// have to step over it.
/// </para>
/// </remarks>
internal static class PostgresSchemaVersion3
{
    public const string Changes = """
        CREATE TABLE pending_task (
            account text COLLATE "C" NOT NULL,
            region text COLLATE "C" NOT NULL,
            activity text COLLATE "C" NOT NULL,
            scheduled_at bigint NOT NULL,
            execution_id uuid NOT NULL,
            scope text COLLATE "C" NOT NULL,
            visit bigint NOT NULL,
            attempt integer NOT NULL,
            PRIMARY KEY (account, region, activity, scheduled_at, execution_id, scope, visit, attempt)
        ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
        """;
}
