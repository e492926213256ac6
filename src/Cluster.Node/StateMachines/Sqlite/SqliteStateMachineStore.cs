using Cluster.Node.Database.Sqlite;
using Cluster.Node.Journal.Sqlite;

namespace Cluster.Node.StateMachines.Sqlite;

/// <summary>State machines and definitions in the file of a <see cref="SqliteStore"/>, written by its writer.</summary>
public sealed class SqliteStateMachineStore : IStateMachineStore
{
    /// <summary>About what a machine's row holds beside its definition.</summary>
    private const int RowBytes = 1024;

    private const string Columns =
        "account, region, name, type, role_arn, definition_hash, creation_date, update_date, revision_id, logging, tracing, version";

    private const string Find = "SELECT " + Columns + " FROM state_machine WHERE account = ?1 AND region = ?2 AND name = ?3";

    private const string List =
        "SELECT " + Columns + " FROM state_machine WHERE account = ?1 AND region = ?2 AND name > ?3 ORDER BY name LIMIT ?4";

    private const string Replace = """
        UPDATE state_machine SET type = ?4, role_arn = ?5, definition_hash = ?6, creation_date = ?7, update_date = ?8, revision_id = ?9,
            logging = ?10, tracing = ?11, version = ?12
        WHERE account = ?1 AND region = ?2 AND name = ?3 AND version = ?13
        """;

    private const string Insert = "INSERT INTO state_machine (" + Columns + ", tags) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

    private static readonly SqliteTags Tags = new("state_machine");

    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <summary>A view of an open store; it is closed with that.</summary>
    public SqliteStateMachineStore(SqliteStore store)
    {
        _writer = store.Writer;
        _readers = store.Readers;
    }

    /// <inheritdoc/>
    public ValueTask<StateMachineRow?> CreateAsync(
        StateMachineRow machine, string definition, string tags, CancellationToken cancellation) =>
        WriteAsync(
            session =>
            {
                if (FindRow(session, machine.Account, machine.Region, machine.Name) is { } existing)
                    return existing;
                KeepDefinition(session, machine, definition);
                Bind(session.Prepared(Insert), machine, version: 1).Bind(13, tags).Run();
                return null;
            },
            definition.Length + tags.Length,
            cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> UpdateAsync(
        StateMachineRow machine, string? definition, long expectedVersion, CancellationToken cancellation) =>
        WriteAsync(
            session =>
            {
                var replace = Bind(session.Prepared(Replace), machine, expectedVersion + 1).Bind(13, expectedVersion);
                if (replace.Run() == 0)
                    return false;
                if (definition is not null)
                    KeepDefinition(session, machine, definition);
                return true;
            },
            definition?.Length ?? 0,
            cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation) =>
        WriteAsync(
            session => session.Prepared("DELETE FROM state_machine WHERE account = ?1 AND region = ?2 AND name = ?3")
                .Bind(1, account).Bind(2, region).Bind(3, name).Run() == 1,
            textLength: 0,
            cancellation);

    /// <inheritdoc/>
    public ValueTask<StateMachineRow?> FindAsync(string account, string region, string name, CancellationToken cancellation) =>
        _readers.RunAsync(session => FindRow(session, account, region, name), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StateMachineRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation) =>
        _readers.RunAsync<IReadOnlyList<StateMachineRow>>(
            session =>
            {
                var list = session.Prepared(List).Bind(1, account).Bind(2, region).Bind(3, after ?? string.Empty).Bind(4, limit);
                var rows = new List<StateMachineRow>();
                while (list.Step())
                    rows.Add(Read(list));
                return rows;
            },
            cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadDefinitionAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellation) =>
        _readers.RunAsync(
            session =>
            {
                var find = session.Prepared("SELECT text FROM definition WHERE hash = ?1").Bind(1, hash.Span);
                var text = find.Step() ? find.Text(0) : null;
                find.Reset();
                return text;
            },
            cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation) =>
        _readers.RunAsync(session => Tags.Read(session, account, region, name), cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceTagsAsync(
        string account, string region, string name, string expected, string tags, CancellationToken cancellation) =>
        WriteAsync(session => Tags.Replace(session, account, region, name, expected, tags), tags.Length, cancellation);

    private ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> write, int textLength, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = new SqliteTask<T>(write, RowBytes + textLength);
        _writer.Enqueue(task);
        return new ValueTask<T>(task.Task);
    }

    private static StateMachineRow? FindRow(SqliteSession session, string account, string region, string name)
    {
        var find = session.Prepared(Find).Bind(1, account).Bind(2, region).Bind(3, name);
        var row = find.Step() ? Read(find) : null;
        find.Reset();
        return row;
    }

    private static void KeepDefinition(SqliteSession session, StateMachineRow machine, string definition) =>
        session.Prepared("INSERT INTO definition (hash, text) VALUES (?1, ?2) ON CONFLICT (hash) DO UPDATE SET judge_at = NULL")
            .Bind(1, machine.DefinitionHash.Span).Bind(2, definition).Run();

    private static SqliteStatement Bind(SqliteStatement statement, StateMachineRow machine, long version) => statement
        .Bind(1, machine.Account)
        .Bind(2, machine.Region)
        .Bind(3, machine.Name)
        .Bind(4, machine.Type)
        .Bind(5, machine.RoleArn)
        .Bind(6, machine.DefinitionHash.Span)
        .Bind(7, machine.CreationDate)
        .Bind(8, machine.UpdateDate)
        .Bind(9, machine.RevisionId)
        .Bind(10, machine.LoggingConfiguration)
        .Bind(11, machine.Tracing ? 1L : 0L)
        .Bind(12, version);

    private static StateMachineRow Read(SqliteStatement row) => new()
    {
        Account = row.Text(0),
        Region = row.Text(1),
        Name = row.Text(2),
        Type = row.Text(3),
        RoleArn = row.Text(4),
        DefinitionHash = row.Blob(5),
        CreationDate = row.Number(6),
        UpdateDate = row.Number(7),
        RevisionId = row.TextOrNull(8),
        LoggingConfiguration = row.TextOrNull(9),
        Tracing = row.Number(10) != 0,
        Version = row.Number(11),
    };
}
