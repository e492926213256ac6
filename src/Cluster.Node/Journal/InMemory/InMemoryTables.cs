using System.Text;
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

    /// <summary>What is kept of removed executions for as long as they have their names.</summary>
    private readonly Dictionary<ExecutionId, KeptExecution> _removed = [];

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
            var key = (name.Account, name.Region, name.StateMachine, name.Name);
            if (_names.TryGetValue(key, out var holderId))
            {
                if (HolderOf(holderId) is { } holder && !(holder.NameExpiresAt <= name.Now))
                    return new AppendOutcome(AppendOutcomeKind.NameTaken, holder.Row);
                _removed.Remove(holderId);
            }

            _names[key] = request.Id;
        }

        if (request.NewExecution is { } created)
            execution = Insert(created);
        if (execution is not null)
            Write(request, execution, incarnation);
        return new AppendOutcome(AppendOutcomeKind.Appended);
    }

    /// <summary>The next machine that has executions, by account, region and name; null after the last.</summary>
    public MachineKey? NextMachine(MachineKey? after) => _lists.Where(list => list.Value.Count > 0)
        .Select(list => new MachineKey(list.Key.Account, list.Key.Region, list.Key.StateMachine))
        .Where(machine => after is null || Compare(machine, after) > 0)
        .Min(Comparer<MachineKey>.Create(Compare));

    /// <summary>Some executions of a machine that have ended and need not be woken, by id.</summary>
    public List<ExecutionId> Ended(MachineKey machine, RetentionPlace place, long endedBefore, int limit) =>
        !_lists.TryGetValue((machine.Account, machine.Region, machine.Name), out var ids)
            ? []
            :
            [
                .. ids.Where(id => id > place.After)
                    .Select(id => _executions[id].Row)
                    .Where(row => row.Status == place.Status && row.StopDate <= endedBefore && row.WakeAt is null)
                    .Take(limit)
                    .Select(row => row.Id),
            ];

    /// <summary>Removes an execution; how many rows it had. Its name goes with it when its time is over.</summary>
    public int Remove(ExecutionId id, long now)
    {
        var execution = _executions[id];
        var row = execution.Row;
        _executions.Remove(id);
        _lists[(row.Account, row.Region, row.StateMachine)].Remove(id);
        _suspects.Forget(id);
        var name = (row.Account, row.Region, row.StateMachine, row.Name);
        if (_names.TryGetValue(name, out var holder) && holder == id)
        {
            if (execution.NameExpiresAt > now)
                _removed.Add(id, Removed(execution));
            else
                _names.Remove(name);
        }

        return (int)execution.LastSequenceNr;
    }

    /// <summary>Frees names of removed executions whose time is over; how many.</summary>
    public int RemoveNames(long now, int limit)
    {
        var over = _removed.Values.Where(kept => kept.NameExpiresAt <= now).Take(limit).ToList();
        foreach (var (row, _) in over)
        {
            _removed.Remove(row.Id);
            _names.Remove((row.Account, row.Region, row.StateMachine, row.Name));
        }

        return over.Count;
    }

    /// <summary>The definitions that executions refer to.</summary>
    public HashSet<string> Definitions() =>
        _executions.Values.Select(execution => Convert.ToHexString(execution.Row.DefinitionHash.Span)).ToHashSet(StringComparer.Ordinal);

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

    private KeptExecution? HolderOf(ExecutionId id) => Find(id) is { } execution
        ? new KeptExecution(execution.Row, execution.NameExpiresAt)
        : _removed.GetValueOrDefault(id);

    /// <summary>What is kept of a removed execution, as the stores on disks keep it.</summary>
    private static KeptExecution Removed(InMemoryExecution execution) => new(
        execution.Row with { InputHash = ReadOnlyMemory<byte>.Empty, DefinitionHash = ReadOnlyMemory<byte>.Empty }, execution.NameExpiresAt);

    private static int Compare(MachineKey left, MachineKey right)
    {
        var account = string.CompareOrdinal(left.Account, right.Account);
        var region = string.CompareOrdinal(left.Region, right.Region);
        return account != 0 ? account : region != 0 ? region : CompareUtf8(left.Name, right.Name);
    }

    /// <summary>The order of the durable stores, which compare the UTF-8 bytes.</summary>
    private static int CompareUtf8(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

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
