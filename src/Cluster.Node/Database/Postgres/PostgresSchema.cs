namespace Cluster.Node.Database.Postgres;

/// <summary>
/// The tables of format version 1. A change is a new version with a migration of its own; this text never changes.
/// </summary>
/// <remarks>
/// <para>
/// Ids of executions are uuids of the same 16 bytes: they begin with the start time, so a range of ids is a span of time.
/// <c>journal</c> is partitioned by the week of the start inside the id; retention drops whole weeks. A week without a partition of its own
/// goes to <c>journal_rest</c>. <c>commit_nr</c> is the order of commits within a shard. A row without history ids stores the empty range
/// after the one before it (first = last + 1), so that <c>last_history_id</c> never falls from row to row and <c>journal_row_of</c> finds
/// a history id by halving over sequence numbers, without an index of its own.
/// </para>
/// <para>
/// <c>shard</c> is the fence: every append locks its rows for share and compares the epoch. <c>ledger</c> has a row for each writing
/// connection, changed with every batch in its transaction: it tells whether a batch whose answer was lost was committed, and how each of
/// its appends was judged.
/// </para>
/// <para>
/// <c>execution_wake</c> holds only executions that wait to be woken, by shard (64 buckets each). When a name is free again is stored with
/// its execution, whose row changes at the end anyway.
/// </para>
/// </remarks>
internal static class PostgresSchema
{
    public const string Tables = """
        CREATE TABLE meta (
            key text COLLATE "C" PRIMARY KEY,
            value text NOT NULL
        );

        CREATE TABLE node (
            incarnation bigint PRIMARY KEY,
            name text NOT NULL,
            format integer NOT NULL,
            started_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL
        );

        CREATE TABLE shard (
            id integer PRIMARY KEY,
            incarnation bigint NOT NULL,
            epoch bigint NOT NULL
        ) WITH (fillfactor = 50);

        CREATE TABLE ledger (
            incarnation bigint NOT NULL,
            connection integer NOT NULL,
            batch bigint NOT NULL,
            outcomes smallint[] NOT NULL,
            PRIMARY KEY (incarnation, connection)
        ) WITH (fillfactor = 50);

        CREATE SEQUENCE journal_commit;

        CREATE TABLE journal (
            execution_id uuid NOT NULL,
            sequence_nr bigint NOT NULL,
            first_history_id bigint NOT NULL,
            last_history_id bigint NOT NULL,
            epoch bigint NOT NULL,
            incarnation bigint NOT NULL,
            commit_nr bigint NOT NULL DEFAULT nextval('journal_commit'),
            segment integer NOT NULL,
            terminal boolean NOT NULL,
            events bytea NOT NULL,
            PRIMARY KEY (execution_id, sequence_nr)
        ) PARTITION BY RANGE (execution_id);
        CREATE UNIQUE INDEX journal_terminal ON journal (execution_id, segment) WHERE terminal;
        CREATE TABLE journal_rest PARTITION OF journal DEFAULT;

        CREATE TABLE execution (
            id uuid PRIMARY KEY,
            account text COLLATE "C" NOT NULL,
            region text COLLATE "C" NOT NULL,
            state_machine text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            bucket integer NOT NULL,
            status smallint NOT NULL,
            start_date bigint NOT NULL,
            stop_date bigint,
            wake_at bigint,
            name_expires_at bigint,
            input_hash bytea NOT NULL,
            definition_hash bytea NOT NULL
        ) WITH (fillfactor = 85);
        CREATE INDEX execution_list ON execution (account, region, state_machine, status, id);
        CREATE INDEX execution_wake ON execution ((bucket / 64), wake_at, id) WHERE wake_at IS NOT NULL;

        CREATE TABLE name (
            account text COLLATE "C" NOT NULL,
            region text COLLATE "C" NOT NULL,
            state_machine text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            execution_id uuid NOT NULL,
            PRIMARY KEY (account, region, state_machine, name)
        );

        CREATE TABLE snapshot (
            execution_id uuid PRIMARY KEY,
            sequence_nr bigint NOT NULL,
            bytes bytea NOT NULL
        );

        CREATE TABLE definition (
            hash bytea PRIMARY KEY,
            text text NOT NULL
        );

        CREATE TABLE state_machine (
            account text COLLATE "C" NOT NULL,
            region text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            type text NOT NULL,
            role_arn text NOT NULL,
            definition_hash bytea NOT NULL,
            creation_date bigint NOT NULL,
            update_date bigint NOT NULL,
            revision_id text,
            logging text,
            tracing boolean NOT NULL,
            version bigint NOT NULL,
            PRIMARY KEY (account, region, name)
        );

        CREATE FUNCTION journal_row_of(execution uuid, history bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
        DECLARE
            low bigint := 1;
            high bigint;
            middle bigint;
            reached bigint;
        BEGIN
            SELECT sequence_nr, last_history_id INTO high, reached FROM journal
                WHERE execution_id = execution ORDER BY sequence_nr DESC LIMIT 1;
            IF reached IS NULL OR reached < history THEN
                RETURN NULL;
            END IF;
            WHILE low < high LOOP
                middle := low + (high - low) / 2;
                SELECT last_history_id INTO reached FROM journal WHERE execution_id = execution AND sequence_nr = middle;
                IF reached >= history THEN
                    high := middle;
                ELSE
                    low := middle + 1;
                END IF;
            END LOOP;
            RETURN low;
        END
        $$;
        """;
}
