using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Journal.InMemory;

/// <summary>The memory store as one life of one process sees it: what comes in here is of that incarnation.</summary>
internal sealed class InMemoryDoor(InMemoryStore store, long incarnation) : IClusterRegister, IExecutionJournal
{
    public int ShardCount => store.ShardCount;

    public long Incarnation => incarnation;

    public ValueTask<RegisterAnswer> AskAsync(RegisterRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(store.AskOf(request, incarnation));

    public void Append(AppendRequest request) => store.AppendOf(request, incarnation);

    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => store.Load(id, fromSnapshot, reply);
}
