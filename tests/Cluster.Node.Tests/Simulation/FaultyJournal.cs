using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The journal of one life over the store that survives all lives. An append travels, is committed, and its answer travels back; each step
/// takes time and may go wrong, and a crash may fall between any two.
/// </summary>
internal sealed class FaultyJournal(
    IExecutionJournal store, Agenda agenda, NodeLife life, Faults faults, SimulationRandom random, World world) : IExecutionJournal
{
    private static readonly TimeSpan QuickTravel = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SlowTravel = TimeSpan.FromSeconds(4);

    /// <summary>Sees each append that was committed, at the moment of its commit.</summary>
    internal required Action<AppendRequest> Committed { get; init; }

    public void Append(AppendRequest request)
    {
        if (!life.IsAlive)
            return;
        if (request.NewExecution is not null && faults.Strikes(FaultKind.AppendUnavailable, 0.02))
            agenda.In(Travel(), () => Answer(request, new AppendOutcome(AppendOutcomeKind.Unavailable)));
        else if (faults.Strikes(FaultKind.AppendUnknownNotCommitted, 0.005))
            agenda.In(Travel(), () => Answer(request, new AppendOutcome(AppendOutcomeKind.Unknown)));
        else if (faults.Strikes(FaultKind.AppendDelayed, 0.02))
            Delay(request);
        else
            agenda.In(Travel(), () => Commit(request));
    }

    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply)
    {
        if (!life.IsAlive)
            return;
        if (faults.Strikes(FaultKind.LoadFailed, 0.05))
        {
            agenda.In(Travel(), () => Reply("load-failed", id, () => reply.LoadFailed(id, new IOException("simulated"))));
            return;
        }

        var back = faults.Strikes(FaultKind.LoadLate, 0.05) ? random.Span(QuickTravel, SlowTravel) : Travel();
        agenda.In(Travel(), () => store.Load(id, fromSnapshot, new HeldLoad(loaded =>
        {
            if (loaded?.Snapshot is not null)
                faults.Passed(Landmark.SnapshotRead);
            agenda.In(back, () => Reply("loaded", id, () => reply.Loaded(id, loaded)));
        })));
    }

    /// <summary>While an append waits its actor may fail, and the next one reads back a journal that is about to change.</summary>
    private void Delay(AppendRequest request)
    {
        agenda.In(random.Span(QuickTravel, SlowTravel), () => Commit(request));
        if (random.Chance(0.3))
            agenda.In(Travel(), () => world.Doom(request.Id, life));
    }

    private void Commit(AppendRequest request)
    {
        var dead = !life.IsAlive;
        if (dead && random.Chance(0.5))
        {
            faults.Count(FaultKind.LostWithDeath);
            return;
        }

        store.Append(Redirected(request, outcome =>
        {
            world.Stepped("append", request.Id.ToString(), $"{request.ExpectedSequenceNr} {outcome.Kind}");
            if (outcome.Kind == AppendOutcomeKind.Appended)
                Committed(request);
            else if (outcome.Kind == AppendOutcomeKind.Conflict)
                faults.Passed(Landmark.Conflict);
            if (dead)
                faults.Count(outcome.Kind == AppendOutcomeKind.Fenced ? FaultKind.FencedAfterDeath : FaultKind.CommittedAfterDeath);
            if (outcome.Kind == AppendOutcomeKind.Appended && faults.Strikes(FaultKind.AppendUnknownCommitted, 0.005))
                outcome = new AppendOutcome(AppendOutcomeKind.Unknown);
            var back = faults.Strikes(FaultKind.AppendAnsweredLate, 0.01) ? random.Span(QuickTravel, SlowTravel) : Travel();
            agenda.In(back, () => Answer(request, outcome));
        }));
    }

    private void Answer(AppendRequest request, AppendOutcome outcome) =>
        Reply(outcome.Kind.ToString(), request.Id, () => request.Reply.Answered(request, outcome));

    private void Reply(string what, ExecutionId id, Action reply)
    {
        if (!life.IsAlive)
            return;
        world.Stepped("journal", id.ToString(), what);
        if (life.IsAlive)
            reply();
    }

    private TimeSpan Travel() => random.Span(TimeSpan.Zero, QuickTravel);

    private static AppendRequest Redirected(AppendRequest request, Action<AppendOutcome> reply) => new()
    {
        Id = request.Id,
        ExpectedSequenceNr = request.ExpectedSequenceNr,
        Shard = request.Shard,
        Epoch = request.Epoch,
        Row = request.Row,
        Name = request.Name,
        NewExecution = request.NewExecution,
        Change = request.Change,
        Snapshot = request.Snapshot,
        Reply = new HeldAppend(reply),
    };

    private sealed class HeldAppend(Action<AppendOutcome> reply) : IAppendReply
    {
        public void Answered(AppendRequest request, in AppendOutcome outcome) => reply(outcome);
    }

    private sealed class HeldLoad(Action<LoadedExecution?> reply) : ILoadReply
    {
        public void Loaded(ExecutionId id, LoadedExecution? execution) => reply(execution);

        public void LoadFailed(ExecutionId id, Exception reason) =>
            throw new InvalidOperationException("The store under the faults does not fail of its own.", reason);
    }
}
