using System.Globalization;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What must hold in every world, watched at each commit, each call and each answer, and once more at the end.</summary>
internal sealed class Invariants(World world)
{
    private const int MostViolations = 20;

    /// <summary>
    /// After the healing the last slow answer of the faulty time may still be on its way, what it broke is built anew, and the last node that
    /// had left comes back, has shards given to it, and has a clock that is off.
    /// </summary>
    private static readonly TimeSpan Convalescence = TimeSpan.FromSeconds(25);

    private readonly long _punctualFrom = world.Agenda.NowMs + (long)(World.FaultyTime + Convalescence).TotalMilliseconds;
    private readonly Dictionary<ExecutionId, ModelExecution> _models = [];
    private readonly Dictionary<(string Machine, string Name), ExecutionId> _names = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];

    internal IReadOnlyList<string> Violations => _violations;

    internal int Executions => _models.Count;

    /// <summary>Appends that were committed so far.</summary>
    internal long Commits { get; private set; }

    /// <summary>Executions that have not ended.</summary>
    internal int Open { get; private set; }

    internal ModelExecution? Model(ExecutionId id) => _models.GetValueOrDefault(id);

    /// <summary>Executions of a shard whose branches or iterations run.</summary>
    internal int FanOutsOf(int shard) => _models.Count(pair =>
        ShardRange.IndexOf(pair.Key.Bucket, world.Store.ShardCount) == shard && pair.Value.Fold is { IsClosed: false, Root.Branches: not null });

    internal void Violated(string what)
    {
        if (_violations.Count < MostViolations)
            _violations.Add($"at {world.Agenda.Elapsed.TotalSeconds:F3} s: {what}");
    }

    internal void ActorFailed(string actor) => _failed.Add(actor);

    internal bool HasFailed(string actor) => _failed.Contains(actor);

    /// <summary>An append was committed by one life of a node.</summary>
    internal void Committed(AppendRequest request, NodeLife life)
    {
        Commits++;
        world.Register.Committed(request.Shard, request.Epoch, life);
        if (request.Snapshot is not null)
            world.Faults.Passed(Landmark.SnapshotWritten);
        if (request.NewExecution is { } created)
        {
            var machine = world.Definitions.Machine(created.DefinitionHash);
            var model = new ModelExecution(machine, _punctualFrom, world.Faults, what => Violated($"{request.Id}: {what}"))
            {
                TaskSeen = (e, visit, attempt) => world.TaskTokens.Committed(request.Id, e, visit, attempt),
            };
            if (!_models.TryAdd(request.Id, model))
                Violated($"{request.Id} was inserted twice");
            if (!_names.TryAdd((created.StateMachine, created.Name), request.Id))
                Violated($"{created.Name} belongs to {_names[(created.StateMachine, created.Name)]} and to {request.Id}");
        }

        if (request.Row is { } row)
        {
            var committed = _models[request.Id];
            committed.Committed(row, world.ClockOf(life));
            Open += (request.NewExecution is null ? 0 : 1) - (row.Terminal && committed.Terminals == 1 ? 1 : 0);
        }

        world.Nested.Committed(request, life);

        // Clients number their requests; an execution that starts another has the product draw an id.
        if (request.NewExecution is not null && long.TryParse(_models[request.Id].Fold.Start!.RequestId!, CultureInfo.InvariantCulture, out var asked))
            world.Answers.Created(asked, request.Id);
        world.PendingTasks.Committed(request, _models[request.Id]);
        Wakes(request.Id);
    }

    internal void AtTheEnd(Workload workload)
    {
        foreach (var (id, model) in _models.OrderBy(pair => pair.Key))
            Ended(id, model);
        foreach (var start in workload.Starts.Where(s => s.StartDate is not null))
        {
            if (world.Answers.Find(start) is null)
                Violated($"{start.Name} was acknowledged and is gone");
        }

        foreach (var node in world.Slots.Select(slot => slot.Node).OfType<SimulatedNode>())
            LeftOver(node);
        world.Nested.AtTheEnd();
        world.PendingTasks.AtTheEnd();
        world.Register.AtTheEnd();
    }

    private void LeftOver(SimulatedNode node)
    {
        var name = node.Slot.Address;
        if (node.ActorsTooMany is > 0 and var actors)
            Violated($"{name}: {actors} actors live on after all executions have ended");
        if (node.Tasks.Waiting != 0)
            Violated($"{name}: {node.Tasks.Waiting} workers still wait after all executions have ended");
        if (node.OpenCalls != 0)
            Violated($"{name}: {node.OpenCalls} calls were never given up, though nobody waits for them");
        if (node.CallsInFlight != 0)
            Violated($"{name}: {node.CallsInFlight} calls are kept after all executions have ended");
    }

    private void Ended(ExecutionId id, ModelExecution model)
    {
        var row = World.Now(world.Store.GetAsync(id, CancellationToken.None))!;
        if (model.Terminals != 1)
            Violated($"{id} has ended {model.Terminals} times; its fold is {model.Fold.State}, {model.Fold.Root?.Phase} in {model.Fold.Root?.State}");
        if ((int)row.Status + 1 != (int)model.Fold.State || row.StopDate != model.Fold.StoppedAt)
            Violated($"{id}: the row says {row.Status} {row.StopDate}, the journal {model.Fold.State} {model.Fold.StoppedAt}");
        if (model.Wrong() is { } wrong)
            Violated($"{id}: its history is wrong: {wrong}");
        if (row.WakeAt is not null && row.Status != ExecutionStatus.Running)
            Violated($"{id} has ended and is to be woken at {row.WakeAt}");
        world.Store.Load(id, fromSnapshot: true, new ReadBack(this, model));
    }

    /// <summary>A stored wake time may be early, never late; with something to do it is now.</summary>
    private void Wakes(ExecutionId id)
    {
        var row = World.Now(world.Store.GetAsync(id, CancellationToken.None))!;
        var fold = _models[id].Fold;
        var needed = fold.IsClosed ? null : fold.Outstanding.Count > 0 || fold.IsRunnable ? 0 : fold.WakeAt;
        if (needed is { } at && (row.WakeAt is not { } stored || stored > at))
            Violated($"{id}: is to be woken at {at}, stored is {row.WakeAt ?? -1}");
    }

    private sealed class ReadBack(Invariants invariants, ModelExecution model) : ILoadReply
    {
        private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

        public void Loaded(ExecutionId id, LoadedExecution? execution)
        {
            var from = execution!.Snapshot is { } snapshot
                ? SnapshotCodec.TryDecode(snapshot.Bytes, model.Fold.Definition)!
                : Execution.Empty(model.Fold.Definition);
            if (!execution.Rows.Aggregate(from, (fold, row) => Codec.Fold(fold, row.Events)).Equals(model.Fold))
                invariants.Violated($"{id}: read back it is another");
        }

        public void LoadFailed(ExecutionId id, Exception reason) => invariants.Violated($"{id}: cannot be read back: {reason.Message}");
    }
}
