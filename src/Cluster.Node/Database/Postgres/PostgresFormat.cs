using System.Globalization;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Database.Postgres;

/// <summary>The format of the tables as the database itself tells it; made by a migration, verified at each start.</summary>
/// <param name="Version">The format version; <see cref="PostgresMigration.Nothing"/> without tables.</param>
/// <param name="OldestBuild">The oldest format version whose builds can still work with it.</param>
/// <param name="ClusterId">The random name of the cluster, given when the tables were made; empty without tables.</param>
/// <param name="ShardCount">How many shards there are.</param>
/// <param name="BucketCount">How many buckets there are.</param>
internal sealed record PostgresFormat(int Version, int OldestBuild, string ClusterId, int ShardCount, int BucketCount)
{
    public const string VersionKey = "format_version";
    public const string OldestBuildKey = "oldest_build";
    public const string ClusterIdKey = "cluster_id";
    public const string ShardCountKey = "shard_count";
    public const string BucketCountKey = "bucket_count";

    /// <summary>Reads the format.</summary>
    public static PostgresFormat Read(NpgsqlConnection connection)
    {
        using (var find = connection.Command("SELECT to_regclass('meta') IS NULL"))
        {
            if ((bool)find.ExecuteScalar()!)
                return new PostgresFormat(PostgresMigration.Nothing, PostgresMigration.Nothing, "", 0, 0);
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var read = connection.Command("SELECT key, value FROM meta"))
        {
            using var rows = read.ExecuteReader();
            while (rows.Read())
                values.Add(rows.GetString(0), rows.GetString(1));
        }

        return new PostgresFormat(
            Number(VersionKey), Number(OldestBuildKey), values.GetValueOrDefault(ClusterIdKey, ""), Number(ShardCountKey), Number(BucketCountKey));

        int Number(string key) =>
            int.TryParse(values.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>Why this build cannot use the tables, or null when it can.</summary>
    /// <param name="place">Where they are, for people.</param>
    public string? Refusal(string place)
    {
        if (Version == PostgresMigration.Nothing)
            return $"{place} has no tables of Cluster: run 'cluster migrate --store postgres --connection …' first";
        if (Version < PostgresMigration.Newest)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{place} has format version {Version}, this build needs {PostgresMigration.Newest}: run 'cluster migrate --store postgres --connection …' first");
        }

        if (OldestBuild > PostgresMigration.Newest)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{place} has format version {Version}, this build knows versions up to {PostgresMigration.Newest}: start a newer build of Cluster on it");
        }

        return Differs(place, "shard count", ShardCount, ShardRange.DefaultCount) ?? Differs(place, "bucket count", BucketCount, Buckets.Count);
    }

    private static string? Differs(string place, string what, int stored, int ours) => stored == ours
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{place} has {what} {stored}, this build {ours}: they must be the same");
}
