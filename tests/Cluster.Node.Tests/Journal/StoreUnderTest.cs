using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.StateMachines.Postgres;
using Cluster.Node.StateMachines.Sqlite;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>A store as the contract suites see it: all its ports, and its end.</summary>
public sealed class StoreUnderTest(
    IExecutionJournal journal,
    IExecutionQueries queries,
    IShardRegister shards,
    ISuspectStore suspects,
    IPendingTasks pending,
    IStateMachineStore stateMachines,
    IActivityStore activities,
    IDisposable? end) : IDisposable
{
    public IExecutionJournal Journal { get; } = journal;

    public IExecutionQueries Queries { get; } = queries;

    public IShardRegister Shards { get; } = shards;

    public ISuspectStore Suspects { get; } = suspects;

    public IPendingTasks Pending { get; } = pending;

    public IStateMachineStore StateMachines { get; } = stateMachines;

    public IActivityStore Activities { get; } = activities;

    public required IRetentionStore Retention { get; init; }

    public static StoreUnderTest InMemory()
    {
        var store = new InMemoryStore();
        var machines = new InMemoryStateMachineStore();
        return new StoreUnderTest(store, store, store, store, store, machines, new InMemoryActivityStore(), end: null)
        {
            Retention = new InMemoryRetention(store, machines),
        };
    }

    public static StoreUnderTest Sqlite(TemporaryDirectory directory)
    {
        var store = SqliteStore.TryOpen(directory.Options, out var refusal);
        Assert.Null(refusal);
        return Sqlite(store!);
    }

    public static StoreUnderTest Sqlite(SqliteStore store) =>
        new(store, store, store, store, store, new SqliteStateMachineStore(store), new SqliteActivityStore(store), store)
        {
            Retention = store,
        };

    public static StoreUnderTest Postgres(PostgresDatabase database) => Postgres(database.Open());

    public static StoreUnderTest Postgres(PostgresStore store) =>
        new(store, store, store, store, store, new PostgresStateMachineStore(store), new PostgresActivityStore(store), store)
        {
            Retention = store,
        };

    public void Dispose() => end?.Dispose();
}

/// <summary>A directory of one test, deleted at its end.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cluster-test-").FullName;

    public SqliteStoreOptions Options => new() { Directory = Path, Broken = e => throw e };

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
