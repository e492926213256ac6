namespace Cluster.Node.Journal;

/// <summary>
/// Goes once through a store and removes, step by step and with a pause after each that removed something, what the rules do not keep.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="rules">How long executions are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="pause">How long it rests after a step.</param>
/// <param name="metrics">Counts.</param>
public sealed class RetentionRound(
    IRetentionStore store, RetentionRules rules, TimeProvider time, TimeSpan pause, RetentionMetrics metrics)
{
    private RetentionTally _tally = new();

    /// <summary>The pause by default: the store is everybody's for most of the time.</summary>
    public static readonly TimeSpan DefaultPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Goes through the store.</summary>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>What was removed, or null when another process has its turn.</returns>
    /// <exception cref="Database.StoreUnavailableException">The store cannot be asked now; what was removed stays so.</exception>
    public async Task<RetentionTally?> RunAsync(CancellationToken cancellation)
    {
        _tally = new RetentionTally();
        var now = time.GetUtcNow();
        var moment = new RetentionMoment(now.ToUnixTimeMilliseconds(), Before(now, rules.Keep), Before(now, rules.Longest));
        var turn = await store.TryBeginAsync(moment, cancellation).ConfigureAwait(false);
        if (turn is null)
            return null;
        await using (turn.ConfigureAwait(false))
        {
            await ReclaimAsync(turn, cancellation).ConfigureAwait(false);
            await RemoveExecutionsAsync(turn, now, cancellation).ConfigureAwait(false);
            await ReclaimAsync(turn, cancellation).ConfigureAwait(false);
            await RepeatAsync(turn.RemoveNamesAsync, static (tally, names) => tally with { Names = tally.Names + names }, cancellation)
                .ConfigureAwait(false);
            await RepeatAsync(turn.RemoveLogAsync, static (tally, lines) => tally with { LogLines = tally.LogLines + lines }, cancellation)
                .ConfigureAwait(false);
            Add(_tally with { Definitions = await turn.RemoveDefinitionsAsync(cancellation).ConfigureAwait(false) });
        }

        return _tally;
    }

    private async Task RemoveExecutionsAsync(IRetentionTurn turn, DateTimeOffset now, CancellationToken cancellation)
    {
        MachineKey? machine = null;
        while ((machine = await turn.NextMachineAsync(machine, cancellation).ConfigureAwait(false)) is not null)
        {
            var endedBefore = Before(now, rules.Of(machine.Name));
            RetentionPlace? place = null;
            do
            {
                var step = await turn.RemoveExecutionsAsync(machine, endedBefore, place, cancellation).ConfigureAwait(false);
                place = step.Next;
                Add(_tally with { Executions = _tally.Executions + step.Executions, Rows = _tally.Rows + step.Rows });
                if (step.Executions + step.Rows > 0)
                    await RestAsync(cancellation).ConfigureAwait(false);
            }
            while (place is not null);
        }
    }

    private async Task ReclaimAsync(IRetentionTurn turn, CancellationToken cancellation)
    {
        ReclaimedSpace step;
        do
        {
            step = await turn.ReclaimAsync(cancellation).ConfigureAwait(false);
            Add(_tally with { Rows = _tally.Rows + step.Rows, Weeks = _tally.Weeks + step.Weeks });
            if (!step.IsDone)
                await RestAsync(cancellation).ConfigureAwait(false);
        }
        while (!step.IsDone);
    }

    private async Task RepeatAsync(
        Func<CancellationToken, ValueTask<int>> remove, Func<RetentionTally, int, RetentionTally> count, CancellationToken cancellation)
    {
        while (await remove(cancellation).ConfigureAwait(false) is > 0 and var removed)
        {
            Add(count(_tally, removed));
            await RestAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Add(RetentionTally tally)
    {
        metrics.Removed(_tally, tally);
        _tally = tally;
    }

    private Task RestAsync(CancellationToken cancellation) =>
        pause > TimeSpan.Zero ? Task.Delay(pause, time, cancellation) : Task.CompletedTask;

    private static long Before(DateTimeOffset now, TimeSpan keep) =>
        now.ToUnixTimeMilliseconds() - (long)keep.TotalMilliseconds;
}

/// <summary>What was removed.</summary>
public sealed record RetentionTally
{
    /// <summary>Executions.</summary>
    public long Executions { get; init; }

    /// <summary>Rows of journals, those of dropped partitions not counted.</summary>
    public long Rows { get; init; }

    /// <summary>Partitions of the journal.</summary>
    public long Weeks { get; init; }

    /// <summary>Names that outlived their execution.</summary>
    public long Names { get; init; }

    /// <summary>Definitions.</summary>
    public long Definitions { get; init; }

    /// <summary>Lines of the register's log.</summary>
    public long LogLines { get; init; }

    /// <summary>Whether it is nothing.</summary>
    public bool IsNothing => Executions + Rows + Weeks + Names + Definitions + LogLines == 0;
}
