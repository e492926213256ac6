using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// Removes definitions that nobody refers to. Executions have no index by definition, for each start would pay for it: they are walked
/// through by a reader, and only for definitions that have been without a machine for a while.
/// </summary>
internal sealed class SqliteDefinitions(SqliteReaders readers, SqliteWriter writer, long now)
{
    private const string HasMachine = "EXISTS (SELECT 1 FROM state_machine m WHERE m.definition_hash = d.hash)";

    private const string Undoubted = $"SELECT d.hash FROM definition d WHERE d.judge_at IS NULL AND NOT {HasMachine} LIMIT ?1";

    private const string Due = $"SELECT d.hash FROM definition d WHERE d.judge_at <= ?2 AND NOT {HasMachine} LIMIT ?1";

    private const string Page = "SELECT id, definition_hash FROM execution WHERE id > ?1 ORDER BY id LIMIT ?2";

    /// <summary>A machine that took the definition up meanwhile has made it undoubted.</summary>
    private const string Remove = $"DELETE FROM definition AS d WHERE d.hash = ?1 AND d.judge_at <= ?2 AND NOT {HasMachine}";

    /// <summary>Removes what nobody refers to; how many that were.</summary>
    public async ValueTask<int> RemoveAsync(CancellationToken cancellation)
    {
        var doubtful = await readers.RunAsync(session => ReadHashes(session.Prepared(Undoubted)), cancellation).ConfigureAwait(false);
        if (doubtful.Count > 0)
            await PostponeAsync(doubtful, now + (long)RetentionLimits.Doubt.TotalMilliseconds, cancellation).ConfigureAwait(false);
        var due = await readers.RunAsync(session => ReadHashes(session.Prepared(Due).Bind(2, now)), cancellation).ConfigureAwait(false);
        if (due.Count == 0)
            return 0;
        var unused = due.ToHashSet(StringComparer.Ordinal);
        ExecutionId? after = default(ExecutionId);
        while (after is { } from && unused.Count > 0)
            after = await readers.RunAsync(session => Look(session, from, unused), cancellation).ConfigureAwait(false);
        await PostponeAsync(due.Where(hash => !unused.Contains(hash)), now + (long)RetentionLimits.Reprieve.TotalMilliseconds, cancellation)
            .ConfigureAwait(false);
        return await WriteAsync(
            session => unused.Sum(hash => session.Prepared(Remove).Bind(1, Convert.FromHexString(hash)).Bind(2, now).Run()), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Takes out what executions refer to; the last that was looked at, or null after all.</summary>
    private static ExecutionId? Look(SqliteSession session, ExecutionId after, HashSet<string> unused)
    {
        var read = session.Prepared(Page).Bind(1, after).Bind(2, RetentionLimits.LookExecutions);
        ExecutionId? last = null;
        while (read.Step())
        {
            last = read.Id(0);
            unused.Remove(Convert.ToHexStringLower(read.Blob(1)));
        }

        return last;
    }

    private static List<string> ReadHashes(SqliteStatement read)
    {
        read.Bind(1, RetentionLimits.RoundDefinitions);
        var hashes = new List<string>();
        while (read.Step())
            hashes.Add(Convert.ToHexStringLower(read.Blob(0)));
        return hashes;
    }

    private ValueTask<int> PostponeAsync(IEnumerable<string> hashes, long judgeAt, CancellationToken cancellation) => WriteAsync(
        session => hashes.Sum(hash => session.Prepared("UPDATE definition SET judge_at = ?2 WHERE hash = ?1")
            .Bind(1, Convert.FromHexString(hash)).Bind(2, judgeAt).Run()),
        cancellation);

    private ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = new SqliteTask<T>(write, bytes: 0);
        writer.Enqueue(task);
        return new ValueTask<T>(task.Task);
    }
}
