using System.Collections.Concurrent;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Benchmarks.Load;

/// <summary>
/// Fills the tables of a PostgreSQL store with first appends, in bulk: a node hands in what it would have written, and is told at once that it
/// is there. Rows are thus the node's own, and only the way into the tables differs.
/// </summary>
internal sealed class BulkJournal : IExecutionJournal, IDisposable
{
    private const int RowsOfCopy = 10_000;
    private const int MostWaiting = 4 * RowsOfCopy;

    private readonly BlockingCollection<AppendRequest> _appends = new(MostWaiting);
    private readonly BenchPostgres _postgres;
    private readonly Task _writing;

    public BulkJournal(BenchPostgres postgres)
    {
        _postgres = postgres;
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Append(AppendRequest request)
    {
        if (request is not { NewExecution: not null, Row: not null, Change: null, Snapshot: null })
            throw new InvalidOperationException("Only first appends of executions that wait are taken in bulk.");
        _appends.Add(request);
        request.Reply.Answered(request, new AppendOutcome(AppendOutcomeKind.Appended));
    }

    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => throw new InvalidOperationException("Nothing is read back.");

    /// <summary>Everything is in the tables when this returns.</summary>
    public void Dispose()
    {
        _appends.CompleteAdding();
        _writing.GetAwaiter().GetResult();
        _appends.Dispose();
    }

    private void Write()
    {
        using var connection = _postgres.Open();
        foreach (var rows in _appends.GetConsumingEnumerable().Chunk(RowsOfCopy))
        {
            Copy(connection, "execution (id, account, region, state_machine, name, bucket, status, start_date, wake_at, input_hash, definition_hash)", rows, CopyExecution);
            Copy(connection, "name (account, region, state_machine, name, execution_id)", rows, CopyName);
            Copy(
                connection,
                "journal (execution_id, sequence_nr, first_history_id, last_history_id, epoch, incarnation, segment, terminal, events)",
                rows,
                CopyJournal);
        }
    }

    private static void Copy(
        NpgsqlConnection connection, string table, AppendRequest[] rows, Action<NpgsqlBinaryImporter, AppendRequest> copy)
    {
        using var into = connection.BeginBinaryImport($"COPY {table} FROM STDIN (FORMAT binary)");
        foreach (var row in rows)
        {
            into.StartRow();
            copy(into, row);
        }

        into.Complete();
    }

    private static void CopyExecution(NpgsqlBinaryImporter into, AppendRequest append)
    {
        var row = append.NewExecution!;
        into.Write(PostgresCommands.ToUuid(row.Id), NpgsqlDbType.Uuid);
        into.Write(row.Account, NpgsqlDbType.Text);
        into.Write(row.Region, NpgsqlDbType.Text);
        into.Write(row.StateMachine, NpgsqlDbType.Text);
        into.Write(row.Name, NpgsqlDbType.Text);
        into.Write(row.Id.Bucket, NpgsqlDbType.Integer);
        into.Write((short)row.Status, NpgsqlDbType.Smallint);
        into.Write(row.StartDate, NpgsqlDbType.Bigint);
        into.Write(row.WakeAt!.Value, NpgsqlDbType.Bigint);
        into.Write(row.InputHash.ToArray(), NpgsqlDbType.Bytea);
        into.Write(row.DefinitionHash.ToArray(), NpgsqlDbType.Bytea);
    }

    private static void CopyName(NpgsqlBinaryImporter into, AppendRequest append)
    {
        var row = append.NewExecution!;
        into.Write(row.Account, NpgsqlDbType.Text);
        into.Write(row.Region, NpgsqlDbType.Text);
        into.Write(row.StateMachine, NpgsqlDbType.Text);
        into.Write(row.Name, NpgsqlDbType.Text);
        into.Write(PostgresCommands.ToUuid(row.Id), NpgsqlDbType.Uuid);
    }

    private static void CopyJournal(NpgsqlBinaryImporter into, AppendRequest append)
    {
        var row = append.Row!;
        into.Write(PostgresCommands.ToUuid(append.Id), NpgsqlDbType.Uuid);
        into.Write(row.SequenceNr, NpgsqlDbType.Bigint);
        into.Write(row.FirstHistoryId, NpgsqlDbType.Bigint);
        into.Write(row.LastHistoryId, NpgsqlDbType.Bigint);
        into.Write(append.Epoch, NpgsqlDbType.Bigint);
        into.Write(0L, NpgsqlDbType.Bigint);
        into.Write(1, NpgsqlDbType.Integer);
        into.Write(row.Terminal, NpgsqlDbType.Boolean);
        into.Write(row.Events.ToArray(), NpgsqlDbType.Bytea);
    }
}
