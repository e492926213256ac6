using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A start is written whoever has its name: one that comes twice makes two executions.</summary>
internal sealed class DedupOff : Sabotage
{
    internal override IExecutionJournal Store(IExecutionJournal store, World world) => new Nameless(store);

    private sealed class Nameless(IExecutionJournal store) : JournalDecorator(store)
    {
        public override void Append(AppendRequest request) => Inner.Append(request.Redirected(outcome =>
        {
            if (outcome.Kind == AppendOutcomeKind.NameTaken)
                Inner.Append(request.Redirected(second => request.Reply.Answered(request, second), withName: false));
            else
                request.Reply.Answered(request, outcome);
        }));
    }
}
