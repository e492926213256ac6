using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>
/// Is shown all executions of a store at rest, one after the other: <see cref="Begin"/>, its tasks that wait for a worker, its rows in the
/// order of their sequence numbers, <see cref="End"/>.
/// </summary>
public interface IStoreVisitor
{
    /// <summary>An execution of which anything is stored.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="row">Its row, or null when there is none.</param>
    /// <param name="snapshot">Its snapshot, or null.</param>
    void Begin(ExecutionId id, ExecutionRow? row, StoredSnapshot? snapshot);

    /// <summary>The next task of it that waits for a worker, in no order.</summary>
    void Visit(PendingTask task);

    /// <summary>The next row of its journal.</summary>
    void Visit(JournalRow row);

    /// <summary>All its rows were shown.</summary>
    void End();

    /// <summary>What is stored of it does not fit together in a way that only the store can tell.</summary>
    void Wrong(string what);
}
