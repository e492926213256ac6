using System.Collections.Concurrent;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>Appends and loads as a test likes to write them, and keeps the answers in the order in which they came.</summary>
public sealed class JournalDriver(IExecutionJournal journal, IReadOnlyList<long> epochs) : IAppendReply, ILoadReply
{
    public const string Account = "123456789012";
    public const string Region = "us-east-1";
    public const string Machine = "orders";
    public const string Activity = "packing";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<AppendRequest, TaskCompletionSource<AppendOutcome>> _appends = new();
    private readonly ConcurrentDictionary<ExecutionId, TaskCompletionSource<LoadedExecution?>> _loads = new();
    private ulong _minted;

    public ConcurrentQueue<AppendRequest> Answers { get; } = new();

    public static async Task<JournalDriver> AcquireAsync(StoreUnderTest store) =>
        new(store.Journal, await store.Shards.AcquireShardsAsync(CancellationToken.None));

    public ExecutionId Mint(string name, long start = 1_000, string machine = Machine) =>
        ExecutionId.Create(start, Buckets.Of(Account, Region, machine, name), 0, ++_minted);

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)((i * 31) + seed);
        return bytes;
    }

    public static JournalRow Row(long sequenceNr, long first = 0, long last = 0, int length = 20, bool terminal = false) =>
        new(sequenceNr, first, last, terminal, Bytes(length, (int)sequenceNr));

    public AppendRequest Start(
        ExecutionId id,
        string name,
        long now = 1_000,
        string machine = Machine,
        JournalRow? row = null,
        long? wakeAt = 0,
        ExecutionChange? change = null) => new()
        {
            Id = id,
            ExpectedSequenceNr = 0,
            Shard = ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount),
            Epoch = epochs[ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount)],
            Row = row ?? Row(1, 1, 2),
            Name = new NameReservation(Account, Region, machine, name, now),
            NewExecution = new ExecutionRow
            {
                Id = id,
                Account = Account,
                Region = Region,
                StateMachine = machine,
                Name = name,
                Status = ExecutionStatus.Running,
                StartDate = id.StartTime,
                InputHash = Bytes(32, 7),
                DefinitionHash = Bytes(32, 8),
                WakeAt = wakeAt,
            },
            Change = change,
            Reply = this,
        };

    public AppendRequest Next(
        ExecutionId id,
        long expected,
        JournalRow? row,
        ExecutionChange? change = null,
        StoredSnapshot? snapshot = null,
        long? epoch = null) => new()
        {
            Id = id,
            ExpectedSequenceNr = expected,
            Shard = ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount),
            Epoch = epoch ?? epochs[ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount)],
            Row = row,
            Change = change,
            Snapshot = snapshot,
            Reply = this,
        };

    /// <summary>A task that waits for a worker.</summary>
    public static PendingTask Task(
        ExecutionId id, long scheduledAt, string activity = Activity, string scope = "", long visit = 1, int attempt = 0) =>
        new(Account, Region, activity, id, scope, visit, attempt, scheduledAt);

    /// <summary>A page of the tasks of an activity.</summary>
    public static async Task<IReadOnlyList<PendingTask>> PendingAsync(
        IPendingTasks store, string activity = Activity, PendingTask? after = null, int limit = 1_000) =>
        await store.ReadPendingAsync(Account, Region, activity, after, limit, CancellationToken.None);

    public AppendRequest End(ExecutionId id, long expected, long stop, long nameExpiresAt) => Next(
        id,
        expected,
        Row(expected + 1, terminal: true),
        new ExecutionChange(ExecutionStatus.Succeeded, stop, WakeAt: null, nameExpiresAt));

    public Task<AppendOutcome> SendAsync(AppendRequest request)
    {
        var source = _appends.GetOrAdd(request, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        journal.Append(request);
        return source.Task.WaitAsync(Patience);
    }

    public async Task<AppendOutcomeKind> KindAsync(AppendRequest request) => (await SendAsync(request)).Kind;

    public Task<LoadedExecution?> LoadAsync(ExecutionId id, bool fromSnapshot = true)
    {
        var source = _loads[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        journal.Load(id, fromSnapshot, this);
        return source.Task.WaitAsync(Patience);
    }

    public void Answered(AppendRequest request, in AppendOutcome outcome)
    {
        Answers.Enqueue(request);
        Assert.True(_appends[request].TrySetResult(outcome), "An append was answered twice.");
    }

    public void Loaded(ExecutionId id, LoadedExecution? execution) => _loads[id].TrySetResult(execution);

    public void LoadFailed(ExecutionId id, Exception reason) => _loads[id].TrySetException(reason);
}
