using System.Diagnostics;
using System.Globalization;
using Cluster.Testing.Postgres;
using Npgsql;

namespace Cluster.Integration.Tests.Faults;

/// <summary>The tables of nodes and shards, as a test looks at them from outside.</summary>
internal sealed class ShardTables(PostgresServer postgres, string address)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly string _database = new NpgsqlConnectionStringBuilder(address).Database!;

    /// <summary>The shards of the living node of a name, with their epochs.</summary>
    public IReadOnlyDictionary<int, long> HeldBy(string node) => Rows(
            $"SELECT s.id || ' ' || s.epoch FROM shard s JOIN node n USING (incarnation) WHERE n.name = '{node}' AND n.expires_at > clock_timestamp()")
        .ToDictionary(row => (int)row[0], row => row[1]);

    /// <summary>How many grants there were.</summary>
    public long Grants => Rows("SELECT count(*) FROM shard_log")[0][0];

    /// <summary>Whether a node's lease lasts.</summary>
    public bool IsMember(string node) => Rows($"SELECT count(*) FROM node WHERE name = '{node}' AND expires_at > clock_timestamp()")[0][0] > 0;

    /// <summary>When each of some shards was granted with a higher epoch than before, Unix milliseconds; those only that were.</summary>
    public IReadOnlyDictionary<int, long> GrantedAfter(IReadOnlyDictionary<int, long> epochs) =>
        After(epochs, "SELECT l.shard || ' ' || (1000 * extract(epoch FROM min(l.at)))::bigint FROM shard_log l JOIN before b USING (shard) WHERE l.epoch > b.epoch GROUP BY l.shard");

    /// <summary>
    /// When the first row of each of some shards was committed with a higher epoch than before, Unix milliseconds; those only that have one.
    /// The server must keep the times of its commits.
    /// </summary>
    public IReadOnlyDictionary<int, long> CommittedAfter(IReadOnlyDictionary<int, long> epochs) => After(epochs, """
        SELECT b.shard || ' ' || (1000 * extract(epoch FROM min(pg_xact_commit_timestamp(j.xmin))))::bigint
        FROM journal j JOIN execution e ON e.id = j.execution_id JOIN before b ON b.shard = e.bucket / 64 WHERE j.epoch > b.epoch GROUP BY b.shard
        """);

    /// <summary>Waits until a number of nodes share the shards evenly.</summary>
    public async Task BalancedAsync(int nodes, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var held = Rows("SELECT count(*) FROM shard s JOIN node n USING (incarnation) WHERE n.expires_at > clock_timestamp() GROUP BY n.incarnation");
            if (held.Count == nodes && held.Max(row => row[0]) - held.Min(row => row[0]) <= 1)
                return;
            if (clock.Elapsed > within)
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes do not share the shards: {string.Join(", ", held.Select(row => row[0]))}"));
            await Task.Delay(Step);
        }
    }

    private Dictionary<int, long> After(IReadOnlyDictionary<int, long> epochs, string sql)
    {
        var before = string.Join(", ", epochs.Select(one => string.Create(CultureInfo.InvariantCulture, $"({one.Key}, {one.Value})")));
        return Rows($"WITH before (shard, epoch) AS (VALUES {before}) {sql}").ToDictionary(row => (int)row[0], row => row[1]);
    }

    /// <summary>Rows of whole numbers with a blank between.</summary>
    private List<long[]> Rows(string sql) =>
    [
        .. postgres.Query(_database, "SET search_path = cluster; " + sql).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
