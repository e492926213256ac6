using Cluster.Node.Database.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// Removes definitions that nobody refers to. Executions have no index by definition, for each start would pay for it: they are walked
/// through, and only for definitions that have been without a machine for a while.
/// </summary>
internal sealed class PostgresDefinitions(NpgsqlConnection connection, long now)
{
    /// <summary>Removes what nobody refers to; how many that were.</summary>
    public async Task<int> RemoveAsync(CancellationToken cancellation)
    {
        var limit = (long)RetentionLimits.RoundDefinitions;
        var doubtful = await ReadAsync(RetentionSql.Undoubted, cancellation, PostgresCommands.Of(limit)).ConfigureAwait(false);
        await PostponeAsync(doubtful, RetentionLimits.Doubt, wasUndoubted: true, cancellation).ConfigureAwait(false);
        var due = await ReadAsync(RetentionSql.Due, cancellation, PostgresCommands.Of(limit), PostgresCommands.Of(now)).ConfigureAwait(false);
        var unused = due.ToDictionary(Convert.ToHexString, StringComparer.Ordinal);
        Guid? after = Guid.Empty;
        while (after is { } from && unused.Count > 0)
            after = await LookAsync(from, unused, cancellation).ConfigureAwait(false);
        await PostponeAsync(
            [.. due.Where(hash => !unused.ContainsKey(Convert.ToHexString(hash)))], RetentionLimits.Reprieve, wasUndoubted: false, cancellation)
            .ConfigureAwait(false);
        return unused.Count == 0
            ? 0
            : await ExecuteAsync(RetentionSql.RemoveDefinitions, cancellation, Of(unused.Values), PostgresCommands.Of(now)).ConfigureAwait(false);
    }

    /// <summary>Takes out what executions refer to; the last that was looked at, or null after all.</summary>
    private async Task<Guid?> LookAsync(Guid after, Dictionary<string, byte[]> unused, CancellationToken cancellation)
    {
        var found = await PostgresLists.ReadAsync(
            connection.Command(
                RetentionSql.Look,
                new NpgsqlParameter<Guid> { TypedValue = after },
                PostgresCommands.Of((long)RetentionLimits.LookExecutions),
                Of(unused.Values)),
            static row => (Last: row.GetGuid(0), Used: row.GetFieldValue<byte[][]>(1)),
            cancellation).ConfigureAwait(false);
        if (found.Count == 0)
            return null;
        foreach (var hash in found[0].Used)
            unused.Remove(Convert.ToHexString(hash));
        return found[0].Last;
    }

    private Task<int> PostponeAsync(IReadOnlyCollection<byte[]> hashes, TimeSpan by, bool wasUndoubted, CancellationToken cancellation) =>
        hashes.Count == 0
            ? Task.FromResult(0)
            : ExecuteAsync(
                RetentionSql.Postpone,
                cancellation,
                Of(hashes),
                PostgresCommands.Of(now + (long)by.TotalMilliseconds),
                PostgresCommands.Of(wasUndoubted));

    private Task<IReadOnlyList<byte[]>> ReadAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters) =>
        PostgresLists.ReadAsync(connection.Command(sql, parameters), static row => row.Bytes(0), cancellation);

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(sql, parameters);
        await using (command.ConfigureAwait(false))
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private static NpgsqlParameter Of(IEnumerable<byte[]> hashes) =>
        new NpgsqlParameter<byte[][]> { TypedValue = [.. hashes], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
}
