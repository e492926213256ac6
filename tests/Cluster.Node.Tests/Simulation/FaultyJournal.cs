using Cluster.Node.Journal;
using Cluster.Node.Tests.Simulation.Sabotages;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The journal of one life over the store that survives all lives. An append travels, is committed, and its answer travels back; each step
/// takes time and may go wrong, and a crash may fall between any two.
/// </summary>
internal sealed class FaultyJournal(
    IExecutionJournal store, World world, NodeLife life, SimulationRandom random) : IExecutionJournal
{
    private static readonly TimeSpan QuickTravel = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SlowTravel = TimeSpan.FromSeconds(4);

    /// <summary>How often a writer looks whether a line that was cut is whole again, or an append before this one has been decided.</summary>
    private static readonly TimeSpan Reconnect = TimeSpan.FromMilliseconds(200);

    private readonly Agenda _agenda = world.Agenda;
    private readonly Faults _faults = world.Faults;
    private readonly Network _network = world.Network;
    private readonly Dictionary<ExecutionId, Queue<AppendRequest>> _underWay = [];

    /// <summary>Sees each append that was committed, at the moment of its commit.</summary>
    internal required Action<AppendRequest, NodeLife> Committed { get; init; }

    public void Append(AppendRequest request)
    {
        if (!life.IsAlive)
            return;
        if (request.NewExecution is not null && _faults.Strikes(FaultKind.AppendUnavailable, 0.02))
            _agenda.In(Travel(), () => Answer(request, new AppendOutcome(AppendOutcomeKind.Unavailable)));
        else if (_faults.Strikes(FaultKind.AppendUnknownNotCommitted, 0.005))
            _agenda.In(Travel(), () => Answer(request, new AppendOutcome(AppendOutcomeKind.Unknown)));
        else
            Send(request);
    }

    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply)
    {
        if (!life.IsAlive)
            return;
        if (_network.IsCut(life.Node, Network.Store) || _network.IsCut(Network.Store, life.Node) || _faults.Strikes(FaultKind.LoadFailed, 0.05))
        {
            _agenda.In(Travel(), () => Reply("load-failed", id, () => reply.LoadFailed(id, new IOException("simulated"))));
            return;
        }

        var back = _faults.Dice(FaultKind.LoadLate, 0.05) is { } dice ? dice.Span(QuickTravel, SlowTravel) : Travel();
        _agenda.In(Travel() + world.StallTime, () => store.Load(id, fromSnapshot, new HeldLoad(loaded =>
        {
            if (loaded?.Snapshot is not null)
                _faults.Passed(Landmark.SnapshotRead);
            if (world.Untold.Remove(id))
                _faults.Passed(Landmark.UnknownCommitFound);
            _agenda.In(back, () => Reply("loaded", id, () => reply.Loaded(id, loaded)));
        })));
    }

    private void Send(AppendRequest request)
    {
        if (!_underWay.TryGetValue(request.Id, out var underWay))
            _underWay.Add(request.Id, underWay = []);
        underWay.Enqueue(request);
        if (_faults.Dice(FaultKind.AppendDelayed, 0.02) is { } dice)
            Delay(request, dice);
        else
            _agenda.In(Travel(), () => Arrive(request));
    }

    /// <summary>It is committed, refused, or lost: the next of its execution is looked at.</summary>
    private void Settled(AppendRequest request)
    {
        var underWay = _underWay[request.Id];
        underWay.Dequeue();
        if (underWay.Count == 0)
            _underWay.Remove(request.Id);
    }

    /// <summary>While an append waits its actor may fail, and the next one reads back a journal that is about to change.</summary>
    private void Delay(AppendRequest request, SimulationRandom dice)
    {
        _agenda.In(dice.Span(QuickTravel, SlowTravel), () => Arrive(request));
        if (dice.Chance(0.3))
            _agenda.In(Travel(), () => world.Doom(request.Id, life));
    }

    /// <summary>An append has come as far as the line to the store. On one that is cut it waits, or is lost; behind another of its execution it waits.</summary>
    private void Arrive(AppendRequest request)
    {
        if (_underWay[request.Id].Peek() != request)
        {
            _agenda.In(Reconnect, () => life.Do(() => Arrive(request)));
        }
        else if (world.StallTime is { Ticks: > 0 } stall)
        {
            _agenda.In(stall + Travel(), () => Arrive(request));
        }
        else if (!_network.IsCut(life.Node, Network.Store))
        {
            Settled(request);
            Commit(request);
        }
        else if (life.IsAlive && request.NewExecution is not null && _faults.Strikes(FaultKind.AppendUnavailable, 0.1))
        {
            Settled(request);
            Answer(request, new AppendOutcome(AppendOutcomeKind.Unavailable));
        }
        else if (life.IsAlive && _faults.Strikes(FaultKind.AppendLostOnLine, 0.1))
        {
            Settled(request);
            Answer(request, new AppendOutcome(AppendOutcomeKind.Unknown));
        }
        else if (life.IsAlive)
        {
            _faults.Count(FaultKind.AppendCutOff);
            _agenda.In(Reconnect, () => life.Do(() => Arrive(request)));
        }
        else
        {
            Settled(request);
        }
    }

    private void Commit(AppendRequest request)
    {
        var dead = !life.IsAlive;
        if (dead && random.Chance(0.5))
        {
            _faults.Count(FaultKind.LostWithDeath);
            return;
        }

        store.Append(request.Redirected(outcome =>
        {
            world.Stepped(life, "append", request.Id.ToString(), $"{request.ExpectedSequenceNr} {outcome.Kind}");
            if (outcome.Kind == AppendOutcomeKind.Appended)
                Committed(request, life);
            else if (outcome.Kind == AppendOutcomeKind.Conflict)
                _faults.Passed(Landmark.Conflict);
            else if (outcome.Kind == AppendOutcomeKind.Fenced && !dead)
                _faults.Passed(Landmark.FencedAlive);
            if (dead)
                _faults.Count(outcome.Kind == AppendOutcomeKind.Fenced ? FaultKind.FencedAfterDeath : FaultKind.CommittedAfterDeath);
            if (outcome.Kind == AppendOutcomeKind.Appended && _faults.Strikes(FaultKind.AppendUnknownCommitted, 0.005))
            {
                outcome = new AppendOutcome(AppendOutcomeKind.Unknown);
                world.Untold.Add(request.Id);
            }

            var back = _faults.Dice(FaultKind.AppendAnsweredLate, 0.01) is { } dice ? dice.Span(QuickTravel, SlowTravel) : Travel();
            _agenda.In(back, () => Return(request, outcome));
        }));
    }

    /// <summary>The outcome travels back, if it can.</summary>
    private void Return(AppendRequest request, AppendOutcome outcome)
    {
        if (!life.IsAlive)
            return;
        if (!_network.IsCut(Network.Store, life.Node))
        {
            Answer(request, outcome);
        }
        else if (_faults.Strikes(FaultKind.AnswerLostOnLine, 0.1))
        {
            Answer(request, new AppendOutcome(AppendOutcomeKind.Unknown));
        }
        else
        {
            _agenda.In(Reconnect, () => Return(request, outcome));
        }
    }

    private void Answer(AppendRequest request, AppendOutcome outcome) =>
        Reply(outcome.Kind.ToString(), request.Id, () => request.Reply.Answered(request, outcome));

    private void Reply(string what, ExecutionId id, Action reply) => life.Do(() =>
    {
        world.Stepped(life, "journal", id.ToString(), what);
        if (life.IsAlive)
            reply();
    });

    private TimeSpan Travel() => random.Span(TimeSpan.Zero, QuickTravel);

    private sealed class HeldLoad(Action<LoadedExecution?> reply) : ILoadReply
    {
        public void Loaded(ExecutionId id, LoadedExecution? execution) => reply(execution);

        public void LoadFailed(ExecutionId id, Exception reason) =>
            throw new InvalidOperationException("The store under the faults does not fail of its own.", reason);
    }
}
