using Cluster.Asl.Interpreter;
using Cluster.Node.Database;
using Cluster.Node.Diagnostics;
using Cluster.Node.Executions;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.StateMachines;
using Cluster.Node.Tasks.Lambda;
using Cluster.Node.Timers;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>Puts a node together and runs it.</summary>
public static class NodeHost
{
    /// <summary>The file of the data directory that holds the address of /admin.</summary>
    public const string AdminFileName = "admin";

    private const int Refused = 1;

    /// <summary>How long answers under way may take once the process is told to stop.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>Runs a node until it is told to stop.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="stop">Asks to drain and end.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> RunAsync(ClusterSettings settings, CancellationToken stop) =>
        RunAsync(settings, NoFaultPoints.Instance, stop);

    /// <summary>Runs a node with the fault points of a test host.</summary>
    public static async Task<int> RunAsync(ClusterSettings settings, IFaultPoints faultPoints, CancellationToken stop)
    {
        if (NodeServers.Judge(settings.Gateway) is { Count: > 0 } wrong)
            return await RefuseAsync(string.Join(Environment.NewLine, wrong)).ConfigureAwait(false);
        DecisionSlotFile? slots = null;
        var stores = NodeStores.TryOpen(settings.Journal, out var refusal, e => EndBroken(e, slots));
        if (stores is null)
            return await RefuseAsync(refusal!).ConfigureAwait(false);
        using var closer = stores.Closer;
        ForgetAdmin(settings);
        IReadOnlyList<long>? epochs = null;
        try
        {
            if (stores.Register is null)
                epochs = await stores.Shards.AcquireShardsAsync(stop).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            return await RefuseAsync($"the shards of {stores.Name} cannot be taken: {e.Message}").ConfigureAwait(false);
        }

        // It listens before anything is counted: what goes up and down is told as changes.
        using var metrics = new MetricsPage();
        using var loggers = LoggerFactory.Create(static logging => logging
            .AddSimpleConsole(static console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
                console.UseUtcTimestamp = true;
            })
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter(typeof(ShardCoordinator).FullName, LogLevel.Information)
            .AddFilter(typeof(RetentionLoop).FullName, LogLevel.Information));
        var time = TimeProvider.System;
        var chance = new SystemChance();
        slots = await BeginSlotsAsync(settings.Journal, stores, chance, time, loggers, stop).ConfigureAwait(false);
        using var inOrder = slots;
        using var tasks = new LambdaTaskRunner(settings.Tasks, time, loggers.CreateLogger<LambdaTaskRunner>());
        using var timers = new TimerQueue(time);
        var observers = new NodeObservers(settings, time, loggers);
        await using var flushing = observers.ConfigureAwait(false);
        var keys = await StoreTokenKeys.OpenAsync(
            stores.Keys, SecretSources.Cryptographic, time, loggers.CreateLogger<StoreTokenKeys>(), stop).ConfigureAwait(false);
        await using var keeping = keys.ConfigureAwait(false);
        var parts = new NodeParts
        {
            Observer = observers.Observer,
            Journal = stores.Journal,
            Queries = stores.Queries,
            Machines = stores.Machines,
            Activities = stores.Activities,
            Epochs = epochs,
            Shared = stores.Register is { } register
                ? new SharedShards(
                    new StoreRegister(register, loggers.CreateLogger<StoreRegister>()), register.ShardCount, settings.Sharding.Leases)
                : null,
            Tasks = tasks,
            Dispatcher = new ThreadPoolDispatcher(),
            Time = time,
            Timers = timers,
            Wakes = new StoreWakeSource(stores.Queries, loggers.CreateLogger<StoreWakeSource>()),
            Pending = new StorePendingTasks(stores.Pending, loggers.CreateLogger<StorePendingTasks>()),
            Tokens = keys.Tokens,
            Chance = chance,
            Secrets = SecretSources.Cryptographic,
            Address = new NodeAddress(settings.Node.Partition, settings.Node.Region, settings.Node.Account),
            Loggers = loggers,
            Limits = Limits.Default with
            {
                HistoryEvents = settings.Node.HistoryLimit,
                AllTakesDataLimitExceeded = settings.Node.CatchAllTakesDataLimit,
            },
            FaultPoints = faultPoints,
            Slots = slots ?? (IDecisionSlots)NoDecisionSlots.Instance,
        };
        return await ServeAsync(settings, parts, stores, metrics, stop).ConfigureAwait(false);
    }

    /// <summary>Books what former processes may have ended over; only where there is a folder that the next process finds again.</summary>
    private static async ValueTask<DecisionSlotFile?> BeginSlotsAsync(
        JournalSettings settings, NodeStores stores, SystemChance chance, TimeProvider time, ILoggerFactory loggers, CancellationToken stop)
    {
        if (settings.Store == StoreKind.Memory || !Directory.Exists(settings.Directory))
            return null;
        var incarnation = stores.Register?.Incarnation ?? ((long)(chance.Next() >> 1) | 1);
        return await SuspicionOf(settings, stores, time, loggers).BeginAsync(incarnation, stop).ConfigureAwait(false);
    }

    private static Suspicion SuspicionOf(JournalSettings settings, NodeStores stores, TimeProvider time, ILoggerFactory loggers) =>
        new(stores.Suspects, settings.Directory, time, loggers.CreateLogger<Suspicion>());

    /// <summary>To go on would be to answer from a store that no longer takes anything. The reason lies in no execution.</summary>
    private static void EndBroken(Exception reason, DecisionSlotFile? slots)
    {
        slots?.Disregard();
        Environment.FailFast("The store is broken: " + reason.Message, reason);
    }

    private static async Task<int> ServeAsync(
        ClusterSettings settings, NodeParts parts, NodeStores stores, MetricsPage metrics, CancellationToken stop)
    {
        var node = new ClusterNode(parts);
        var drain = new Drain(node, settings.Node.DrainTimeout, parts.Time);
        var servers = new NodeServers(settings, node, parts, drain, metrics, stores);
        await using var closing = servers.ConfigureAwait(false);
        try
        {
            await servers.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            return await RefuseAsync(e.Message).ConfigureAwait(false);
        }

        if (await JoinedAsync(settings, node, servers, stores, stop).ConfigureAwait(false))
        {
            await TellWhereAsync(settings, servers, stores).ConfigureAwait(false);
            await SuspicionOf(settings.Journal, stores, parts.Time, parts.Loggers).LookAtAllAsync(node.Region, CancellationToken.None).ConfigureAwait(false);
            var retention = RetentionOf(settings.Retention, stores, parts);
            await Stopped(stop).ConfigureAwait(false);
            if (retention is not null)
                await retention.DisposeAsync().ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync("cluster: draining").ConfigureAwait(false);
        drain.Begin();
        if (stores.Register is not null)
            await drain.FinishedAsync(CancellationToken.None).ConfigureAwait(false);
        using (var answers = new CancellationTokenSource(AnswerTime, parts.Time))
            await servers.StopGatewayAsync(answers.Token).ConfigureAwait(false);
        var drained = await drain.FinishedAsync(CancellationToken.None).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(drained
            ? "cluster: stopped"
            : $"cluster: stopped with {node.CallsInFlight} calls in flight").ConfigureAwait(false);
        return 0;
    }

    /// <summary>Begins to remove what need not be kept, where the store can.</summary>
    private static RetentionLoop? RetentionOf(RetentionSettings settings, NodeStores stores, NodeParts parts)
    {
        var metrics = RetentionMetrics.OfProcess;
        return stores.Retention is not { } store
            ? null
            : new RetentionLoop(
                new RetentionRound(store, settings.Rules, parts.Time, RetentionRound.DefaultPause, metrics),
                settings.Every,
                parts.Time,
                metrics,
                parts.Loggers.CreateLogger<RetentionLoop>());
    }

    /// <summary>Joins the other nodes; false when the process is told to stop before it could.</summary>
    private static async Task<bool> JoinedAsync(
        ClusterSettings settings, ClusterNode node, NodeServers servers, NodeStores stores, CancellationToken stop)
    {
        if (stores.Register is not { } register)
            return true;
        var address = settings.Sharding.Address?.GetLeftPart(UriPartial.Authority) ?? servers.GatewayAddress;
        var me = new NodeEntry(register.Incarnation, settings.Sharding.Name, address, IsLeaving: false);
        try
        {
            await node.JoinAsync(me).WaitAsync(stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task TellWhereAsync(ClusterSettings settings, NodeServers servers, NodeStores stores)
    {
        if (settings.Journal.Store == StoreKind.Sqlite)
        {
            var file = Path.Combine(settings.Journal.Directory, AdminFileName);
            try
            {
                await File.WriteAllTextAsync(file, servers.AdminAddress + "\n").ConfigureAwait(false);
            }
            catch (IOException e)
            {
                // A process on a full disk can still answer reads, and everything once there is room.
                await Console.Error.WriteLineAsync($"cluster: warning: the address of /admin cannot be noted: {e.Message}").ConfigureAwait(false);
            }
        }

        await Console.Out.WriteLineAsync(
            $"cluster: ready on {servers.GatewayAddress}, admin on {servers.AdminAddress}/admin, {stores.Name}").ConfigureAwait(false);
    }

    /// <summary>An address that a former process left leads nowhere, or to somebody else.</summary>
    private static void ForgetAdmin(ClusterSettings settings)
    {
        if (settings.Journal.Store == StoreKind.Sqlite)
            File.Delete(Path.Combine(settings.Journal.Directory, AdminFileName));
    }

    private static Task Stopped(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Register(() => stopped.TrySetResult());
        return stopped.Task;
    }

    private static async Task<int> RefuseAsync(string reason)
    {
        await Console.Error.WriteLineAsync($"cluster: error: {reason}").ConfigureAwait(false);
        return Refused;
    }
}
