using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>An append of which nobody knows whether it was committed is taken for one that was not: a start is refused, all else is tried again.</summary>
internal sealed class UnknownIsFailure : Sabotage
{
    internal override IExecutionJournal Journal(IExecutionJournal journal) => new Guessing(journal);

    private sealed class Guessing(IExecutionJournal journal) : JournalDecorator(journal)
    {
        public override void Append(AppendRequest request) => Inner.Append(request.Redirected(outcome =>
        {
            if (outcome.Kind != AppendOutcomeKind.Unknown)
                request.Reply.Answered(request, outcome);
            else if (request.NewExecution is not null)
                request.Reply.Answered(request, new AppendOutcome(AppendOutcomeKind.Unavailable));
            else
                Append(request);
        }));
    }
}
