using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal.Postgres;
using Npgsql;

namespace Cluster.Node.StateMachines.Postgres;

/// <summary>State machines and definitions in the database of a <see cref="PostgresStore"/>; each write is one statement.</summary>
public sealed class PostgresStateMachineStore : IStateMachineStore
{
    /// <summary>How often a creation looks again when the machine in its way goes between two looks.</summary>
    private const int CreateTries = 5;

    private const string Columns =
        "account, region, name, type, role_arn, definition_hash, creation_date, update_date, revision_id, logging, tracing, version";

    private const string Find = "SELECT " + Columns + " FROM state_machine WHERE account = $1 AND region = $2 AND name = $3";

    private const string List =
        "SELECT " + Columns + " FROM state_machine WHERE account = $1 AND region = $2 AND name > $3 ORDER BY name LIMIT $4";

    private const string Insert = "WITH made AS (INSERT INTO state_machine (" + Columns + """
        , tags) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $13) ON CONFLICT DO NOTHING RETURNING 1
        ), kept AS (
            INSERT INTO definition (hash, text) SELECT $6, $12 FROM made ON CONFLICT (hash) DO UPDATE SET judge_at = NULL
        )
        SELECT count(*) = 1 FROM made
        """;

    private const string Replace = """
        WITH replaced AS (
            UPDATE state_machine SET type = $4, role_arn = $5, definition_hash = $6, creation_date = $7, update_date = $8, revision_id = $9,
                logging = $10, tracing = $11, version = version + 1
            WHERE account = $1 AND region = $2 AND name = $3 AND version = $13
            RETURNING 1
        ), kept AS (
            INSERT INTO definition (hash, text) SELECT $6, $12 FROM replaced WHERE $12 IS NOT NULL ON CONFLICT (hash) DO UPDATE SET judge_at = NULL
        )
        SELECT count(*) = 1 FROM replaced
        """;

    private static readonly PostgresTags Tags = new("state_machine");

    private readonly PostgresReaders _connections;

    /// <summary>A view of an open store; it is closed with that.</summary>
    public PostgresStateMachineStore(PostgresStore store) => _connections = store.Readers;

    /// <inheritdoc/>
    public async ValueTask<StateMachineRow?> CreateAsync(
        StateMachineRow machine, string definition, string tags, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < CreateTries; attempt++)
        {
            if (await WriteAsync(Insert, [.. Parameters(machine, definition), PostgresCommands.Of(tags)], cancellation).ConfigureAwait(false))
                return null;
            if (await FindAsync(machine.Account, machine.Region, machine.Name, cancellation).ConfigureAwait(false) is { } existing)
                return existing;
        }

        throw new StoreUnavailableException($"The state machine {machine.Name} comes and goes.");
    }

    /// <inheritdoc/>
    public ValueTask<bool> UpdateAsync(
        StateMachineRow machine, string? definition, long expectedVersion, CancellationToken cancellation) =>
        WriteAsync(Replace, [.. Parameters(machine, definition), PostgresCommands.Of(expectedVersion)], cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation) => WriteAsync(
        "WITH gone AS (DELETE FROM state_machine WHERE account = $1 AND region = $2 AND name = $3 RETURNING 1) SELECT count(*) = 1 FROM gone",
        [PostgresCommands.Of(account), PostgresCommands.Of(region), PostgresCommands.Of(name)],
        cancellation);

    /// <inheritdoc/>
    public async ValueTask<StateMachineRow?> FindAsync(string account, string region, string name, CancellationToken cancellation)
    {
        var rows = await _connections.ReadAsync(
            (connection, stop) => PostgresLists.ReadAsync(
                connection.Command(Find, PostgresCommands.Of(account), PostgresCommands.Of(region), PostgresCommands.Of(name)), Read, stop),
            cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StateMachineRow>> ListAsync(
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
    public ValueTask<string?> ReadDefinitionAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellation) => _connections.ReadAsync(
        async (connection, stop) =>
        {
            var find = connection.Command("SELECT text FROM definition WHERE hash = $1", PostgresCommands.Of(hash));
            await using (find.ConfigureAwait(false))
                return (string?)await find.ExecuteScalarAsync(stop).ConfigureAwait(false);
        },
        cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation) =>
        Tags.ReadAsync(_connections, account, region, name, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceTagsAsync(
        string account, string region, string name, string expected, string tags, CancellationToken cancellation) =>
        Tags.ReplaceAsync(_connections, account, region, name, expected, tags, cancellation);

    private ValueTask<bool> WriteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation) => _connections.WriteAsync(
        async (connection, stop) =>
        {
            var write = connection.Command(sql, parameters);
            await using (write.ConfigureAwait(false))
                return (bool)(await write.ExecuteScalarAsync(stop).ConfigureAwait(false))!;
        },
        cancellation);

    private static NpgsqlParameter[] Parameters(StateMachineRow machine, string? definition) =>
    [
        PostgresCommands.Of(machine.Account),
        PostgresCommands.Of(machine.Region),
        PostgresCommands.Of(machine.Name),
        PostgresCommands.Of(machine.Type),
        PostgresCommands.Of(machine.RoleArn),
        PostgresCommands.Of(machine.DefinitionHash),
        PostgresCommands.Of(machine.CreationDate),
        PostgresCommands.Of(machine.UpdateDate),
        PostgresCommands.OfText(machine.RevisionId),
        PostgresCommands.OfText(machine.LoggingConfiguration),
        PostgresCommands.Of(machine.Tracing),
        PostgresCommands.OfText(definition),
    ];

    private static StateMachineRow Read(NpgsqlDataReader row) => new()
    {
        Account = row.GetString(0),
        Region = row.GetString(1),
        Name = row.GetString(2),
        Type = row.GetString(3),
        RoleArn = row.GetString(4),
        DefinitionHash = row.Bytes(5),
        CreationDate = row.GetInt64(6),
        UpdateDate = row.GetInt64(7),
        RevisionId = row.TextOrNull(8),
        LoggingConfiguration = row.TextOrNull(9),
        Tracing = row.GetBoolean(10),
        Version = row.GetInt64(11),
    };
}
