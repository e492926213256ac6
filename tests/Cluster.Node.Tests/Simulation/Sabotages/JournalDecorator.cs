using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A journal in front of another.</summary>
internal abstract class JournalDecorator(IExecutionJournal inner) : IExecutionJournal
{
    protected IExecutionJournal Inner { get; } = inner;

    public virtual void Append(AppendRequest request) => Inner.Append(request);

    public virtual void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => Inner.Load(id, fromSnapshot, reply);
}
