using Cluster.Node.Database.Postgres;

namespace Cluster.Node.StateMachines.Postgres;

/// <summary>The tags column of a table whose key is account, region and name.</summary>
internal sealed class PostgresTags(string table)
{
    private readonly string _find = $"SELECT tags FROM {table} WHERE account = $1 AND region = $2 AND name = $3";

    private readonly string _replace = $"""
        WITH replaced AS (
            UPDATE {table} SET tags = $5 WHERE account = $1 AND region = $2 AND name = $3 AND tags = $4 RETURNING 1
        )
        SELECT count(*) = 1 FROM replaced
        """;

    public ValueTask<string?> ReadAsync(
        PostgresReaders connections, string account, string region, string name, CancellationToken cancellation) => connections.ReadAsync(
            async (connection, stop) =>
            {
                var find = connection.Command(_find, PostgresCommands.Of(account), PostgresCommands.Of(region), PostgresCommands.Of(name));
                await using (find.ConfigureAwait(false))
                    return (string?)await find.ExecuteScalarAsync(stop).ConfigureAwait(false);
            },
            cancellation);

    public ValueTask<bool> ReplaceAsync(
        PostgresReaders connections,
        string account,
        string region,
        string name,
        string expected,
        string tags,
        CancellationToken cancellation) => connections.WriteAsync(
            async (connection, stop) =>
            {
                var replace = connection.Command(
                    _replace,
                    PostgresCommands.Of(account),
                    PostgresCommands.Of(region),
                    PostgresCommands.Of(name),
                    PostgresCommands.Of(expected),
                    PostgresCommands.Of(tags));
                await using (replace.ConfigureAwait(false))
                    return (bool)(await replace.ExecuteScalarAsync(stop).ConfigureAwait(false))!;
            },
            cancellation);
}
