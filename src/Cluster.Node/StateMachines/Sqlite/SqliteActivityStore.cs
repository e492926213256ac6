using Cluster.Node.Database.Sqlite;
using Cluster.Node.Journal.Sqlite;

namespace Cluster.Node.StateMachines.Sqlite;

/// <summary>Activities in the file of a <see cref="SqliteStore"/>, written by its writer.</summary>
public sealed class SqliteActivityStore : IActivityStore
{
    /// <summary>About what an activity's row holds beside its tags.</summary>
    private const int RowBytes = 256;

    private const string Columns = "account, region, name, creation_date, customer_key";

    private const string Find = "SELECT " + Columns + " FROM activity WHERE account = ?1 AND region = ?2 AND name = ?3";

    private const string List =
        "SELECT " + Columns + " FROM activity WHERE account = ?1 AND region = ?2 AND name > ?3 ORDER BY name LIMIT ?4";

    private const string Insert = "INSERT INTO activity (" + Columns + ", tags) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private static readonly SqliteTags Tags = new("activity");

    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <summary>A view of an open store; it is closed with that.</summary>
    public SqliteActivityStore(SqliteStore store)
    {
        _writer = store.Writer;
        _readers = store.Readers;
    }

    /// <inheritdoc/>
    public ValueTask<ActivityCreation> CreateAsync(ActivityRow activity, string tags, int most, CancellationToken cancellation) =>
        WriteAsync(
            session =>
            {
                if (FindRow(session, activity.Account, activity.Region, activity.Name) is { } existing)
                    return new ActivityCreation(existing, IsFull: false);
                if (Count(session, activity) >= most)
                    return new ActivityCreation(Existing: null, IsFull: true);
                session.Prepared(Insert)
                    .Bind(1, activity.Account)
                    .Bind(2, activity.Region)
                    .Bind(3, activity.Name)
                    .Bind(4, activity.CreationDate)
                    .Bind(5, activity.CustomerKey)
                    .Bind(6, tags)
                    .Run();
                return default;
            },
            tags.Length,
            cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation) =>
        WriteAsync(
            session => session.Prepared("DELETE FROM activity WHERE account = ?1 AND region = ?2 AND name = ?3")
                .Bind(1, account).Bind(2, region).Bind(3, name).Run() == 1,
            textLength: 0,
            cancellation);

    /// <inheritdoc/>
    public ValueTask<ActivityRow?> FindAsync(string account, string region, string name, CancellationToken cancellation) =>
        _readers.RunAsync(session => FindRow(session, account, region, name), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ActivityRow>> ListAsync(
        string account, string region, string? after, int limit, CancellationToken cancellation) =>
        _readers.RunAsync<IReadOnlyList<ActivityRow>>(
            session =>
            {
                var list = session.Prepared(List).Bind(1, account).Bind(2, region).Bind(3, after ?? string.Empty).Bind(4, limit);
                var rows = new List<ActivityRow>();
                while (list.Step())
                    rows.Add(Read(list));
                return rows;
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

    private static ActivityRow? FindRow(SqliteSession session, string account, string region, string name)
    {
        var find = session.Prepared(Find).Bind(1, account).Bind(2, region).Bind(3, name);
        var row = find.Step() ? Read(find) : null;
        find.Reset();
        return row;
    }

    private static long Count(SqliteSession session, ActivityRow activity)
    {
        var count = session.Prepared("SELECT count(*) FROM activity WHERE account = ?1 AND region = ?2")
            .Bind(1, activity.Account).Bind(2, activity.Region);
        var number = count.Step() ? count.Number(0) : 0;
        count.Reset();
        return number;
    }

    private static ActivityRow Read(SqliteStatement row) => new()
    {
        Account = row.Text(0),
        Region = row.Text(1),
        Name = row.Text(2),
        CreationDate = row.Number(3),
        CustomerKey = row.TextOrNull(4),
    };
}
