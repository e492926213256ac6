using System.Diagnostics;
using System.Text;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Executions;
using Cluster.Node.Hosting;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.StateMachines;
using Cluster.Node.Tasks;
using Cluster.Node.Tasks.Lambda;
using Cluster.Node.Timers;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Benchmarks.Load;

/// <summary>A whole node in this process, with the parts of the shipped one, but without HTTP.</summary>
internal sealed class InProcessNode : ILoadTarget, IDisposable
{
    private const string Partition = "aws";
    private const string Region = "us-east-1";
    private const string Account = "123456789012";

    private readonly NodeStores _stores;
    private readonly LambdaTaskRunner _tasks;
    private readonly TimerQueue _timers;
    private readonly ClusterNode _node;

    private InProcessNode(NodeStores stores, IReadOnlyList<long> epochs, IDecisionSlots slots, ITaskRunner? tasks)
    {
        HeldAt = Stopwatch.GetTimestamp();
        _stores = stores;
        _timers = new TimerQueue(TimeProvider.System);
        _tasks = new LambdaTaskRunner(
            new TaskSettings { Functions = [new FunctionSettings { Name = "echo", Protocol = FunctionProtocol.Echo }] },
            TimeProvider.System,
            NullLogger.Instance);
        _node = new ClusterNode(new NodeParts
        {
            Journal = stores.Journal,
            Queries = stores.Queries,
            Machines = stores.Machines,
            Activities = stores.Activities,
            Epochs = epochs,
            Tasks = tasks ?? _tasks,
            Dispatcher = new ThreadPoolDispatcher(),
            Time = TimeProvider.System,
            Timers = _timers,
            Wakes = new StoreWakeSource(stores.Queries, NullLogger<StoreWakeSource>.Instance),
            Pending = new StorePendingTasks(stores.Pending, NullLogger<StorePendingTasks>.Instance),
            Chance = new SystemChance(),
            Secrets = SecretSources.Cryptographic,
            Address = new NodeAddress(Partition, Region, Account),
            Loggers = NullLoggerFactory.Instance,
            Slots = slots,
        });
    }

    public int ProcessId => Environment.ProcessId;

    /// <summary>When it held its shards.</summary>
    public long HeldAt { get; }

    /// <summary>How many actors live, shards included.</summary>
    public int LiveActors => _node.System.Live;

    /// <summary>The bucket of an execution's name.</summary>
    public static int BucketOf(string machine, string name) => Buckets.Of(Account, Region, machine, name);

    /// <summary>Opens a node on a folder.</summary>
    public static Task<InProcessNode> OpenAsync(string directory) =>
        OpenAsync(new JournalSettings { Store = StoreKind.Sqlite, Directory = directory });

    /// <summary>Opens a node on a store. It holds all shards when this returns, and has begun to read who must be woken.</summary>
    /// <param name="settings">The store.</param>
    /// <param name="around">What stands between the node and the journal; by default nothing.</param>
    /// <param name="tasks">Who makes the calls; by default the shipped one, which knows the built-in echo.</param>
    public static async Task<InProcessNode> OpenAsync(
        JournalSettings settings, Func<IExecutionJournal, IExecutionJournal>? around = null, ITaskRunner? tasks = null)
    {
        var stores = NodeStores.TryOpen(settings, out var refusal) ?? throw new InvalidOperationException(refusal);
        var slots = settings.Store == StoreKind.Memory || !Directory.Exists(settings.Directory)
            ? null
            : await new Suspicion(stores.Suspects, settings.Directory, TimeProvider.System, NullLogger<Suspicion>.Instance)
                .BeginAsync(incarnation: 1, CancellationToken.None);
        var epochs = await stores.Shards.AcquireShardsAsync(CancellationToken.None);
        return new InProcessNode(
            around is null ? stores : stores with { Journal = around(stores.Journal) },
            epochs,
            slots ?? (IDecisionSlots)NoDecisionSlots.Instance,
            tasks);
    }

    public async Task CreateAsync(string machine, string definition) => Held(await _node.Catalog.CreateStateMachineAsync(
        new CreateStateMachineRequest(machine, definition, "arn:aws:iam::123456789012:role/any", "STANDARD", LoggingConfiguration: null, Tracing: false),
        CancellationToken.None));

    public async Task StartAsync(string machine, string name, string input) => Held(await _node.Router.StartExecutionAsync(
        new StartExecutionRequest(ArnOf(machine), name, Encoding.UTF8.GetBytes(input)), CancellationToken.None));

    public async Task<IReadOnlyCollection<string>> RunningAsync(string machine)
    {
        var page = Held(await _node.Queries.ListExecutionsAsync(
            new ListExecutionsRequest(ArnOf(machine), "RUNNING", MaxResults: 1000, NextToken: null), CancellationToken.None));
        return page.Executions.Select(one => one.ExecutionArn.Name).ToHashSet(StringComparer.Ordinal);
    }

    public Task<IReadOnlyList<SeenEvent>> HistoryAsync(string machine, string name) => HistoryAsync(machine, name, maxResults: 1000, reverse: false);

    /// <summary>The last event of a history of any length.</summary>
    public async Task<SeenEvent> LastEventAsync(string machine, string name) => (await HistoryAsync(machine, name, maxResults: 1, reverse: true))[0];

    public Task<StoreFigures> StoreAsync() => Task.FromResult(_stores.Statistics!() switch
    {
        SqliteWriterStatistics sqlite => new StoreFigures(
            sqlite.Commits,
            sqlite.Writes,
            sqlite.Frames,
            sqlite.Checkpoints,
            sqlite.ApplyTime,
            sqlite.CommitTime,
            sqlite.CheckpointTime,
            GC.GetTotalAllocatedBytes()),
        WriterStatistics postgres => new StoreFigures(
            postgres.Commits,
            postgres.Writes,
            LogPages: 0,
            Checkpoints: 0,
            postgres.WriteTime,
            CommitTime: TimeSpan.Zero,
            CheckpointTime: TimeSpan.Zero,
            GC.GetTotalAllocatedBytes()),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is not known."),
    });

    public void Dispose()
    {
        _tasks.Dispose();
        _stores.Closer!.Dispose();
        _timers.Dispose();
    }

    private async Task<IReadOnlyList<SeenEvent>> HistoryAsync(string machine, string name, int maxResults, bool reverse)
    {
        var page = Held(await _node.Queries.GetExecutionHistoryAsync(
            new GetExecutionHistoryRequest(
                new ExecutionArn(Partition, Region, Account, machine, name), maxResults, reverse, IncludeExecutionData: true, NextToken: null),
            CancellationToken.None));
        return page.Events.Select(e => new SeenEvent(e.Id, e.Type)).ToList();
    }

    private static StateMachineArn ArnOf(string machine) => new(Partition, Region, Account, machine);

    private static T Held<T>(AwsResult<T> result)
        where T : class => result.Value ?? throw new InvalidOperationException($"{result.Error!.Code}: {result.Error.Message}");
}
