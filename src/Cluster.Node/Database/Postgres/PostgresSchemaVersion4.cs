namespace Cluster.Node.Database.Postgres;

/// <summary>
/// What format version 4 adds to version 3: activities, and the tags of machines and activities. This text never changes either. Older builds
/// create machines without tags, and leave the tags of a machine that they update as they are.
/// </summary>
internal static class PostgresSchemaVersion4
{
    public const string Changes = """
        ALTER TABLE state_machine ADD COLUMN tags text NOT NULL DEFAULT '{}';

        CREATE TABLE activity (
            account text COLLATE "C" NOT NULL,
            region text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            creation_date bigint NOT NULL,
            customer_key text,
            tags text NOT NULL DEFAULT '{}',
            PRIMARY KEY (account, region, name)
        );
        """;
}
