using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>The keys of task tokens in SQL.</summary>
internal static class PostgresTokenKeys
{
    private const string Key = "token_keys";

    /// <summary>The keys, or null before the first.</summary>
    public static async Task<string?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var find = connection.Command("SELECT value FROM meta WHERE key = $1", PostgresCommands.Of(Key));
        await using (find.ConfigureAwait(false))
            return (string?)await find.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Replaces the keys if they are as expected.</summary>
    public static async Task<bool> TryChangeAsync(NpgsqlConnection connection, string? expected, string keys, CancellationToken cancellation)
    {
        var change = expected is null
            ? connection.Command("INSERT INTO meta VALUES ($1, $2) ON CONFLICT DO NOTHING", PostgresCommands.Of(Key), PostgresCommands.Of(keys))
            : connection.Command(
                "UPDATE meta SET value = $2 WHERE key = $1 AND value = $3",
                PostgresCommands.Of(Key),
                PostgresCommands.Of(keys),
                PostgresCommands.Of(expected));
        await using (change.ConfigureAwait(false))
            return await change.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) > 0;
    }
}
