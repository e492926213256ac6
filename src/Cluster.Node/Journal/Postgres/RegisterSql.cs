namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The statements of the register. Each request is one round trip and one transaction. What changes hands is first locked, in the order of
/// the shards, and then judged by a statement that sees what others have committed until then.
/// </summary>
internal static class RegisterSql
{
    /// <summary>
    /// Who holds which lock: 2 is the lock of presence, whose key is made of two halves; 1 is the lock of the writer's place, by which the
    /// presence of builds of format version 1 is judged. The two forms never meet, whatever the numbers.
    /// </summary>
    private const string Present = """
        WITH present AS MATERIALIZED (
            SELECT (classid::bigint << 32) | objid::bigint AS incarnation, objsubid AS form FROM pg_locks
            WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        )
        """;

    private const string IsPresent =
        "EXISTS (SELECT FROM present p WHERE p.incarnation = n.incarnation AND p.form = CASE WHEN n.format < 2 THEN 1 ELSE 2 END)";

    /// <summary>The lease of the asking node ($1) lasts.</summary>
    private const string IsLeased = "EXISTS (SELECT FROM node me WHERE me.incarnation = $1 AND me.expires_at > clock_timestamp())";

    /// <summary>The holder s.incarnation has ended, or may be passed over ($2) since it is not present.</summary>
    private const string HasEnded = $"""
        NOT EXISTS (SELECT FROM node n WHERE n.incarnation = s.incarnation AND n.expires_at > clock_timestamp()
            AND NOT (n.incarnation = ANY ($2) AND NOT {IsPresent}))
        """;

    /// <summary>The shard s is as it was seen, and nobody alive but the asking node holds it.</summary>
    private const string MayBeTaken = $"""
        seen.id = s.id AND seen.incarnation = s.incarnation AND seen.epoch = s.epoch AND {IsLeased}
            AND (s.incarnation IN (0, $1) OR {HasEnded})
        """;

    private const string Seen = "unnest($3, $4, $5) AS seen (id, incarnation, epoch)";

    private const string Held = "unnest($2, $3) AS held (id, epoch)";

    /// <summary>Notes what was granted, for the reason that follows.</summary>
    private const string Note = "noted AS (INSERT INTO shard_log (shard, epoch, incarnation, reason) SELECT id, epoch, incarnation, ";

    private const string AndTell = " FROM granted ORDER BY id) SELECT id, incarnation, epoch FROM granted ORDER BY id";

    /// <summary>Joins or renews: $1 incarnation, $2 name, $3 format, $4 the lease in microseconds, $5 address, $6 leaving.</summary>
    public const string Renew = """
        INSERT INTO node (incarnation, name, format, started_at, expires_at, address, leaving)
        VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp() + $4 * interval '1 microsecond', $5, $6)
        ON CONFLICT (incarnation) DO UPDATE SET name = excluded.name, format = excluded.format, expires_at = excluded.expires_at,
            address = excluded.address, leaving = excluded.leaving
        """;

    /// <summary>
    /// The nodes (incarnation, name, address, leaving, present, remaining and age in microseconds, and how long the server has been up) and the
    /// shards (id, four times null, incarnation, epoch, null), each by number, all as they are at one moment. A lease that never ends is told as a day.
    /// </summary>
    public const string View = Present + $"""
        , moment AS MATERIALIZED (SELECT clock_timestamp() AS at)
        SELECT n.incarnation AS key, n.name, n.address, n.leaving, {IsPresent} AS present,
            (extract(epoch FROM least(n.expires_at, m.at + interval '1 day') - m.at) * 1000000)::bigint,
            (extract(epoch FROM m.at - n.started_at) * 1000000)::bigint,
            (extract(epoch FROM m.at - pg_postmaster_start_time()) * 1000000)::bigint
        FROM node n CROSS JOIN moment m
        UNION ALL SELECT s.id, NULL, NULL, NULL, NULL, s.incarnation, s.epoch, NULL FROM shard s
        ORDER BY key
        """;

    /// <summary>Locks what may be taken: $1 to $5 as of <see cref="Take"/>.</summary>
    public const string LockForTake = Present + $"""
        SELECT s.id FROM shard s JOIN {Seen} ON seen.id = s.id WHERE {MayBeTaken} ORDER BY s.id FOR UPDATE OF s
        """;

    /// <summary>Takes: $1 for whom, $2 whom to pass over, $3 to $5 shards, holders and epochs as seen, $6 above which epoch, $7 why.</summary>
    public const string Take = Present + $"""
        , granted AS (
            UPDATE shard s SET incarnation = $1, epoch = greatest(s.epoch, $6) + 1 FROM {Seen} WHERE {MayBeTaken}
            RETURNING s.id, s.incarnation, s.epoch
        ), {Note}$7{AndTell}
        """;

    /// <summary>
    /// Ends the writers of those that <see cref="Take"/> passes over ($1 and $2 as there, $3 the holders as seen): one may be stopped in the
    /// middle of a transaction, and its backend then holds the rows for as long as it waits.
    /// </summary>
    public const string EndPassedOver = Present + $"""
        SELECT pg_terminate_backend(a.pid) FROM unnest($3) AS s (incarnation)
        JOIN pg_stat_activity a ON a.datname = current_database()
            AND a.application_name = '{WriterSession.NamePrefix}' || lpad(to_hex(s.incarnation), 16, '0')
        WHERE s.incarnation NOT IN (0, $1) AND {IsLeased} AND {HasEnded}
        """;

    /// <summary>
    /// Takes nodes out whose lease ran out long ago ($1 in microseconds), which hold no shard and no lock, and the ledgers of those that are
    /// not registered any more and do not write. A writer that comes back without its ledger says that it does not know.
    /// </summary>
    public const string Forget = Present + """
        , gone AS (
            SELECT n.incarnation FROM node n
            WHERE n.expires_at < clock_timestamp() - $1 * interval '1 microsecond'
                AND NOT EXISTS (SELECT FROM shard s WHERE s.incarnation = n.incarnation)
                AND NOT EXISTS (SELECT FROM present p WHERE p.incarnation = n.incarnation)
            FOR UPDATE OF n SKIP LOCKED
        ), forgotten AS (
            DELETE FROM node USING gone WHERE node.incarnation = gone.incarnation
        )
        DELETE FROM ledger l
        WHERE NOT EXISTS (SELECT FROM present p WHERE p.incarnation = l.incarnation)
            AND NOT EXISTS (SELECT FROM shard s WHERE s.incarnation = l.incarnation)
            AND (l.incarnation IN (SELECT incarnation FROM gone) OR NOT EXISTS (SELECT FROM node n WHERE n.incarnation = l.incarnation))
        """;

    /// <summary>Locks what is handed over: $1 to $3 as of <see cref="HandOver"/>.</summary>
    public const string LockForHandOver = $"""
        SELECT s.id FROM shard s JOIN {Held} ON held.id = s.id AND held.epoch = s.epoch WHERE s.incarnation = $1 ORDER BY s.id FOR UPDATE OF s
        """;

    /// <summary>Hands over: $1 who gives, $2 and $3 shards and epochs, $4 to whom, $5 why.</summary>
    public const string HandOver = $"""
        WITH granted AS (
            UPDATE shard s SET incarnation = $4, epoch = s.epoch + 1 FROM {Held}
            WHERE held.id = s.id AND held.epoch = s.epoch AND s.incarnation = $1 AND ($4 = 0
                OR EXISTS (SELECT FROM node n WHERE n.incarnation = $4 AND NOT n.leaving AND n.expires_at > clock_timestamp()))
            RETURNING s.id, s.incarnation, s.epoch
        ), {Note}$5{AndTell}
        """;

    /// <summary>Locks what a node ($1) holds.</summary>
    public const string LockForLeave = "SELECT id FROM shard WHERE incarnation = $1 ORDER BY id FOR UPDATE";

    /// <summary>Leaves: $1 who, $2 why.</summary>
    public const string Leave = $"""
        WITH gone AS (
            DELETE FROM node WHERE incarnation = $1
        ), granted AS (
            UPDATE shard s SET incarnation = 0, epoch = s.epoch + 1 WHERE s.incarnation = $1 RETURNING s.id, s.incarnation, s.epoch
        ), {Note}$2{AndTell}
        """;

    /// <summary>Takes all shards, whoever has them, where there is but one node: $1 incarnation, $2 name, $3 format, $4 why.</summary>
    public const string TakeAll = $"""
        WITH me AS (
            INSERT INTO node (incarnation, name, format, started_at, expires_at)
            VALUES ($1, $2, $3, clock_timestamp(), 'infinity') ON CONFLICT (incarnation) DO NOTHING
        ), others AS (
            DELETE FROM node WHERE incarnation <> $1
        ), locked AS MATERIALIZED (
            SELECT id FROM shard ORDER BY id FOR UPDATE
        ), granted AS (
            UPDATE shard s SET epoch = s.epoch + 1, incarnation = $1 FROM locked WHERE s.id = locked.id
            RETURNING s.id, s.incarnation, s.epoch
        ), {Note}$4{AndTell}
        """;

    /// <summary>Ends the writers of all others ($1 is the name of the own one).</summary>
    public const string EndOthers = $"""
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE starts_with(application_name, '{WriterSession.NamePrefix}') AND application_name <> $1 AND datname = current_database()
        """;
}
