using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Nodes;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>Carries the requests of the register out on a connection, and reads the answers.</summary>
internal static class RegisterStatements
{
    /// <summary>Tries to take shards before the writers that may hold their rows are ended.</summary>
    private const int Tries = 2;

    /// <summary>How often a renewal may hang before the lease has run out.</summary>
    private const int TriesInALease = 4;

    /// <summary>The result of the statement that grants, after the one that locks.</summary>
    private const int SecondResult = 1;

    private static readonly long ForgetAfter = Microseconds(RegisterLimits.ForgetNodesAfter);

    /// <summary>Carries a request out.</summary>
    /// <param name="connection">The node's own connection.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="storeLine">Which store and which line of its past the connection leads to.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<RegisterAnswer> AskAsync(
        NpgsqlConnection connection, RegisterRequest request, string storeLine, CancellationToken cancellation) => request switch
        {
            RegisterRequest.Renew renew =>
                new RegisterAnswer.Renewed(renew, await RenewAsync(connection, renew, storeLine, cancellation).ConfigureAwait(false)),
            RegisterRequest.Take take =>
                new RegisterAnswer.Granted(take, await TakeAsync(connection, take, cancellation).ConfigureAwait(false)),
            RegisterRequest.HandOver handOver =>
                new RegisterAnswer.Granted(handOver, await HandOverAsync(connection, handOver, cancellation).ConfigureAwait(false)),
            RegisterRequest.Leave leave => await LeaveAsync(connection, leave, cancellation).ConfigureAwait(false),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "No such request."),
        };

    /// <summary>Takes all shards, each with its next epoch, whoever has them; what is noted of other nodes is of the past.</summary>
    public static Task<List<ShardStanding>> TakeAllAsync(
        NpgsqlConnection connection, long incarnation, string node, CancellationToken cancellation) => TryTwiceThenEndAsync(
            connection,
            new Statement(RegisterSql.EndOthers, () => [PostgresCommands.Of(WriterSession.NameOf(incarnation))]),
            new Statement(RegisterSql.TakeAll, () =>
            [
                PostgresCommands.Of(incarnation),
                PostgresCommands.Of(node),
                PostgresCommands.Of(PostgresMigration.Newest),
                PostgresCommands.Of(RegisterLimits.AcquiredAll),
            ]),
            locks: null,
            cancellation);

    /// <summary>Takes the ledger of a node out whose writer has ended in order.</summary>
    public static async Task<int> ForgetLedgerAsync(NpgsqlConnection connection, long incarnation, CancellationToken cancellation)
    {
        var forget = connection.Command("DELETE FROM ledger WHERE incarnation = $1", PostgresCommands.Of(incarnation));
        await using (forget.ConfigureAwait(false))
            return await forget.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<RegisterView> RenewAsync(
        NpgsqlConnection connection, RegisterRequest.Renew request, string storeLine, CancellationToken cancellation)
    {
        var me = request.Me;
        var patience = Math.Clamp((int)request.Lease.TotalSeconds / TriesInALease, 1, NodeSession.AnswerSeconds);
        var batch = new NpgsqlBatch(connection) { Timeout = patience }
            .With(
                RegisterSql.Renew,
                PostgresCommands.Of(me.Incarnation),
                PostgresCommands.Of(me.Name),
                PostgresCommands.Of(PostgresMigration.Newest),
                PostgresCommands.Of(Microseconds(request.Lease)),
                PostgresCommands.Of(me.Address),
                PostgresCommands.Of(me.IsLeaving))
            .With(RegisterSql.View);
        await using (batch.ConfigureAwait(false))
        {
            var rows = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                var nodes = new List<NodeStanding>();
                var shards = new List<ShardStanding>();
                var up = TimeSpan.MaxValue;
                while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    if (rows.TextOrNull(1) is { } name)
                    {
                        nodes.Add(new NodeStanding(
                            new NodeEntry(rows.GetInt64(0), name, rows.GetString(2), rows.GetBoolean(3)),
                            rows.GetBoolean(4),
                            TimeSpan.FromMicroseconds(rows.GetInt64(5)),
                            TimeSpan.FromMicroseconds(rows.GetInt64(6))));
                        up = TimeSpan.FromMicroseconds(rows.GetInt64(7));
                    }
                    else
                    {
                        shards.Add(new ShardStanding((int)rows.GetInt64(0), rows.GetInt64(5), rows.GetInt64(6)));
                    }
                }

                return new RegisterView(storeLine, nodes, shards) { StoreUp = up };
            }
        }
    }

    private static async Task<List<ShardStanding>> TakeAsync(
        NpgsqlConnection connection, RegisterRequest.Take request, CancellationToken cancellation)
    {
        long[] absent = [.. request.AbsentSince];
        int[] shards = [.. request.AsSeen.Select(seen => seen.Shard)];
        long[] holders = [.. request.AsSeen.Select(seen => seen.Incarnation)];
        long[] epochs = [.. request.AsSeen.Select(seen => seen.Epoch)];
        NpgsqlParameter[] What() =>
        [
            PostgresCommands.Of(request.Incarnation),
            PostgresCommands.Of(absent),
            PostgresCommands.Of(shards),
            PostgresCommands.Of(holders),
            PostgresCommands.Of(epochs),
        ];
        var taken = await TryTwiceThenEndAsync(
            connection,
            new Statement(
                RegisterSql.EndPassedOver,
                () => [PostgresCommands.Of(request.Incarnation), PostgresCommands.Of(absent), PostgresCommands.Of([.. holders.Distinct()])]),
            new Statement(RegisterSql.Take, () => [.. What(), PostgresCommands.Of(request.EpochAbove), PostgresCommands.Of(request.Reason)]),
            new Statement(RegisterSql.LockForTake, What),
            cancellation).ConfigureAwait(false);
        return taken;
    }

    private static async Task<List<ShardStanding>> HandOverAsync(
        NpgsqlConnection connection, RegisterRequest.HandOver request, CancellationToken cancellation)
    {
        int[] shards = [.. request.Shards.Where(held => held.Incarnation == request.From).Select(held => held.Shard)];
        long[] epochs = [.. request.Shards.Where(held => held.Incarnation == request.From).Select(held => held.Epoch)];
        NpgsqlParameter[] What() => [PostgresCommands.Of(request.From), PostgresCommands.Of(shards), PostgresCommands.Of(epochs)];
        var batch = new NpgsqlBatch(connection)
            .With(RegisterSql.LockForHandOver, What())
            .With(RegisterSql.HandOver, [.. What(), PostgresCommands.Of(request.To), PostgresCommands.Of(RegisterLimits.HandedOver)]);
        await using (batch.ConfigureAwait(false))
            return await ReadGrantedAsync(batch, SecondResult, cancellation).ConfigureAwait(false);
    }

    private static async Task<RegisterAnswer> LeaveAsync(
        NpgsqlConnection connection, RegisterRequest.Leave request, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection)
            .With(RegisterSql.LockForLeave, PostgresCommands.Of(request.Incarnation))
            .With(RegisterSql.Leave, PostgresCommands.Of(request.Incarnation), PostgresCommands.Of(RegisterLimits.FreedByLeaving));
        await using (batch.ConfigureAwait(false))
            await ReadGrantedAsync(batch, SecondResult, cancellation).ConfigureAwait(false);
        return new RegisterAnswer.Left(request);
    }

    /// <summary>
    /// Takes. When others hold the rows for too long it is tried once more, then their writers are ended, and it is tried a last time.
    /// </summary>
    private static async Task<List<ShardStanding>> TryTwiceThenEndAsync(
        NpgsqlConnection connection, Statement end, Statement take, Statement? locks, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                return await TakeOnceAsync(connection, take, locks, cancellation).ConfigureAwait(false);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled)
            {
                // Undone; whoever is in the way may be gone by now.
            }
        }

        var ending = connection.Command(end.Sql, end.Parameters());
        await using (ending.ConfigureAwait(false))
            await ending.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return await TakeOnceAsync(connection, take, locks, cancellation).ConfigureAwait(false);
    }

    private static async Task<List<ShardStanding>> TakeOnceAsync(
        NpgsqlConnection connection, Statement take, Statement? locks, CancellationToken cancellation)
    {
        var batch = new NpgsqlBatch(connection);
        if (locks is not null)
            batch.With(locks.Sql, locks.Parameters());
        batch.With(take.Sql, take.Parameters()).With(RegisterSql.Forget, PostgresCommands.Of(ForgetAfter));
        await using (batch.ConfigureAwait(false))
            return await ReadGrantedAsync(batch, locks is null ? 0 : SecondResult, cancellation).ConfigureAwait(false);
    }

    private static async Task<List<ShardStanding>> ReadGrantedAsync(NpgsqlBatch batch, int result, CancellationToken cancellation)
    {
        var rows = await batch.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            for (var passed = 0; passed < result; passed++)
                await rows.NextResultAsync(cancellation).ConfigureAwait(false);
            var granted = new List<ShardStanding>();
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
                granted.Add(new ShardStanding(rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2)));

            // What comes after, and the commit, may still fail.
            while (await rows.NextResultAsync(cancellation).ConfigureAwait(false))
            {
            }

            return granted;
        }
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A statement whose parameters are made anew for each try: one belongs to one command.</summary>
    private sealed record Statement(string Sql, Func<NpgsqlParameter[]> Parameters);
}
