using System.Globalization;
using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Journal.Postgres;
using Cluster.Protocol.Nodes;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>One life of one process as the contract of the register sees it: it asks, it writes, it is cut off.</summary>
public sealed class NodeUnderTest(IClusterRegister register, IExecutionJournal journal, Action cutOff)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How often a request is made while others hold the rows.</summary>
    private const int Attempts = 10;

    public long Me => register.Incarnation;

    public int ShardCount => register.ShardCount;

    public IExecutionJournal Journal { get; } = journal;

    /// <summary>The connection to the register breaks; presence is lost, if not at once then soon.</summary>
    public void CutOff() => cutOff();

    /// <summary>Asks, and again as long as others hold the rows for longer than the store waits for them: nothing was done then.</summary>
    private async Task<T> AskAsync<T>(RegisterRequest request)
    {
        var answer = await AskAsync(request);
        for (var attempt = 1; attempt < Attempts && answer is RegisterAnswer.Failed { Reason: var reason } && IsLockTimeout(reason); attempt++)
            answer = await AskAsync(request);
        Assert.Null((answer as RegisterAnswer.Failed)?.Reason);
        return Assert.IsType<T>(answer);
    }

    public async Task<RegisterAnswer> AskAsync(RegisterRequest request) => await register.AskAsync(request, CancellationToken.None);

    public NodeEntry Entry(bool leaving = false, string address = "http://here:1") =>
        new(Me, string.Create(CultureInfo.InvariantCulture, $"node {Me}"), address, leaving);

    public async Task<RegisterView> RenewAsync(TimeSpan? lease = null, bool leaving = false)
    {
        var request = new RegisterRequest.Renew(Entry(leaving), lease ?? Lease, SentAt: 7);
        var renewed = await AskAsync<RegisterAnswer.Renewed>(request);
        Assert.Same(request, renewed.Request);
        return renewed.View;
    }

    /// <summary>A renewal fails.</summary>
    public async Task FailToRenewAsync(TimeSpan? lease = null) =>
        Assert.IsType<RegisterAnswer.Failed>(await AskAsync(new RegisterRequest.Renew(Entry(), lease ?? Lease, SentAt: 7)));

    /// <summary>It renews after it was cut off. Where connections break, the first renewal fails.</summary>
    public async Task ComeBackAsync()
    {
        await AskAsync(new RegisterRequest.Renew(Entry(), Lease, SentAt: 7));
        await RenewAsync();
    }

    /// <summary>Its lease runs out at once.</summary>
    public Task<RegisterView> ExpireAsync() => RenewAsync(TimeSpan.Zero);

    public async Task<IReadOnlyList<ShardStanding>> TakeAsync(
        IEnumerable<ShardStanding> asSeen, long[]? absent = null, long above = 0, string reason = "test")
    {
        var request = new RegisterRequest.Take(Me, [.. asSeen], absent ?? [], above, reason);
        var granted = await AskAsync<RegisterAnswer.Granted>(request);
        Assert.Same(request, granted.Request);
        return granted.Shards;
    }

    /// <summary>Takes what nobody has ever had.</summary>
    public Task<IReadOnlyList<ShardStanding>> TakeNewAsync(params int[] shards) => TakeAsync(shards.Select(shard => new ShardStanding(shard, 0, 0)));

    public async Task<IReadOnlyList<ShardStanding>> HandOverAsync(long to, params ShardStanding[] shards)
    {
        var request = new RegisterRequest.HandOver(Me, to, shards);
        var granted = await AskAsync<RegisterAnswer.Granted>(request);
        Assert.Same(request, granted.Request);
        return granted.Shards;
    }

    public async Task LeaveAsync()
    {
        var request = new RegisterRequest.Leave(Me);
        Assert.Same(request, (await AskAsync<RegisterAnswer.Left>(request)).Request);
    }

    private static bool IsLockTimeout(string reason) => reason.Contains("lock timeout", StringComparison.Ordinal);
}

/// <summary>A register with any number of nodes.</summary>
public abstract class RegisterUnderTest : IDisposable
{
    public abstract NodeUnderTest Node();

    public abstract IReadOnlyList<GrantEntry> Grants();

    public virtual void Dispose()
    {
    }
}

/// <summary>The register of the memory store.</summary>
public sealed class InMemoryRegisterUnderTest : RegisterUnderTest
{
    private readonly InMemoryStore _store = new();
    private long _last = 10;

    public override NodeUnderTest Node()
    {
        var incarnation = ++_last;
        return new NodeUnderTest(_store.RegisterOf(incarnation), _store.JournalOf(incarnation), () => _store.CutOff(incarnation));
    }

    public override IReadOnlyList<GrantEntry> Grants() => _store.Grants;
}

/// <summary>The register of a PostgreSQL database; each node has its own store on it.</summary>
public sealed class PostgresRegisterUnderTest : RegisterUnderTest
{
    private readonly PostgresDatabase _database = new();
    private readonly List<PostgresStore> _stores = [];

    public override NodeUnderTest Node()
    {
        var store = _database.Open();
        _stores.Add(store);
        return Node(_database, store);
    }

    public static NodeUnderTest Node(PostgresDatabase database, PostgresStore store) => new(
        store,
        store,
        () => database.Query($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{NodeSession.NameOf(store.Incarnation)}'"));

    public override IReadOnlyList<GrantEntry> Grants() =>
    [
        .. _database.Query("SELECT shard, epoch, incarnation, id, (extract(epoch FROM at) * 1000)::bigint, reason FROM shard_log ORDER BY id")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('|'))
            .Select(part => new GrantEntry((int)Number(part[0]), Number(part[1]), Number(part[2]), Number(part[3]), Number(part[4]), part[5])),
    ];

    public override void Dispose()
    {
        foreach (var store in _stores)
            store.Dispose();
        _database.Dispose();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
