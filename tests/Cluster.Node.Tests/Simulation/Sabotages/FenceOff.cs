using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>The store accepts an append at any epoch.</summary>
internal sealed class FenceOff : Sabotage
{
    internal override IExecutionJournal Store(IExecutionJournal store, World world) => new Unfenced(store, world);

    private sealed class Unfenced(IExecutionJournal store, World world) : JournalDecorator(store)
    {
        public override void Append(AppendRequest request) => Inner.Append(
            request.Redirected(outcome => request.Reply.Answered(request, outcome), world.Register.EpochOf(request.Shard)));
    }
}
