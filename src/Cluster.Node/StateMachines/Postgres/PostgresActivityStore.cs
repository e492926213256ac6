using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal.Postgres;
using Npgsql;

namespace Cluster.Node.StateMachines.Postgres;

/// <summary>Activities in the database of a <see cref="PostgresStore"/>; each write is one statement.</summary>
public sealed class PostgresActivityStore : IActivityStore
{
    /// <summary>How often a creation looks again when what is in its way goes between two looks.</summary>
    private const int CreateTries = 5;

    private const string Columns = "account, region, name, creation_date, customer_key";

    private const string Find = "SELECT " + Columns + " FROM activity WHERE account = $1 AND region = $2 AND name = $3";

    private const string List =
        "SELECT " + Columns + " FROM activity WHERE account = $1 AND region = $2 AND name > $3 ORDER BY name LIMIT $4";

    private const string Insert = "WITH made AS (INSERT INTO activity (" + Columns + """
        , tags) SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM activity WHERE account = $1 AND region = $2) < $7
            ON CONFLICT DO NOTHING RETURNING 1
        )
        SELECT count(*) = 1 FROM made
        """;

    private const string Count = "SELECT count(*) FROM activity WHERE account = $1 AND region = $2";

    private const string Delete =
        "WITH gone AS (DELETE FROM activity WHERE account = $1 AND region = $2 AND name = $3 RETURNING 1) SELECT count(*) = 1 FROM gone";

    private static readonly PostgresTags Tags = new("activity");

    private readonly PostgresReaders _connections;

    /// <summary>A view of an open store; it is closed with that.</summary>
    public PostgresActivityStore(PostgresStore store) => _connections = store.Readers;

    /// <inheritdoc/>
    public async ValueTask<ActivityCreation> CreateAsync(ActivityRow activity, string tags, int most, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < CreateTries; attempt++)
        {
            if (await WriteAsync(Insert, Parameters(activity, tags, most), cancellation).ConfigureAwait(false))
                return default;
            if (await FindAsync(activity.Account, activity.Region, activity.Name, cancellation).ConfigureAwait(false) is { } existing)
                return new ActivityCreation(existing, IsFull: false);
            if (await CountAsync(activity, cancellation).ConfigureAwait(false) >= most)
                return new ActivityCreation(Existing: null, IsFull: true);
        }

        throw new StoreUnavailableException($"The activity {activity.Name} comes and goes.");
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation) =>
        WriteAsync(Delete, [PostgresCommands.Of(account), PostgresCommands.Of(region), PostgresCommands.Of(name)], cancellation);

    /// <inheritdoc/>
    public async ValueTask<ActivityRow?> FindAsync(string account, string region, string name, CancellationToken cancellation)
    {
        var rows = await _connections.ReadAsync(
            (connection, stop) => PostgresLists.ReadAsync(
                connection.Command(Find, PostgresCommands.Of(account), PostgresCommands.Of(region), PostgresCommands.Of(name)), Read, stop),
            cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ActivityRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation) => _connections.ReadAsync(
            (connection, stop) => PostgresLists.ReadAsync(
                connection.Command(
                    List,
                    PostgresCommands.Of(account),
                    PostgresCommands.Of(region),
                    PostgresCommands.Of(after ?? string.Empty),
                    PostgresCommands.Of((long)limit)),
                Read,
                stop),
            cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation) =>
        Tags.ReadAsync(_connections, account, region, name, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceTagsAsync(
        string account, string region, string name, string expected, string tags, CancellationToken cancellation) =>
        Tags.ReplaceAsync(_connections, account, region, name, expected, tags, cancellation);

    private ValueTask<long> CountAsync(ActivityRow activity, CancellationToken cancellation) => _connections.ReadAsync(
        async (connection, stop) =>
        {
            var count = connection.Command(Count, PostgresCommands.Of(activity.Account), PostgresCommands.Of(activity.Region));
            await using (count.ConfigureAwait(false))
                return (long)(await count.ExecuteScalarAsync(stop).ConfigureAwait(false))!;
        },
        cancellation);

    private ValueTask<bool> WriteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation) => _connections.WriteAsync(
        async (connection, stop) =>
        {
            var write = connection.Command(sql, parameters);
            await using (write.ConfigureAwait(false))
                return (bool)(await write.ExecuteScalarAsync(stop).ConfigureAwait(false))!;
        },
        cancellation);

    private static NpgsqlParameter[] Parameters(ActivityRow activity, string tags, int most) =>
    [
        PostgresCommands.Of(activity.Account),
        PostgresCommands.Of(activity.Region),
        PostgresCommands.Of(activity.Name),
        PostgresCommands.Of(activity.CreationDate),
        PostgresCommands.OfText(activity.CustomerKey),
        PostgresCommands.Of(tags),
        PostgresCommands.Of((long)most),
    ];

    private static ActivityRow Read(NpgsqlDataReader row) => new()
    {
        Account = row.GetString(0),
        Region = row.GetString(1),
        Name = row.GetString(2),
        CreationDate = row.GetInt64(3),
        CustomerKey = row.TextOrNull(4),
    };
}
