using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>The end of an execution's journal.</summary>
/// <param name="SequenceNr">The last sequence number, 0 without rows.</param>
/// <param name="HistoryId">The last history id, 0 without any.</param>
internal readonly record struct JournalTail(long SequenceNr, long HistoryId);

/// <summary>
/// What the writer remembers of the ends of journals, so that an append need not look. It holds only what is true of the writer's open or
/// last transaction, and is forgotten when one is undone. Two generations: what was not used for a while is dropped with the older one.
/// </summary>
internal sealed class JournalTails
{
    /// <summary>The entries of one generation.</summary>
    public const int GenerationSize = 16_384;

    private Dictionary<ExecutionId, JournalTail> _young = [];
    private Dictionary<ExecutionId, JournalTail> _old = [];

    public bool TryGet(ExecutionId id, out JournalTail tail) => _young.TryGetValue(id, out tail) || _old.TryGetValue(id, out tail);

    public void Set(ExecutionId id, JournalTail tail)
    {
        _young[id] = tail;
        if (_young.Count < GenerationSize)
            return;
        (_old, _young) = (_young, _old);
        _young.Clear();
    }

    public void Forget(ExecutionId id)
    {
        _young.Remove(id);
        _old.Remove(id);
    }

    public void ForgetAll()
    {
        _young.Clear();
        _old.Clear();
    }
}
