using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What must hold in every world, watched at each commit, each call and each answer, and once more at the end.</summary>
internal sealed class Invariants(World world)
{
    private const int MostViolations = 20;

    /// <summary>After the healing the last slow answer of the faulty time may still be on its way, and what it broke is built anew.</summary>
    private static readonly TimeSpan Convalescence = TimeSpan.FromSeconds(15);

    private readonly long _punctualFrom = world.Agenda.NowMs + (long)(World.FaultyTime + Convalescence).TotalMilliseconds;
    private readonly Dictionary<ExecutionId, ModelExecution> _models = [];
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<TaskKey, SentCall> _calls = [];
    private readonly HashSet<ExecutionId> _acknowledged = [];
    private readonly List<string> _violations = [];

    internal IReadOnlyList<string> Violations => _violations;

    internal int Executions => _models.Count;

    /// <summary>Executions whose branches or iterations run.</summary>
    internal int FanOuts => _models.Values.Count(model => !model.Fold.IsClosed && model.Fold.Root?.Branches is not null);

    internal void Violated(string what)
    {
        if (_violations.Count < MostViolations)
            _violations.Add($"at {world.Agenda.Elapsed.TotalSeconds:F3} s: {what}");
    }

    internal void ActorFailed(string actor) => _failed.Add(actor);

    internal bool HasFailed(string actor) => _failed.Contains(actor);

    internal void Committed(AppendRequest request)
    {
        if (request.Snapshot is not null)
            world.Faults.Passed(Landmark.SnapshotWritten);
        if (request.NewExecution is { } created)
        {
            var machine = world.Definitions.Machine(created.DefinitionHash);
            if (!_models.TryAdd(request.Id, new ModelExecution(machine, _punctualFrom, world.Faults, what => Violated($"{request.Id}: {what}"))))
                Violated($"{request.Id} was inserted twice");
        }

        if (request.Row is { } row)
            _models[request.Id].Committed(row, world.Agenda.NowMs);
        Wakes(request.Id);
    }

    /// <summary>A call leaves the node: its start must have committed, and the rule of unknown outcomes holds.</summary>
    internal void Leaving(TaskCall call, NodeLife life)
    {
        var key = call.Key;
        if (!_models.TryGetValue(key.Execution, out var model) || !model.HasStarted(key.Scope, key.Visit, key.Attempt))
            Violated($"{key} left before its start had committed");
        if (!_calls.TryGetValue(key, out var sent))
        {
            _calls.Add(key, new SentCall(life.Number));
            return;
        }

        if (!SimulatedFunctions.IsIdempotent(call))
            Violated($"{key} was made twice by a function that is not idempotent");
        if (sent.LastLife == life.Number)
            Violated($"{key} was made twice in one life");
        if (!call.Resent)
            Violated($"{key} was made again without a word that it was");
        sent.LastLife = life.Number;
        world.Faults.Passed(Landmark.CallResent);
    }

    internal void Acknowledged(ClientStart start)
    {
        if (Find(start) is not { } row)
            Violated($"{start.Name}: a start was acknowledged before it had committed");
        else if (row.StartDate != start.StartDate)
            Violated($"{start.Name}: acknowledged with start date {start.StartDate}, stored is {row.StartDate}");
        else if (IsInput(row.Id, start.Input) && !_acknowledged.Add(row.Id))
            world.Faults.Passed(Landmark.StartRepeated);
        else if (!IsInput(row.Id, start.Input))
            Violated($"{start.Name}: acknowledged, but the name belongs to another input");
    }

    internal void Refused(ClientStart start, ExecutionRow holder)
    {
        world.Faults.Passed(Landmark.NameRefused);
        if (Find(start) is not { } row || row.Id != holder.Id)
            Violated($"{start.Name}: refused for a name that {holder.Id} does not have");
        else if (IsInput(row.Id, start.Input) && holder.Status == ExecutionStatus.Running)
            Violated($"{start.Name}: the same start was refused while its execution ran");
    }

    internal void Stopped(ExecutionId id, object? answer)
    {
        switch (answer)
        {
            case ExecutionAnswer.Handled handled:
                var row = World.Now(world.Store.GetAsync(id, CancellationToken.None))!;
                if (row.Status == ExecutionStatus.Running || row.StopDate != handled.StopDate)
                    Violated($"{id}: a stop was acknowledged as {handled}, stored is {row.Status} {row.StopDate}");
                if (handled.Reply == CommandReply.Done)
                    world.Faults.Passed(Landmark.Stopped);
                if (handled.Reply == CommandReply.Done && row.Status != ExecutionStatus.Aborted)
                    Violated($"{id}: a stop was carried out on an execution that is {row.Status}");
                break;
            case ExecutionAnswer.Unavailable or null:
                break;
            default:
                Violated($"{id}: a stop was answered with {answer}");
                break;
        }
    }

    internal void AtTheEnd(Workload workload, SimulatedNode node)
    {
        foreach (var (id, model) in _models.OrderBy(pair => pair.Key))
            Ended(id, model);
        foreach (var start in workload.Starts.Where(s => s.StartDate is not null))
        {
            if (Find(start) is null)
                Violated($"{start.Name} was acknowledged and is gone");
        }

        if (node.System.Live != node.Region.Shards.Count)
            Violated($"{node.System.Live - node.Region.Shards.Count} actors live on after all executions have ended");
        if (node.OpenCalls != 0)
            Violated($"{node.OpenCalls} calls were never given up, though nobody waits for them");
        if (node.CallsInFlight != 0)
            Violated($"{node.CallsInFlight} calls are kept after all executions have ended");
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

    private ExecutionRow? Find(ClientStart start) => World.Now(world.Store.FindAsync(
        Workload.Account, Workload.Region, start.Machine.Name, start.Name, CancellationToken.None));

    private bool IsInput(ExecutionId id, string input) =>
        string.Equals(Encoding.UTF8.GetString(_models[id].Fold.Input!.Utf8.Span), input, StringComparison.Ordinal);

    private sealed class SentCall(int life)
    {
        internal int LastLife { get; set; } = life;
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
