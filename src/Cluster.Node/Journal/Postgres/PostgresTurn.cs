using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>The turn of one node: rows go in pages on the turn's own connection, whole weeks as partitions.</summary>
internal sealed class PostgresTurn(NpgsqlConnection connection, RetentionMoment moment, PostgresWeeks weeks) : IRetentionTurn
{
    /// <summary>The most rows of the journal of a step. No writer waits for them.</summary>
    private const int StepRows = 2_000;

    private bool _isThrough;

    /// <inheritdoc/>
    public ValueTask<MachineKey?> NextMachineAsync(MachineKey? after, CancellationToken cancellation) => RunAsync(async stop =>
    {
        var found = await PostgresLists.ReadAsync(
            connection.Command(
                RetentionSql.NextMachine,
                PostgresCommands.Of(after?.Account ?? ""),
                PostgresCommands.Of(after?.Region ?? ""),
                PostgresCommands.Of(after?.Name ?? "")),
            static row => new MachineKey(row.GetString(0), row.GetString(1), row.GetString(2)),
            stop).ConfigureAwait(false);
        _isThrough = found.Count == 0;
        return found.Count == 0 ? null : found[0];
    }, cancellation);

    /// <inheritdoc/>
    public ValueTask<RemovedExecutions> RemoveExecutionsAsync(
        MachineKey machine, long endedBefore, RetentionPlace? from, CancellationToken cancellation) => RunAsync(async stop =>
        {
            var place = from ?? RetentionPlace.First;
            var page = await PostgresLists.ReadAsync(
                connection.Command(
                    RetentionSql.Remove,
                    PostgresCommands.Of(machine.Account),
                    PostgresCommands.Of(machine.Region),
                    PostgresCommands.Of(machine.Name),
                    PostgresCommands.Of((int)place.Status),
                    PostgresCommands.Of(place.After),
                    PostgresCommands.Of(ExecutionId.Create(Math.Max(endedBefore, -1) + 1, 0, 0, 0)),
                    PostgresCommands.Of(endedBefore),
                    PostgresCommands.Of((long)RetentionLimits.StepExecutions),
                    PostgresCommands.Of(moment.Now),
                    PostgresCommands.Of(weeks.Dropped.Select(JournalWeeks.First)),
                    PostgresCommands.Of(weeks.Dropped.Select(static week => JournalWeeks.First(week + 1)))),
                static row => (Count: (int)row.GetInt64(0), Last: row.IsDBNull(1) ? default : row.Id(1)),
                stop).ConfigureAwait(false);
            var (count, last) = page[0];
            return new RemovedExecutions(count, 0, count < RetentionLimits.StepExecutions ? place.NextStatus : place with { After = last });
        }, cancellation);

    /// <summary>First what is left of executions whose rows go one by one; weeks only when all machines were gone through.</summary>
    public ValueTask<ReclaimedSpace> ReclaimAsync(CancellationToken cancellation) => RunAsync(async stop =>
    {
        var unfinished = await PostgresLists.ReadAsync(
            connection.Command(RetentionSql.Removed, PostgresCommands.Of((long)RetentionLimits.StepExecutions)), static row => row.Id(0), stop)
            .ConfigureAwait(false);
        if (unfinished.Count == 0)
            return _isThrough ? await weeks.StepAsync(connection, stop).ConfigureAwait(false) : new ReclaimedSpace(0, 0, IsDone: true);
        var rows = await ExecuteAsync(
            RetentionSql.RemoveRows, stop, PostgresCommands.Of(unfinished), PostgresCommands.Of((long)StepRows)).ConfigureAwait(false);
        if (rows < StepRows)
            await ExecuteAsync(RetentionSql.Finish, stop, PostgresCommands.Of(unfinished)).ConfigureAwait(false);
        return new ReclaimedSpace(rows, 0, IsDone: false);
    }, cancellation);

    /// <inheritdoc/>
    public ValueTask<int> RemoveNamesAsync(CancellationToken cancellation) => RunAsync(
        stop => ExecuteAsync(
            RetentionSql.RemoveNames, stop, PostgresCommands.Of(moment.Now), PostgresCommands.Of((long)RetentionLimits.StepNames)),
        cancellation);

    /// <inheritdoc/>
    public ValueTask<int> RemoveDefinitionsAsync(CancellationToken cancellation) =>
        RunAsync(stop => new PostgresDefinitions(connection, moment.Now).RemoveAsync(stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<int> RemoveLogAsync(CancellationToken cancellation) => RunAsync(
        stop => ExecuteAsync(
            RetentionSql.RemoveLog, stop, PostgresCommands.Of(moment.LogFrom), PostgresCommands.Of((long)RetentionLimits.StepLog)),
        cancellation);

    /// <summary>Gives the turn back and closes the connection, with which the server gives it back in any case, only later.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.RunAsync(RetentionSql.End).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailures.MayPass(e) || PostgresFailures.IsDead(connection, e))
        {
            // The connection is gone, and the turn with it.
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters)
    {
        var command = connection.Command(sql, parameters);
        await using (command.ConfigureAwait(false))
            return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private async ValueTask<T> RunAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        try
        {
            return await run(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresFailures.MayPass(e) || PostgresFailures.IsDead(connection, e))
        {
            throw new StoreUnavailableException("The database could not answer.", e);
        }
    }
}
