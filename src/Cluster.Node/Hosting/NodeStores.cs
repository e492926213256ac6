using Cluster.Node.Database.Postgres;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.StateMachines.Postgres;
using Cluster.Node.StateMachines.Sqlite;

namespace Cluster.Node.Hosting;

/// <summary>The stores of a node, of one kind.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Queries">Reads from it.</param>
/// <param name="Shards">The shards and their epochs, where one process holds them all.</param>
/// <param name="Suspects">Whom former processes may have ended over.</param>
/// <param name="Pending">The tasks of activities that wait for a worker.</param>
/// <param name="Keys">The keys of task tokens.</param>
/// <param name="Machines">Machines and definitions.</param>
/// <param name="Activities">Activities.</param>
/// <param name="Closer">Closes what is open, after the last append; null where nothing is.</param>
/// <param name="Name">The kind and the place, for people.</param>
/// <param name="Statistics">What the writer has done since it was opened, as the store counts it; null where there is no writer.</param>
/// <param name="Register">The nodes and shards, where several nodes share the store; null otherwise.</param>
/// <param name="Retention">Removes what need not be kept; null to keep all.</param>
/// <param name="BackUp">Backs the store up into a directory; null where a store has other ways.</param>
public sealed record NodeStores(
    IExecutionJournal Journal,
    IExecutionQueries Queries,
    IShardRegister Shards,
    ISuspectStore Suspects,
    IPendingTasks Pending,
    ITokenKeyStore Keys,
    IStateMachineStore Machines,
    IActivityStore Activities,
    IDisposable? Closer,
    string Name,
    Func<object>? Statistics = null,
    IClusterRegister? Register = null,
    IRetentionStore? Retention = null,
    Func<string, CancellationToken, Task<BackupOutcome>>? BackUp = null)
{
    /// <summary>Opens the stores that the settings name, or says why not.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="refusal">Why not; null when they are open.</param>
    /// <param name="broken">Ends the process when the store can never write again; null to end it at once.</param>
    public static NodeStores? TryOpen(JournalSettings settings, out string? refusal, Action<Exception>? broken = null)
    {
        switch (settings.Store)
        {
            case StoreKind.Memory:
                refusal = null;
                var memory = new InMemoryStore();
                var machines = new InMemoryStateMachineStore();
                return new NodeStores(
                    memory,
                    memory,
                    memory,
                    memory,
                    memory,
                    memory,
                    machines,
                    new InMemoryActivityStore(),
                    Closer: null,
                    "memory (nothing is kept)",
                    Retention: new InMemoryRetention(memory, machines));
            case StoreKind.Postgres:
                return TryOpenPostgres(settings, broken ?? EndNow, out refusal);
            default:
                return TryOpenSqlite(settings, broken ?? EndNow, out refusal);
        }
    }

    private static NodeStores? TryOpenSqlite(JournalSettings settings, Action<Exception> broken, out string? refusal)
    {
        var sqlite = SqliteStore.TryOpen(
            new SqliteStoreOptions
            {
                Directory = settings.Directory,
                FullSync = settings.Synchronous == SynchronousKind.Full,
                Broken = broken,
            },
            out refusal);
        return sqlite is null
            ? null
            : new NodeStores(
                sqlite,
                sqlite,
                sqlite,
                sqlite,
                sqlite,
                sqlite,
                new SqliteStateMachineStore(sqlite),
                new SqliteActivityStore(sqlite),
                sqlite,
                $"sqlite in {settings.Directory}",
                () => sqlite.Statistics,
                Retention: sqlite,
                BackUp: sqlite.BackUpAsync);
    }

    private static NodeStores? TryOpenPostgres(JournalSettings settings, Action<Exception> broken, out string? refusal)
    {
        if (PostgresAddress.TryParse(settings.Connection ?? "", out refusal) is not { } address)
            return null;
        var postgres = PostgresStore.TryOpen(new PostgresStoreOptions { Address = address, Broken = broken }, out refusal);
        return postgres is null
            ? null
            : new NodeStores(
                postgres,
                postgres,
                postgres,
                postgres,
                postgres,
                postgres,
                new PostgresStateMachineStore(postgres),
                new PostgresActivityStore(postgres),
                postgres,
                $"postgres at {address}",
                () => postgres.Statistics,
                postgres,
                postgres);
    }

    private static void EndNow(Exception reason) => Environment.FailFast("The store is broken: " + reason.Message, reason);
}
