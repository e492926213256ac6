using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>What tasks cost that wait for a worker, and in which order workers get them.</summary>
internal static class BacklogRun
{
    private const int Few = 1_000;
    private const int Many = 100_000;

    /// <summary>Asked for by one worker, after the other tasks have been given to many at once.</summary>
    private const int InOrder = 2_000;

    private const int Connections = 64;
    private const double MostBytesEach = 300;

    /// <summary>It waits for a worker.</summary>
    private const string Machine = "backlog";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// 100,000 pending tasks of one activity: resident memory beside that with 1,000 of them and as many sleeping executions, and all of them
    /// given out, the oldest first.
    /// </summary>
    public static async Task<bool> RunAsync()
    {
        using var folder = new TempFolder();
        await using var server = await HttpServer.RunAsync(folder.Path);
        var activity = await server.CreateActivityAsync(Machine);
        await server.CreateAsync(Machine, ActivityMachine.DefinitionOf(activity));

        await server.CreateAsync(RestartRun.Machine, RestartRun.Definition);

        // As many that sleep without a worker: beside them it is seen what the tasks cost, and not what so many requests do.
        Fill(server, RestartRun.Machine, Few, Many);
        Fill(server, Machine, 0, Few);
        var few = await StandingAsync(server);
        var began = Stopwatch.GetTimestamp();
        Fill(server, Machine, Few, Many);
        var filled = Stopwatch.GetElapsedTime(began);
        var many = await StandingAsync(server);

        // One worker after the other sees the order; many at once see that each comes once.
        var order = new List<int>();
        using (var worker = new RawConnection(server.Endpoint))
        {
            while (order.Count < InOrder)
                order.Add(Poll(worker, activity));
        }

        began = Stopwatch.GetTimestamp();
        var rest = PollAll(server, activity, Many - InOrder);
        var given = Stopwatch.GetElapsedTime(began);
        var late = rest.Take(InOrder).Count(number => number >= (2 * InOrder) + (Connections * Connections));
        return new Figure("activity_backlog")
            .With("pending", Many)
            .With("filled_s", filled.TotalSeconds)
            .With("given_per_s", rest.Count / given.TotalSeconds)
            .With("live_execution_actors", many.Live)
            .With("heap_bytes_each", (many.HeapBytes - few.HeapBytes) / (Many - Few))
            .With("resident_mib_few", few.ResidentMiB)
            .With("resident_mib_many", many.ResidentMiB)
            .AtMost("resident_bytes_each", (many.ResidentMiB - few.ResidentMiB) * 1024 * 1024 / (Many - Few), MostBytesEach)
            .AtMost("out_of_order", order.Where((number, i) => number / Connections > (i / Connections) + 1).Count() + late, 0)
            .AtLeast("given_once", order.Concat(rest).Distinct().Count(), Many)
            .Print();
    }

    private static async Task<Standing> StandingAsync(HttpServer server)
    {
        await Task.Delay(Settling);
        var status = await server.AdminAsync(collect: true);
        return new Standing(ProcessUsage.ResidentMiB(server.ProcessId), (long)status["heapBytes"]!, (long)status["executionsInMemory"]!);
    }

    private static void Fill(HttpServer server, string machine, int from, int until) => OnConnections(server, from, until, (connection, number) => connection.Call(
        "StartExecution",
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"stateMachineArn":"{{HttpServer.ArnPrefix}}stateMachine:{{machine}}","name":"b-{{number}}","input":"{{number}}"}""")));

    private static List<int> PollAll(HttpServer server, string activity, int count)
    {
        var given = new ConcurrentQueue<int>();
        OnConnections(server, 0, count, (connection, _) => given.Enqueue(Poll(connection, activity)));
        return [.. given];
    }

    /// <summary>The number of the task that a worker gets.</summary>
    private static int Poll(RawConnection connection, string activity)
    {
        var reader = new Utf8JsonReader(connection.Call("GetActivityTask", $$"""{"activityArn":"{{activity}}","workerName":"w"}"""));
        using var answer = JsonDocument.ParseValue(ref reader);
        return answer.RootElement.TryGetProperty("input", out var input)
            ? int.Parse(input.GetString()!, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("A worker got nothing although tasks wait.");
    }

    private static void OnConnections(HttpServer server, int from, int until, Action<RawConnection, int> ask)
    {
        var next = from - 1;
        var failures = new ConcurrentQueue<Exception>();
        var threads = Enumerable.Range(0, Connections).Select(_ => new Thread(Ask)).ToList();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
        {
            if (!thread.Join(Patience))
                throw new InvalidOperationException("It takes too long.");
        }

        if (failures.TryDequeue(out var failure))
            throw new InvalidOperationException("A starter or a worker failed.", failure);

        void Ask()
        {
            try
            {
                using var connection = new RawConnection(server.Endpoint);
                for (var number = Interlocked.Increment(ref next); number < until; number = Interlocked.Increment(ref next))
                    ask(connection, number);
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }
    }

    /// <summary>How the server stands.</summary>
    /// <param name="ResidentMiB">Resident memory after a full collection.</param>
    /// <param name="HeapBytes">What is live on its heap.</param>
    /// <param name="Live">Execution actors.</param>
    private readonly record struct Standing(double ResidentMiB, long HeapBytes, long Live);
}
