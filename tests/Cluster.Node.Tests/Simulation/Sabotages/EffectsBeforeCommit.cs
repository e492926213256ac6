using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>The journal says that an append is durable before it is.</summary>
internal sealed class EffectsBeforeCommit : Sabotage
{
    internal override IExecutionJournal Journal(IExecutionJournal journal) => new Hasty(journal);

    private sealed class Hasty(IExecutionJournal journal) : JournalDecorator(journal)
    {
        public override void Append(AppendRequest request)
        {
            Inner.Append(request.Redirected(_ => { }));
            request.Reply.Answered(request, new AppendOutcome(AppendOutcomeKind.Appended));
        }
    }
}
