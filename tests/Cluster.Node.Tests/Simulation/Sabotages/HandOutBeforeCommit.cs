using Cluster.Node.Executions.Encoding;
using Cluster.Node.Executions.Encoding.Wire;
using Cluster.Node.Journal;
using TaskKind = Cluster.Asl.Definitions.TaskKind;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>The journal says that a task was given to a worker before that is durable.</summary>
internal sealed class HandOutBeforeCommit : Sabotage
{
    internal override IExecutionJournal Journal(IExecutionJournal journal) => new Hasty(journal);

    private sealed class Hasty(IExecutionJournal journal) : JournalDecorator(journal)
    {
        public override void Append(AppendRequest request)
        {
            if (request.Row is not { } row || !EventCodec.Read(row.Events).Events.Any(IsHandOut))
            {
                Inner.Append(request);
                return;
            }

            Inner.Append(request.Redirected(_ => { }));
            request.Reply.Answered(request, new AppendOutcome(AppendOutcomeKind.Appended));
        }

        private static bool IsHandOut(Event e) =>
            e is { WhatCase: Event.WhatOneofCase.TaskStarted, TaskStarted.Kind: (uint)TaskKind.Activity };
    }
}
