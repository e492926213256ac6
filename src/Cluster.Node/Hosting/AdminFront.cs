using System.Text.Json;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Transport;
using Cluster.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cluster.Node.Hosting;

/// <summary>
/// <c>/admin</c>, on a loopback port of its own: how the node, its shards and its executions stand; and the drain.
/// </summary>
public sealed class AdminFront(ClusterNode node, IExecutionQueries queries, Drain drain, NodeStores stores)
{
    private const string Executions = "/admin/executions/";
    private const string Passivate = "/passivate";
    private const string Release = "/release";

    /// <summary>The most quarantined executions that are listed at once; <c>?after=ID</c> goes on.</summary>
    private const int QuarantinePage = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Ends the pipeline with /admin.</summary>
    public void Use(IApplicationBuilder app) => app.Run(http => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/admin") => TellAsync(http, Status(collect: http.Request.Query.ContainsKey("collect"))),
        ("GET", "/admin/shards") => ShardsAsync(http),
        ("GET", "/admin/quarantine") => QuarantineAsync(http),
        ("GET", "/admin/cluster") => ClusterAsync(http),
        ("GET", { } path) when path.StartsWith(Executions, StringComparison.Ordinal) =>
            WithIdAsync(http, path[Executions.Length..], ExecutionAsync),
        ("POST", { } path) when Named(path, Passivate) is { } id => WithIdAsync(http, id, PassivateAsync),
        ("POST", { } path) when Named(path, Release) is { } id => WithIdAsync(http, id, ReleaseAsync),
        ("POST", "/admin/drain") => DrainAsync(http),
        ("POST", BackupFront.Path) => BackupFront.AnswerAsync(http, stores),
        _ => RefuseAsync(http, StatusCodes.Status404NotFound, "Not found. There are: GET /admin[?collect], GET /admin/shards, GET /admin/cluster, GET /admin/executions/ID, POST /admin/executions/ID/passivate, GET /admin/quarantine[?after=ID], POST /admin/executions/ID/release, POST /admin/drain, POST /admin/backup."),
    });

    /// <summary>How the process stands.</summary>
    /// <param name="collect">Whether all garbage is collected first, which stops the process for a moment: then what is left is in use.</param>
    private object Status(bool collect)
    {
        // Aggressive also gives free memory back to the system, so that what is resident tells what is needed.
        if (collect)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Status();
    }

    private object Status() => new
    {
        heapBytes = GC.GetTotalMemory(forceFullCollection: false),
        allocatedBytes = GC.GetTotalAllocatedBytes(),
        collections = GC.CollectionCount(0),
        store = stores.Name,
        storeFigures = stores.Statistics?.Invoke(),
        executionsInMemory = ExecutionMetrics.OfProcess.Live,
        actors = node.System.Live,
        callsInFlight = node.CallsInFlight,
        draining = drain.IsDraining,
        residentBytes = Environment.WorkingSet,
        processId = Environment.ProcessId,
    };

    private async Task ShardsAsync(HttpContext http)
    {
        var reports = new List<ShardReport>();
        foreach (var shard in node.Region.Shards)
        {
            var promise = new PromiseRef();
            shard.Tell(InspectShard.Instance, promise);
            reports.Add((ShardReport)await promise.Answer.WaitAsync(http.RequestAborted).ConfigureAwait(false));
        }

        await TellAsync(http, reports).ConfigureAwait(false);
    }

    private async Task ClusterAsync(HttpContext http)
    {
        if (node.Coordinator is not { } coordinator)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "This process shares its store with nobody: it holds every shard.").ConfigureAwait(false);
            return;
        }

        var promise = new PromiseRef();
        coordinator.Tell(InspectCluster.Instance, promise);
        await TellAsync(http, (ClusterReport)await promise.Answer.WaitAsync(http.RequestAborted).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task ExecutionAsync(HttpContext http, ExecutionId id)
    {
        if (await queries.GetAsync(id, http.RequestAborted).ConfigureAwait(false) is not { } row)
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "No such execution.").ConfigureAwait(false);
            return;
        }

        var last = await queries.ReadLastAsync(id, http.RequestAborted).ConfigureAwait(false);
        await TellAsync(http, new
        {
            id = id.ToString(),
            row.Account,
            row.Region,
            row.StateMachine,
            row.Name,
            status = row.Status.ToString(),
            row.StartDate,
            row.StopDate,
            row.WakeAt,
            bucket = id.Bucket,
            sequenceNr = last?.SequenceNr,
            historyEvents = last?.LastHistoryId,
        }).ConfigureAwait(false);
    }

    private async Task PassivateAsync(HttpContext http, ExecutionId id)
    {
        node.Region.Tell(new ToEntity(id, GoToSleep.Instance), sender: null);
        await TellAsync(http, new { asked = id.ToString() }).ConfigureAwait(false);
    }

    private async Task QuarantineAsync(HttpContext http)
    {
        ExecutionId? after = ExecutionId.TryParse(http.Request.Query["after"].ToString(), out var last) ? last : null;
        var quarantined = await stores.Suspects
            .ReadQuarantinedAsync(0, Buckets.Count - 1, after, QuarantinePage, http.RequestAborted).ConfigureAwait(false);
        await TellAsync(http, new
        {
            quarantined = quarantined.Select(found => new
            {
                id = found.Row.Id.ToString(),
                found.Row.Account,
                found.Row.Region,
                found.Row.StateMachine,
                found.Row.Name,
                status = found.Row.Status.ToString(),
                found.Row.StartDate,
                found.Crashes,
                found.Since,
            }),
            parkedHere = node.Parked.All.Select(parked => new
            {
                id = parked.Id.ToString(),
                reason = parked.Reason.ToString(),
                parked.Words,
                parked.Since,
            }),
        }).ConfigureAwait(false);
    }

    /// <summary>Forgets why an execution is not run, and wakes it.</summary>
    private async Task ReleaseAsync(HttpContext http, ExecutionId id)
    {
        var crashes = await stores.Suspects.ReleaseAsync(id, http.RequestAborted).ConfigureAwait(false);
        node.Parked.Remove(id);
        node.Region.Tell(new ToEntity(id, Wake.Instance), sender: null);
        await TellAsync(http, new { released = id.ToString(), crashes }).ConfigureAwait(false);
    }

    private async Task DrainAsync(HttpContext http)
    {
        drain.Begin();
        var drained = await drain.FinishedAsync(http.RequestAborted).ConfigureAwait(false);
        await TellAsync(http, new { drained, callsInFlight = node.CallsInFlight }).ConfigureAwait(false);
    }

    private static Task WithIdAsync(HttpContext http, string text, Func<HttpContext, ExecutionId, Task> answer) => ExecutionId.TryParse(text, out var id)
        ? answer(http, id)
        : RefuseAsync(http, StatusCodes.Status400BadRequest, "An execution id has 32 hexadecimal digits.");

    /// <summary>The text between the executions' path and an action, or null.</summary>
    private static string? Named(string path, string action) =>
        path.StartsWith(Executions, StringComparison.Ordinal) && path.EndsWith(action, StringComparison.Ordinal)
            && path.Length > Executions.Length + action.Length
            ? path[Executions.Length..^action.Length]
            : null;

    private static Task TellAsync(HttpContext http, object value) => http.Response.WriteAsJsonAsync(value, Json, http.RequestAborted);

    private static Task RefuseAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(text + "\n");
    }
}
