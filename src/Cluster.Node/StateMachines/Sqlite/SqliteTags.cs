using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.StateMachines.Sqlite;

/// <summary>The tags column of a table whose key is account, region and name.</summary>
internal sealed class SqliteTags(string table)
{
    private readonly string _find = $"SELECT tags FROM {table} WHERE account = ?1 AND region = ?2 AND name = ?3";

    private readonly string _replace =
        $"UPDATE {table} SET tags = ?5 WHERE account = ?1 AND region = ?2 AND name = ?3 AND tags = ?4";

    public string? Read(SqliteSession session, string account, string region, string name)
    {
        var find = session.Prepared(_find).Bind(1, account).Bind(2, region).Bind(3, name);
        var tags = find.Step() ? find.Text(0) : null;
        find.Reset();
        return tags;
    }

    public bool Replace(SqliteSession session, string account, string region, string name, string expected, string tags) =>
        session.Prepared(_replace).Bind(1, account).Bind(2, region).Bind(3, name).Bind(4, expected).Bind(5, tags).Run() == 1;
}
