using System.Globalization;
using System.Security.Cryptography;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Database.Postgres;

/// <summary>Brings a database to the format that this build needs. Nothing but <c>cluster migrate</c> and tests come here.</summary>
public static class PostgresMigrator
{
    /// <summary>The advisory lock that lets one migration run at a time.</summary>
    private const long Lock = 0x436C7374_00000001;

    private const int ClusterIdBytes = 16;

    private const string Settings = "SET lock_timeout = '30s'; SET statement_timeout = 0; SET client_min_messages = warning";

    /// <summary>Makes the steps that are due, all or none of them.</summary>
    /// <param name="address">The database, which must exist.</param>
    /// <param name="contract">Whether steps are made that end the work of older builds; they are refused while such a node is registered.</param>
    /// <param name="refusal">Why nothing was done, for the person who asked; null when all went well.</param>
    /// <returns>What was done, for people; null when it was refused.</returns>
    public static string? TryRun(PostgresAddress address, bool contract, out string? refusal) =>
        TryRun(address, contract, PostgresMigration.Steps, out refusal);

    /// <summary>The same with given steps.</summary>
    internal static string? TryRun(PostgresAddress address, bool contract, IReadOnlyList<PostgresMigration> steps, out string? refusal)
    {
        try
        {
            using var source = address.Single("cluster migrate");
            using var connection = source.OpenConnection();
            connection.Run(Settings);
            using (var take = connection.Command("SELECT pg_advisory_lock($1)", PostgresCommands.Of(Lock)))
                take.ExecuteNonQuery();
            return Run(connection, address.ToString(), contract, steps, out refusal);
        }
        catch (Exception e) when (PostgresFailures.IsOfDatabase(e))
        {
            refusal = $"{address} was not migrated: {e.Message}";
            return null;
        }
    }

    private static string? Run(
        NpgsqlConnection connection, string place, bool contract, IReadOnlyList<PostgresMigration> steps, out string? refusal)
    {
        var format = PostgresFormat.Read(connection);
        var due = steps.Where(step => step.From >= format.Version)
            .TakeWhile(step => contract || step.Kind == MigrationKind.Expand)
            .ToList();
        var newest = steps[^1].From + 1;
        refusal = null;
        if (format.Version > newest)
        {
            refusal = string.Create(
                CultureInfo.InvariantCulture, $"{place} has format version {format.Version}, this build knows versions up to {newest}: use a newer build of Cluster");
            return null;
        }

        if (due.Count == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{place} has format version {format.Version}; nothing to do");
        var oldestBuild = due.FindLast(step => step.Kind == MigrationKind.Contract) is { } last ? last.From + 1 : Math.Max(format.OldestBuild, 1);
        using var transaction = connection.BeginTransaction();
        if (format.Version == PostgresMigration.Nothing)
            connection.Run($"CREATE SCHEMA IF NOT EXISTS {PostgresAddress.Schema}");
        else if (OlderNode(connection, oldestBuild) is { } node)
        {
            refusal = $"{place} was not migrated: {node} runs an older build, which could not work with it any more";
            return null;
        }

        foreach (var step in due)
        {
            connection.Run(step.Sql);
            if (step.From == PostgresMigration.Nothing)
                Fill(connection);
        }

        Set(connection, PostgresFormat.VersionKey, due[^1].From + 1);
        Set(connection, PostgresFormat.OldestBuildKey, oldestBuild);
        transaction.Commit();
        return string.Create(CultureInfo.InvariantCulture, $"{place} was brought from format version {format.Version} to {due[^1].From + 1}");
    }

    private static void Fill(NpgsqlConnection connection)
    {
        Set(connection, PostgresFormat.ClusterIdKey, RandomNumberGenerator.GetHexString(ClusterIdBytes * 2, lowercase: true));
        Set(connection, PostgresFormat.ShardCountKey, ShardRange.DefaultCount);
        Set(connection, PostgresFormat.BucketCountKey, Buckets.Count);
        using var shards = connection.Command(
            "INSERT INTO shard SELECT id, 0, 0 FROM generate_series(0, $1 - 1) id", PostgresCommands.Of(ShardRange.DefaultCount));
        shards.ExecuteNonQuery();
    }

    private static string? OlderNode(NpgsqlConnection connection, int oldestBuild)
    {
        using var find = connection.Command(
            "SELECT name FROM node WHERE format < $1 AND expires_at > clock_timestamp() LIMIT 1", PostgresCommands.Of(oldestBuild));
        return (string?)find.ExecuteScalar();
    }

    private static void Set(NpgsqlConnection connection, string key, int value) =>
        Set(connection, key, value.ToString(CultureInfo.InvariantCulture));

    private static void Set(NpgsqlConnection connection, string key, string value)
    {
        using var set = connection.Command(
            "INSERT INTO meta VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            PostgresCommands.Of(key),
            PostgresCommands.Of(value));
        set.ExecuteNonQuery();
    }
}
