using System.Globalization;
using System.Security.Cryptography;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.Executions.Verification;

/// <summary>
/// Judges stored executions: the journal of each must fold from its first row, and all that is stored beside the journal must be what the
/// fold says.
/// </summary>
/// <param name="codec">Reads the journal.</param>
/// <param name="definitions">The definition of a hash; null when there is none that can be read.</param>
/// <param name="tell">Hears each problem, as a sentence.</param>
public sealed class ExecutionJudge(
    EventCodec codec, Func<ReadOnlyMemory<byte>, StateMachineDefinition?> definitions, Action<string> tell) : IStoreVisitor
{
    private readonly HashSet<long> _texts = [];
    private readonly List<PendingTask> _tasks = [];
    private ExecutionId _id;
    private ExecutionRow? _row;
    private StoredSnapshot? _snapshot;
    private Execution? _execution;
    private long _sequenceNr;
    private long _historyId;
    private bool _folds;

    /// <summary>Executions that have not ended, by their rows.</summary>
    public long Open { get; private set; }

    /// <summary>Rows of journals.</summary>
    public long Rows { get; private set; }

    /// <summary>Events in them.</summary>
    public long Events { get; private set; }

    /// <summary>Payloads that are references to earlier ones.</summary>
    public long References { get; private set; }

    /// <summary>Snapshots.</summary>
    public long Snapshots { get; private set; }

    /// <inheritdoc/>
    public void Begin(ExecutionId id, ExecutionRow? row, StoredSnapshot? snapshot)
    {
        _texts.Clear();
        _tasks.Clear();
        (_id, _row, _snapshot) = (id, row, snapshot);
        (_sequenceNr, _historyId) = (0, 0);
        Snapshots += snapshot is null ? 0 : 1;
        Open += row?.Status == ExecutionStatus.Running ? 1 : 0;
        var definition = row is null ? null : definitions(row.DefinitionHash);
        _execution = definition is null ? null : Execution.Empty(definition);
        _folds = definition is not null;
        if (row is null)
            Wrong("has no row in the table of executions");
        else if (definition is null)
            Wrong($"runs definition {Convert.ToHexStringLower(row.DefinitionHash.Span)}, which is not there or cannot be read");
    }

    /// <inheritdoc/>
    public void Visit(PendingTask task) => _tasks.Add(task);

    /// <inheritdoc/>
    public void Visit(JournalRow row)
    {
        Rows++;
        if (row.SequenceNr != _sequenceNr + 1)
            Wrong($"has row {row.SequenceNr} after row {_sequenceNr}");
        _sequenceNr = row.SequenceNr;
        if (_folds && _execution!.IsClosed)
            Wrong($"has row {row.SequenceNr} after its end");
        if (TryRead(row) is not { } batch)
        {
            _folds = false;
            return;
        }

        Events += batch.Events.Count;
        Number(row, batch);
        Refer(row, batch);
        if (!_folds || !TryFold(row, batch))
            return;
        if (row.Terminal != _execution!.IsClosed)
            Wrong($"row {row.SequenceNr} is {(row.Terminal ? "" : "not ")}marked as its end, and it is {_execution.State} then");
        if (_snapshot?.SequenceNr == row.SequenceNr)
            Compare(_snapshot);
    }

    /// <inheritdoc/>
    public void End()
    {
        if (_sequenceNr == 0)
            Wrong("has no row in the journal");
        if (_snapshot is { } snapshot && (snapshot.SequenceNr < 1 || snapshot.SequenceNr > _sequenceNr))
            Wrong($"has a snapshot of row {snapshot.SequenceNr}, and its last row is {_sequenceNr}");
        if (_folds && _row is { } row && _execution!.Start is { } start)
        {
            Compare(row, start, _execution);
            foreach (var wrong in WaitingTasks.Differences(_execution, _tasks))
                Wrong(wrong);
        }
        else if (_folds && _sequenceNr > 0 && _execution!.Start is null)
            Wrong("does not begin with its start");
    }

    /// <inheritdoc/>
    public void Wrong(string what) => tell($"execution {_id}: {what}");

    private Wire.EventBatch? TryRead(JournalRow row)
    {
        try
        {
            return EventCodec.Read(row.Events);
        }
        catch (Exception e) when (e is Google.Protobuf.InvalidProtocolBufferException or NewerFormatException)
        {
            Wrong($"row {row.SequenceNr} cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Whatever bytes of a damaged row say to the fold, it is told and ends the judgement of this execution only.</summary>
    private bool TryFold(JournalRow row, Wire.EventBatch batch)
    {
        try
        {
            _execution = codec.Fold(_execution!, batch);
            return true;
        }
        catch (Exception e)
        {
            _folds = false;
            Wrong($"row {row.SequenceNr} cannot be folded: {e.Message}");
            return false;
        }
    }

    private void Number(JournalRow row, Wire.EventBatch batch)
    {
        var before = _historyId;
        foreach (var id in batch.Events.Select(e => e.Id).Where(id => id != 0))
        {
            if (id != _historyId + 1)
                Wrong($"row {row.SequenceNr} has history event {id} after {_historyId}");
            _historyId = id;
        }

        var (first, last) = _historyId == before ? (0, 0) : (before + 1, _historyId);
        if (row.FirstHistoryId != first || row.LastHistoryId != last)
            Wrong($"row {row.SequenceNr} is said to hold history {row.FirstHistoryId} to {row.LastHistoryId} and holds {first} to {last}");
    }

    private void Refer(JournalRow row, Wire.EventBatch batch)
    {
        foreach (var e in batch.Events)
        {
            if (e.Payload?.WhereCase == Wire.Payload.WhereOneofCase.Inline)
            {
                _texts.Add(e.Id);
            }
            else if (e.Payload?.WhereCase == Wire.Payload.WhereOneofCase.Reference)
            {
                References++;
                if (!_texts.Contains(e.Payload.Reference))
                    Wrong($"row {row.SequenceNr} refers to the payload of history event {e.Payload.Reference}, which holds none");
            }
        }
    }

    private void Compare(StoredSnapshot snapshot)
    {
        if (SnapshotCodec.TryDecode(snapshot.Bytes, _execution!.Definition) is not { } stored)
            Wrong($"its snapshot of row {snapshot.SequenceNr} cannot be read");
        else if (!stored.Equals(_execution))
            Wrong($"its snapshot of row {snapshot.SequenceNr} is not what the rows up to there fold to");
    }

    private void Compare(ExecutionRow row, ExecutionStart start, Execution execution)
    {
        if (row.Status != ExecutionActor.StatusOf(execution.State))
            Wrong($"its row says {row.Status}, and its journal folds to {execution.State}");
        Same("start date", row.StartDate, execution.StartedAt);
        Same("stop date", row.StopDate, execution.StoppedAt);
        Same("name", row.Name, start.Name);
        Same("state machine", row.StateMachine, start.StateMachineName);
        Same("definition", Convert.ToHexStringLower(row.DefinitionHash.Span), start.DefinitionHash);
        if (Buckets.Of(row.Account, row.Region, row.StateMachine, row.Name) != _id.Bucket)
            Wrong("its name belongs to another bucket than its id");
        if (!row.InputHash.Span.SequenceEqual(SHA256.HashData(execution.Input!.Utf8.Span)))
            Wrong("its row has the hash of another input");
        if (ExecutionActor.WakeTimeOf(execution) is { } needed && !(row.WakeAt <= needed))
            Wrong($"would be woken {(row.WakeAt is { } late ? $"at {late}" : "never")} and must be at {needed}, in Unix milliseconds");
    }

    private void Same<T>(string what, T row, T folded)
    {
        if (!EqualityComparer<T>.Default.Equals(row, folded))
            Wrong(string.Create(CultureInfo.InvariantCulture, $"its row has the {what} {row}, and its journal {folded}"));
    }
}
