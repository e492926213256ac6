using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>What a server needs for workers that poll and get nothing.</summary>
internal static class IdlePollRun
{
    private const int Activities = 5;
    private const int PollersEach = 1_000;
    private const int WarmUpRounds = 5;
    private const int WarmUpsEach = 200;
    private const double MostMegabytes = 60;
    private const double MostCpuPercent = 1;
    private const double MegabytesPerMiB = 1.048576;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromSeconds(1);

    /// <summary>How long the processor time is counted; with the settling before and after it, less than a poll waits.</summary>
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(20);

    /// <summary>5,000 polls that wait: resident memory beside that without them, and processor time.</summary>
    public static async Task<bool> RunAsync()
    {
        using var folder = new TempFolder();
        await using var server = await HttpServer.RunAsync(folder.Path);
        var activities = new List<string>();
        for (var i = 0; i < Activities; i++)
        {
            activities.Add(await server.CreateActivityAsync(Named("idle", i)));
            await server.CreateAsync(Named("machine", i), ActivityMachine.DefinitionOf(activities[i]));
        }

        await server.AdminAsync(collect: true);
        var fresh = ProcessUsage.ResidentMiB(server.ProcessId);
        for (var i = 0; i < WarmUpRounds; i++)
        {
            CloseAll(Poll(server, activities, WarmUpsEach));
            await Task.Delay(BetweenRounds);
        }

        await Task.Delay(Settling);
        await server.AdminAsync(collect: true);
        var before = ProcessUsage.ResidentMiB(server.ProcessId);
        var heapBefore = await HeapMiBAsync(server);
        var idleCpu = await CpuPercentAsync(server);

        var polls = Poll(server, activities, PollersEach);
        await Task.Delay(Settling);
        var settled = ProcessUsage.ResidentMiB(server.ProcessId);
        var cpu = await CpuPercentAsync(server);
        var steady = ProcessUsage.ResidentMiB(server.ProcessId);
        await server.AdminAsync(collect: true);
        var after = ProcessUsage.ResidentMiB(server.ProcessId);
        var heapAfter = await HeapMiBAsync(server);
        var answeredEarly = polls.Count(poll => poll.IsAnswered);
        for (var i = 0; i < Activities; i++)
            await server.StartAsync(Named("machine", i), "one", "{}");
        await Task.Delay(Settling);
        var given = polls.Where(poll => poll.IsAnswered).Count(poll => poll.Receive("GetActivityTask").IndexOf("taskToken"u8) >= 0);
        CloseAll(polls);
        return new Figure("idle_polls")
            .With("polls", polls.Count)
            .With("activities", Activities)
            .With("resident_mib_fresh", fresh)
            .With("resident_mib_before", before)
            .With("resident_mib_settled", settled)
            .With("resident_mib_steady", steady)
            .With("resident_mib_collected", after)
            .With("heap_bytes_each", (heapAfter - heapBefore) * 1024 * 1024 / polls.Count)
            .With("resident_bytes_each", (after - before) * 1024 * 1024 / polls.Count)
            .With("cpu_percent_without", idleCpu)
            .With("cpu_percent_with", cpu)
            .AtMost("answered_early", answeredEarly, 0)
            .AtLeast("tasks_given", given, Activities)
            .AtMost("cpu_percent_more", cpu - idleCpu, MostCpuPercent)
            .With("resident_mb_more_uncollected", (steady - before) * MegabytesPerMiB)
            .AtMost("resident_mb_more", (after - before) * MegabytesPerMiB, MostMegabytes)
            .Print();
    }

    private static List<RawConnection> Poll(HttpServer server, IReadOnlyList<string> activities, int each)
    {
        var polls = new List<RawConnection>();
        for (var i = 0; i < each; i++)
        {
            foreach (var activity in activities)
            {
                var poll = new RawConnection(server.Endpoint);
                poll.Send("GetActivityTask", $$"""{"activityArn":"{{activity}}","workerName":"{{Named("worker", i)}}"}""");
                polls.Add(poll);
            }
        }

        return polls;
    }

    private static void CloseAll(List<RawConnection> polls)
    {
        foreach (var poll in polls)
            poll.Dispose();
    }

    private static async Task<double> HeapMiBAsync(HttpServer server) => (long)(await server.AdminAsync(collect: false))["heapBytes"]! / 1024.0 / 1024;

    private static async Task<double> CpuPercentAsync(HttpServer server)
    {
        var used = ProcessUsage.Of(server.ProcessId);
        await Task.Delay(Watching);
        return (ProcessUsage.Of(server.ProcessId) - used).CpuSeconds / Watching.TotalSeconds * 100;
    }

    private static string Named(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");
}
