using System.Globalization;
using System.Security.Cryptography;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>The format of the file: made at creation, verified at each opening.</summary>
internal static class SqliteFormat
{
    /// <summary>The version that this build writes.</summary>
    public const int Version = 6;

    /// <summary>Marks the file as ours ("Clst"), so that another program's file is not taken for a store.</summary>
    public const int ApplicationId = 0x436C7374;

    public const string VersionKey = "format_version";
    public const string ClusterIdKey = "cluster_id";
    public const string ShardCountKey = "shard_count";
    public const string BucketCountKey = "bucket_count";

    private const int ClusterIdBytes = 16;

    /// <summary>Whether the file has no tables yet.</summary>
    public static bool IsNew(SqliteSession session) => session.ReadNumber("SELECT count(*) FROM sqlite_master") == 0;

    /// <summary>Makes the tables of a new file, all or none of them. The format settings come first: they cannot be changed later.</summary>
    public static void Create(SqliteSession session, int pageSize)
    {
        session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA page_size = {pageSize}"));
        session.Run("PRAGMA encoding = 'UTF-8'");
        session.Run("PRAGMA auto_vacuum = NONE");
        session.Run("PRAGMA journal_mode = WAL");
        session.BeginWrite();
        session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        session.Run(SqliteSchema.Tables);
        foreach (var step in SqliteMigration.Steps)
            session.Run(step.Sql);
        Set(session, VersionKey, Version.ToString(CultureInfo.InvariantCulture));
        Set(session, ClusterIdKey, RandomNumberGenerator.GetHexString(ClusterIdBytes * 2, lowercase: true));
        Set(session, ShardCountKey, ShardRange.DefaultCount.ToString(CultureInfo.InvariantCulture));
        Set(session, BucketCountKey, Buckets.Count.ToString(CultureInfo.InvariantCulture));
        for (var shard = 0; shard < ShardRange.DefaultCount; shard++)
            session.Prepared("INSERT INTO shard VALUES (?1, 0)").Bind(1, shard).Run();
        session.Commit();
    }

    /// <summary>Why this build cannot use the file, or null when it can, after a migration if it is older.</summary>
    public static string? Refusal(SqliteSession session, string path) =>
        RefusalAtRest(session, path) ?? Foreign(session, path, "journal_mode", "wal");

    /// <summary>
    /// The same of a file that is only looked at. Its log mode is not judged: a session that takes the file for unchangeable does not tell it.
    /// </summary>
    public static string? RefusalAtRest(SqliteSession session, string path)
    {
        if (IsNew(session))
            return $"{path} is empty: its tables were never committed, and a server that is started on it makes them";
        if (session.ReadNumber("PRAGMA application_id") != ApplicationId)
            return $"{path} is not a store of Cluster";
        var version = ReadNumber(session, VersionKey);
        if (version > Version)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{path} has format version {version}, this build knows versions up to {Version}: start a newer build of Cluster on it");
        }

        if (version < SqliteMigration.Oldest)
            return string.Create(CultureInfo.InvariantCulture, $"{path} has format version {version}, which this build cannot migrate");
        return Differs(path, "shard count", ReadNumber(session, ShardCountKey), ShardRange.DefaultCount)
            ?? Differs(path, "bucket count", ReadNumber(session, BucketCountKey), Buckets.Count)
            ?? Foreign(session, path, "encoding", "UTF-8")
            ?? Foreign(session, path, "auto_vacuum", "0");
    }

    /// <summary>Brings a file of an older version to this one. To be called after <see cref="Refusal"/> found nothing.</summary>
    public static void Migrate(SqliteSession session, string path) =>
        SqliteMigration.Run(session, path, ReadNumber(session, VersionKey), SqliteMigration.Steps);

    /// <summary>The value of a key of <c>meta</c>, or null.</summary>
    public static string? Get(SqliteSession session, string key)
    {
        var find = session.Prepared("SELECT value FROM meta WHERE key = ?1").Bind(1, key);
        var value = find.Step() ? find.Text(0) : null;
        find.Reset();
        return value;
    }

    /// <summary>Notes the version that the file has now.</summary>
    public static void SetVersion(SqliteSession session, int version) => session.Prepared("UPDATE meta SET value = ?2 WHERE key = ?1")
        .Bind(1, VersionKey).Bind(2, version.ToString(CultureInfo.InvariantCulture)).Run();

    private static void Set(SqliteSession session, string key, string value) =>
        session.Prepared("INSERT INTO meta VALUES (?1, ?2)").Bind(1, key).Bind(2, value).Run();

    private static int ReadNumber(SqliteSession session, string key) =>
        int.TryParse(Get(session, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? Differs(string path, string what, int stored, int ours) => stored == ours
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{path} has {what} {stored}, this build {ours}: they must be the same");

    private static string? Foreign(SqliteSession session, string path, string setting, string expected)
    {
        var found = session.ReadText("PRAGMA " + setting);
        return string.Equals(found, expected, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{path} has {setting} {found} where a store has {expected}: it was changed by another program";
    }
}
