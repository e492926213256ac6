using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What must hold of each answer, judged in the moment in which a node gives it.</summary>
internal sealed class AnswerWatch(World world)
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    private readonly Dictionary<long, ExecutionId> _created = [];
    private readonly HashSet<long> _refused = [];
    private readonly HashSet<ExecutionId> _acknowledged = [];
    private readonly Dictionary<(string Machine, string Name), (int Node, TimeSpan At)> _lastStarts = [];
    private long _requests;

    internal long NextRequest() => ++_requests;

    /// <summary>A start has come to a node.</summary>
    internal void Came(ClientStart start, NodeLife life)
    {
        var key = (start.Machine.Name, start.Name);
        if (_lastStarts.TryGetValue(key, out var last) && last.Node != life.Node && world.Agenda.Elapsed - last.At < Together)
            world.Faults.Passed(Landmark.StartAtTwoNodes);
        _lastStarts[key] = (life.Node, world.Agenda.Elapsed);
    }

    /// <summary>A start has committed.</summary>
    internal void Created(long request, ExecutionId id)
    {
        if (!_created.TryAdd(request, id))
            Violated($"request {request} has started both {_created[request]} and {id}");
        if (_refused.Contains(request))
            Violated($"{id} was started by request {request}, which was refused for good before");
    }

    /// <summary>A node gives an answer.</summary>
    internal void Told(Ask ask, ExecutionRow? entity, long request, object told, NodeLife life)
    {
        if (told is NotOwner)
            world.Faults.Passed(Landmark.NotOwner);
        if (ask is Ask.Start)
            StartTold(ask.About, request, told);
        else
            StopTold(entity!.Id, told);
    }

    /// <summary>What the name of a start belongs to.</summary>
    internal ExecutionRow? Find(ClientStart start) => World.Now(world.Store.FindAsync(
        Workload.Account, Workload.Region, start.Machine.Name, start.Name, CancellationToken.None));

    private void StartTold(ClientStart start, long request, object told)
    {
        switch (told)
        {
            case ExecutionAnswer.Started started:
                Acknowledged(start, started.StartDate);
                break;
            case ExecutionAnswer.NameTaken taken:
                NameTaken(start, taken.Holder);
                RefusedForGood(request, start);
                break;
            case ExecutionAnswer.Refused or NotOwner:
                RefusedForGood(request, start);
                break;
            case StartLost:
                world.Faults.Passed(Landmark.StartLost);
                break;
            case ExecutionAnswer.Unavailable:
                break;
            default:
                Violated($"{start.Name}: a start was answered with {told}");
                break;
        }
    }

    private void RefusedForGood(long request, ClientStart start)
    {
        _refused.Add(request);
        if (_created.TryGetValue(request, out var id))
            Violated($"{start.Name}: request {request} was refused for good, but has started {id}");
    }

    private void Acknowledged(ClientStart start, long startDate)
    {
        if (Find(start) is not { } row)
            Violated($"{start.Name}: a start was acknowledged before it had committed");
        else if (row.StartDate != startDate)
            Violated($"{start.Name}: acknowledged with start date {startDate}, stored is {row.StartDate}");
        else if (!IsInput(row.Id, start.Input))
            Violated($"{start.Name}: acknowledged, but the name belongs to another input");
        else if (!_acknowledged.Add(row.Id))
            world.Faults.Passed(Landmark.StartRepeated);
    }

    private void NameTaken(ClientStart start, ExecutionRow holder)
    {
        world.Faults.Passed(Landmark.NameRefused);
        if (Find(start) is not { } row || row.Id != holder.Id)
            Violated($"{start.Name}: refused for a name that {holder.Id} does not have");
        else if (IsInput(row.Id, start.Input) && holder.Status == ExecutionStatus.Running)
            Violated($"{start.Name}: the same start was refused while its execution ran");
    }

    private void StopTold(ExecutionId id, object told)
    {
        switch (told)
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
            case ExecutionAnswer.Unavailable or NotOwner:
                break;
            default:
                Violated($"{id}: a stop was answered with {told}");
                break;
        }
    }

    private bool IsInput(ExecutionId id, string input) =>
        string.Equals(Encoding.UTF8.GetString(world.Invariants.Model(id)!.Fold.Input!.Utf8.Span), input, StringComparison.Ordinal);

    private void Violated(string what) => world.Invariants.Violated(what);
}
