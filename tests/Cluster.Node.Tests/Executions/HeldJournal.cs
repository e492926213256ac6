using Cluster.Node.Journal;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Executions;

/// <summary>A journal whose appends go through at once, or wait until the test lets them; an outcome can be put in place of the true one.</summary>
internal sealed class HeldJournal(IExecutionJournal store) : IExecutionJournal
{
    private readonly Queue<AppendRequest> _held = new();

    /// <summary>Whether appends wait.</summary>
    public bool Holds { get; set; }

    /// <summary>Answers for the next appends in place of the true ones; the flag says whether the store gets them all the same.</summary>
    public Queue<(AppendOutcomeKind Outcome, bool Written)> Outcomes { get; } = new();

    /// <summary>All appends so far.</summary>
    public List<AppendRequest> Appends { get; } = [];

    /// <summary>Whether snapshots are spoiled on their way to the store.</summary>
    public bool SpoilsSnapshots { get; set; }

    /// <summary>Whether rows come back damaged.</summary>
    public bool SpoilsRows { get; set; }

    /// <summary>Whether the store finds by itself that what it has is damaged.</summary>
    public bool FindsDamage { get; set; }

    /// <summary>How often an execution was read back, and whether from a snapshot.</summary>
    public List<bool> LoadsFromSnapshot { get; } = [];

    /// <summary>How many of the next loads find nothing, as if the start had not committed yet.</summary>
    public int LoadsThatMiss { get; set; }

    public int Waiting => _held.Count;

    public void Append(AppendRequest request)
    {
        Appends.Add(request);
        if (Holds)
            _held.Enqueue(request);
        else
            Commit(request);
    }

    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply)
    {
        if (LoadsThatMiss-- > 0)
            reply.Loaded(id, execution: null);
        else
            store.Load(id, fromSnapshot, new Seen(this, reply));
    }

    /// <summary>Lets the oldest append that waits go through.</summary>
    public void Release() => Commit(_held.Dequeue());

    private void Commit(AppendRequest request)
    {
        if (!Outcomes.TryDequeue(out var instead))
        {
            store.Append(SpoilsSnapshots && request.Snapshot is not null ? Copy(request, request.Reply) : request);
            return;
        }

        if (instead.Written)
            store.Append(Copy(request, new Nobody()));
        request.Reply.Answered(request, new AppendOutcome(instead.Outcome));
    }

    private AppendRequest Copy(AppendRequest request, IAppendReply reply) => request with
    {
        Snapshot = SpoilsSnapshots && request.Snapshot is { } snapshot ? snapshot with { Bytes = snapshot.Bytes[..^1] } : request.Snapshot,
        Reply = new Redirected(request, reply),
    };

    /// <summary>The answer to a copy is the answer to the request that it was made of.</summary>
    private sealed class Redirected(AppendRequest original, IAppendReply reply) : IAppendReply
    {
        public void Answered(AppendRequest request, in AppendOutcome outcome) => reply.Answered(original, outcome);
    }

    private sealed class Nobody : IAppendReply
    {
        public void Answered(AppendRequest request, in AppendOutcome outcome)
        {
        }
    }

    private sealed class Seen(HeldJournal journal, ILoadReply reply) : ILoadReply
    {
        public void Loaded(ExecutionId id, LoadedExecution? execution)
        {
            journal.LoadsFromSnapshot.Add(execution?.Snapshot is not null);
            if (journal.FindsDamage)
                reply.LoadFailed(id, new DamagedException("row 1"));
            else
                reply.Loaded(id, journal.SpoilsRows && execution is not null ? Spoiled(execution) : execution);
        }

        private static LoadedExecution Spoiled(LoadedExecution execution) =>
            execution with { Rows = [.. execution.Rows.Select(row => row with { Events = row.Events[..^1] })] };

        public void LoadFailed(ExecutionId id, Exception reason) => reply.LoadFailed(id, reason);
    }
}
