using System.Runtime.InteropServices;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// The turn of a SQLite store: what may go is looked for by readers, and removed by the writer between its appends, after it was judged
/// once more. A process has the file for itself, so the turn is always free.
/// </summary>
internal sealed class SqliteRetention(
    SqliteReaders readers, SqliteWriter writer, SqliteAppender appender, RetentionMoment moment) : IRetentionTurn
{
    private const string NextMachine = """
        SELECT account, region, state_machine FROM execution INDEXED BY execution_list
        WHERE (account, region, state_machine) > (?1, ?2, ?3) ORDER BY account, region, state_machine LIMIT 1
        """;

    /// <summary>An execution ends after it has started, so none that started later need be looked at.</summary>
    internal const string Ended = """
        SELECT id FROM execution INDEXED BY execution_list
        WHERE account = ?1 AND region = ?2 AND state_machine = ?3 AND status = ?4 AND id > ?5 AND id < ?6
            AND stop_date <= ?7 AND wake_at IS NULL
        ORDER BY id LIMIT ?8
        """;

    private const string RemoveNames = """
        DELETE FROM name WHERE (account, region, state_machine, name) IN (
            SELECT account, region, state_machine, name FROM name WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
        """;

    /// <inheritdoc/>
    public ValueTask<MachineKey?> NextMachineAsync(MachineKey? after, CancellationToken cancellation) => readers.RunAsync(
        session =>
        {
            var find = session.Prepared(NextMachine).Bind(1, after?.Account ?? "").Bind(2, after?.Region ?? "").Bind(3, after?.Name ?? "");
            var machine = find.Step() ? new MachineKey(find.Text(0), find.Text(1), find.Text(2)) : null;
            find.Reset();
            return machine;
        },
        cancellation);

    /// <inheritdoc/>
    public async ValueTask<RemovedExecutions> RemoveExecutionsAsync(
        MachineKey machine, long endedBefore, RetentionPlace? from, CancellationToken cancellation)
    {
        var place = from ?? RetentionPlace.First;
        var page = await readers.RunAsync(session => ReadEnded(session, machine, place, endedBefore), cancellation).ConfigureAwait(false);
        if (page.Count == 0)
            return new RemovedExecutions(0, 0, place.NextStatus);
        var (removed, rows, looked) = (0, 0, 0);
        for (var slice = 0; slice < RetentionLimits.StepSlices && looked < page.Count; slice++)
        {
            var (first, count) = (looked, Math.Min(RetentionLimits.SliceExecutions, page.Count - looked));
            var done = await WriteAsync(
                session => new SqliteRemoval(session, appender, moment.Now).Run(CollectionsMarshal.AsSpan(page).Slice(first, count), endedBefore),
                cancellation).ConfigureAwait(false);
            (removed, rows, looked) = (removed + done.Removed, rows + done.Rows, looked + done.Looked);
        }

        var isLast = looked == page.Count && page.Count < RetentionLimits.StepExecutions;
        return new RemovedExecutions(removed, rows, isLast ? place.NextStatus : place with { After = page[looked - 1] });
    }

    /// <inheritdoc/>
    public async ValueTask<ReclaimedSpace> ReclaimAsync(CancellationToken cancellation)
    {
        if (!await readers.RunAsync(SqliteRemoval.IsUnfinished, cancellation).ConfigureAwait(false))
            return new ReclaimedSpace(0, 0, IsDone: true);
        var rows = 0;
        for (var slice = 0; slice < RetentionLimits.StepSlices; slice++)
            rows += await WriteAsync(session => new SqliteRemoval(session, appender, moment.Now).GoOn(), cancellation).ConfigureAwait(false);
        return new ReclaimedSpace(rows, 0, IsDone: false);
    }

    /// <inheritdoc/>
    public ValueTask<int> RemoveNamesAsync(CancellationToken cancellation) => WriteAsync(
        session => session.Prepared(RemoveNames).Bind(1, moment.Now).Bind(2, RetentionLimits.StepNames).Run(), cancellation);

    /// <inheritdoc/>
    public ValueTask<int> RemoveDefinitionsAsync(CancellationToken cancellation) =>
        new SqliteDefinitions(readers, writer, moment.Now).RemoveAsync(cancellation);

    /// <summary>This store has no log: one process after the other has all shards.</summary>
    public ValueTask<int> RemoveLogAsync(CancellationToken cancellation) => ValueTask.FromResult(0);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static List<ExecutionId> ReadEnded(SqliteSession session, MachineKey machine, RetentionPlace place, long endedBefore)
    {
        var read = session.Prepared(Ended)
            .Bind(1, machine.Account).Bind(2, machine.Region).Bind(3, machine.Name).Bind(4, (long)place.Status)
            .Bind(5, place.After).Bind(6, StartedBy(endedBefore)).Bind(7, endedBefore).Bind(8, RetentionLimits.StepExecutions);
        var ids = new List<ExecutionId>();
        while (read.Step())
            ids.Add(read.Id(0));
        return ids;
    }

    /// <summary>The first id of those that start after a time.</summary>
    private static ExecutionId StartedBy(long time) => ExecutionId.Create(Math.Max(time, -1) + 1, 0, 0, 0);

    private ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = new SqliteTask<T>(write, bytes: 0);
        writer.Enqueue(task);
        return new ValueTask<T>(task.Task);
    }
}
