using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.InMemory;

/// <summary>The tables of the memory store. The store's lock is held around every call.</summary>
internal sealed class InMemoryTables(InMemoryRegister register)
{
    private readonly Dictionary<ExecutionId, InMemoryExecution> _executions = [];
    private readonly Dictionary<(string Account, string Region, string StateMachine, string Name), ExecutionId> _names = [];
    private readonly Dictionary<(string Account, string Region, string StateMachine), SortedSet<ExecutionId>> _lists = [];
    private readonly SortedSet<WakeEntry> _wakes = new(Comparer<WakeEntry>.Create(CompareWakes));
    private readonly InMemorySuspects _suspects = new();
    private readonly InMemoryPendingTasks _pending = new();

    public InMemoryExecution? Find(ExecutionId id) => _executions.GetValueOrDefault(id);

    public InMemoryExecution? Find(string account, string region, string stateMachine, string name) =>
        _names.TryGetValue((account, region, stateMachine, name), out var id) ? Find(id) : null;

    public LoadedExecution? Load(ExecutionId id, bool fromSnapshot) => Find(id)?.Load(fromSnapshot, _suspects.CrashesOf(id));

    public void Book(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at) =>
        _suspects.Book(ids, incarnation, at, id => Find(id)?.Row);

    public IReadOnlyList<QuarantinedExecution> ReadQuarantined(int firstBucket, int lastBucket, ExecutionId? after, int limit) =>
        _suspects.ReadQuarantined(firstBucket, lastBucket, after, limit, id => _executions[id].Row);

    public int Release(ExecutionId id) => _suspects.Release(id);

    public IReadOnlyList<PendingTask> ReadPending(string account, string region, string activity, PendingTask? after, int limit) =>
        _pending.Read(account, region, activity, after, limit);

    public InMemoryContents Contents(IReadOnlyList<GrantEntry> grants) => new(
        [.. _executions.Values.SelectMany(execution => execution.Written()).OrderBy(written => written.CommitNr)],
        [.. _executions.Values.Select(execution => new KeptExecution(execution.Row, execution.NameExpiresAt)).OrderBy(kept => kept.Row.Id)],
        [.. _names.Select(n => new KeptName(n.Key.Account, n.Key.Region, n.Key.StateMachine, n.Key.Name, n.Value)).OrderBy(name => name.Id)],
        grants,
        _pending.All());

    public AppendOutcome Append(AppendRequest request, long incarnation)
    {
        if (request.Epoch != register.EpochOf(request.Shard))
            return new AppendOutcome(AppendOutcomeKind.Fenced);
        var execution = Find(request.Id);
        var last = execution?.LastSequenceNr ?? 0;
        if (last != request.ExpectedSequenceNr || (request.Row is { } next && next.SequenceNr != last + 1))
            return new AppendOutcome(AppendOutcomeKind.Conflict);
        if (request.Name is { } name)
        {
            if (Find(name.Account, name.Region, name.StateMachine, name.Name) is { } holder && !(holder.NameExpiresAt <= name.Now))
                return new AppendOutcome(AppendOutcomeKind.NameTaken, holder.Row);
            _names[(name.Account, name.Region, name.StateMachine, name.Name)] = request.Id;
        }

        if (request.NewExecution is { } created)
            execution = Insert(created);
        if (execution is not null)
            Write(request, execution, incarnation);
        return new AppendOutcome(AppendOutcomeKind.Appended);
    }

    public IReadOnlyList<ExecutionRow> List(
        string account, string region, string stateMachine, ExecutionStatus? status, ExecutionId? after, int limit)
    {
        if (!_lists.TryGetValue((account, region, stateMachine), out var ids))
            return [];
        return
        [
            .. ids.Reverse()
                .SkipWhile(id => id >= after)
                .Select(id => _executions[id].Row)
                .Where(row => status is null || row.Status == status)
                .Take(limit),
        ];
    }

    public IReadOnlyList<WakeEntry> ReadWakes(int firstBucket, int lastBucket, long until, WakeEntry? after, int limit) =>
    [
        .. _wakes
            .SkipWhile(entry => after is { } last && CompareWakes(entry, last) <= 0)
            .TakeWhile(entry => entry.WakeAt <= until)
            .Where(entry => entry.Id.Bucket >= firstBucket && entry.Id.Bucket <= lastBucket)
            .Take(limit),
    ];

    private InMemoryExecution Insert(ExecutionRow created)
    {
        var execution = new InMemoryExecution(created with
        {
            InputHash = created.InputHash.ToArray(),
            DefinitionHash = created.DefinitionHash.ToArray(),
        });
        _executions.Add(created.Id, execution);
        var key = (created.Account, created.Region, created.StateMachine);
        if (!_lists.TryGetValue(key, out var ids))
            _lists.Add(key, ids = []);
        ids.Add(created.Id);
        if (created.WakeAt is { } at)
            _wakes.Add(new WakeEntry(created.Id, at));
        return execution;
    }

    private void Write(AppendRequest request, InMemoryExecution execution, long incarnation)
    {
        if (request.Row is { } row)
            execution.Append(row, new RowOrigin(request.Shard, request.Epoch, incarnation, register.NextCommit()));
        if (request.Snapshot is { } snapshot)
            execution.Keep(snapshot);
        foreach (var task in request.Offered)
            _pending.Offer(task);
        foreach (var task in request.Withdrawn)
            _pending.Withdraw(task);
        if (request.Change is not { } change)
            return;
        if (execution.Row.WakeAt is { } before)
            _wakes.Remove(new WakeEntry(request.Id, before));
        execution.Change(change);
        if (execution.Row.WakeAt is { } at)
            _wakes.Add(new WakeEntry(request.Id, at));
    }

    private static int CompareWakes(WakeEntry left, WakeEntry right) =>
        left.WakeAt != right.WakeAt ? left.WakeAt.CompareTo(right.WakeAt) : left.Id.CompareTo(right.Id);
}
