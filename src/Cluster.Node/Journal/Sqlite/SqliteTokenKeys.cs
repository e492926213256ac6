using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>The keys of task tokens in SQL.</summary>
internal static class SqliteTokenKeys
{
    private const string Key = "token_keys";

    /// <summary>The keys, or null before the first.</summary>
    public static string? Read(SqliteSession session)
    {
        var find = session.Prepared("SELECT value FROM meta WHERE key = ?1").Bind(1, Key);
        var keys = find.Step() ? find.Text(0) : null;
        find.Reset();
        return keys;
    }

    /// <summary>Replaces the keys if they are as expected.</summary>
    public static bool TryChange(SqliteSession session, string? expected, string keys) => (expected is null
        ? session.Prepared("INSERT OR IGNORE INTO meta VALUES (?1, ?2)").Bind(1, Key).Bind(2, keys).Run()
        : session.Prepared("UPDATE meta SET value = ?2 WHERE key = ?1 AND value = ?3").Bind(1, Key).Bind(2, keys).Bind(3, expected).Run()) > 0;
}
