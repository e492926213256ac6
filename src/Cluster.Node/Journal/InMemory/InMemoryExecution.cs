namespace Cluster.Node.Journal.InMemory;

/// <summary>One execution as the memory store keeps it. All bytes are its own copies.</summary>
internal sealed class InMemoryExecution
{
    private readonly List<JournalRow> _rows = [];
    private readonly List<RowOrigin> _origins = [];
    private readonly List<long> _lastHistoryIds = [];
    private StoredSnapshot? _snapshot;

    public InMemoryExecution(ExecutionRow row) => Row = row;

    public ExecutionRow Row { get; private set; }

    public long? NameExpiresAt { get; private set; }

    public long LastSequenceNr => _rows.Count;

    public void Append(JournalRow row, RowOrigin origin)
    {
        _origins.Add(origin);
        _lastHistoryIds.Add(row.LastHistoryId > 0 ? row.LastHistoryId : LastHistoryId);
        _rows.Add(row with { Events = row.Events.ToArray() });
    }

    /// <summary>The rows with who wrote them, by sequence number.</summary>
    public IEnumerable<WrittenRow> Written() => _rows.Zip(
        _origins, (row, origin) => new WrittenRow(Row.Id, row, origin.Shard, origin.Epoch, origin.Incarnation, origin.CommitNr));

    public void Change(ExecutionChange change)
    {
        Row = Row with { WakeAt = change.WakeAt };
        if (change.Status is not { } status)
            return;
        Row = Row with { Status = status, StopDate = change.StopDate };
        NameExpiresAt = change.NameExpiresAt;
    }

    public void Keep(StoredSnapshot snapshot) => _snapshot = snapshot with { Bytes = snapshot.Bytes.ToArray() };

    public LoadedExecution Load(bool fromSnapshot, int crashes)
    {
        if (crashes >= ISuspectStore.Crashes)
            return new LoadedExecution(Row, Snapshot: null, []) { Crashes = crashes };
        var snapshot = fromSnapshot ? _snapshot : null;
        return new LoadedExecution(Row, snapshot, _rows[(int)Math.Min(snapshot?.SequenceNr ?? 0, _rows.Count)..])
        {
            Crashes = crashes,
        };
    }

    /// <summary>The rows that hold history ids of a range.</summary>
    public List<JournalRow> Read(long first, long last)
    {
        var rows = new List<JournalRow>();
        for (var index = IndexOf(Math.Max(first, 1)); index < _rows.Count; index++)
        {
            var row = _rows[index];
            if (row.LastHistoryId == 0)
                continue;
            if (row.FirstHistoryId > last)
                break;
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The rows that hold any of some history ids.</summary>
    public List<JournalRow> ReadEach(IReadOnlyList<long> historyIds)
    {
        var rows = new List<JournalRow>();
        foreach (var historyId in historyIds.Order())
        {
            if (rows.Count == 0 || rows[^1].LastHistoryId < historyId)
                rows.AddRange(Read(historyId, historyId));
        }

        return rows;
    }

    /// <summary>The last row that holds a history id, or null.</summary>
    public JournalRow? ReadLast() => LastHistoryId == 0 ? null : _rows[IndexOf(LastHistoryId)];

    private long LastHistoryId => _lastHistoryIds.Count == 0 ? 0 : _lastHistoryIds[^1];

    /// <summary>The first row at which history has reached an id.</summary>
    private int IndexOf(long historyId)
    {
        int low = 0, high = _lastHistoryIds.Count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_lastHistoryIds[middle] >= historyId)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}

/// <summary>Who wrote a row, holding which shard at which epoch, and when in the order of commits.</summary>
internal readonly record struct RowOrigin(int Shard, long Epoch, long Incarnation, long CommitNr);
