using System.Diagnostics;
using System.Globalization;
using Cluster.Integration.Tests.Faults;
using Cluster.Integration.Tests.Kills;
using Cluster.Testing;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>F12b: the disk of a SQLite store is full for a while, twice.</summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed class SqliteFullDiskTests(ITestOutputHelper output)
{
    private const int Megabytes = 48;
    private const int Callers = 16;
    private const int LeastSeen = 40;
    private const int Rounds = 2;
    private const string IsFull = "\ncluster_store_full 1\n";
    private const string IsNotFull = "\ncluster_store_full 0\n";
    private static readonly string[] MustBeJudged = ["I1", "I2", "I3", "I8", "I12", "I13", "I19", "I20", "I22"];
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(50);

    private static TimeSpan Full => TimeSpan.FromSeconds(FaultCollection.IsSoak ? 60 : 4);

    [Fact]
    public async Task F12b_a_full_disk_refuses_starts_lets_reads_go_on_and_is_recovered_from()
    {
        using var disk = SmallDisk.TryMount(Megabytes, out var refusal);
        Assert.SkipWhen(disk is null, refusal ?? "");
        using var folder = new TempFolder();
        using var run = new RunFolder(folder["run"]) { Idempotent = new HashSet<string>(StringComparer.Ordinal) { KillMachine.Again, KillMachine.Flaky } };
        await using var functions = await LambdaStandIn.RunAsync(run.Calls, KillMachine.NameOf);
        KillMachine.Register(functions);
        await File.WriteAllTextAsync(folder["settings.json"], KillMachine.Settings(functions.Endpoint));
        run.ProcessStarts();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = disk!["data"], Arguments = ["--config", folder["settings.json"]] });
        using var api = new ApiClient(server.Endpoint) { Session = run.Clients.Begin() };
        using var http = new HttpClient();
        var machine = await api.CreateAsync("hurt", KillMachine.Definition);
        var load = new FaultLoad(api, machine, Callers);
        load.Begin();
        for (var round = 0; round < Rounds; round++)
        {
            await load.GoOnAsync(more: 200);
            Assert.Contains(IsNotFull, await MetricsAsync(), StringComparison.Ordinal);
            var full = await FillAsync(load, disk);
            var acknowledged = load.Acknowledged.Count;
            var (reads, slowestRead) = await ReadAsync(load, api, machine);
            Assert.Contains(IsFull, await MetricsAsync(), StringComparison.Ordinal);
            acknowledged = load.Acknowledged.Count - acknowledged;
            var free = FaultLoad.Now;
            disk.Empty();
            var back = await load.AcknowledgedAfterAsync(free);
            await load.GoOnAsync(Refused);
            Assert.Contains(IsNotFull, await MetricsAsync(), StringComparison.Ordinal);

            var answers = load.Answers.Where(one => one.At >= full && one.At < free).ToList();
            var refusals = answers.Count(one => one.Refused);
            var slowest = answers.Max(one => one.After);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"full for {Full.TotalSeconds:F0} s: {refusals} starts refused and {acknowledged} acknowledged, the slowest answer after {slowest.TotalMilliseconds:F0} ms; {reads} reads, the slowest {slowestRead.TotalMilliseconds:F0} ms; written again {back.TotalMilliseconds:F0} ms after there was room"));
            Assert.InRange(slowest, TimeSpan.Zero, Refused);
            Assert.InRange(back, TimeSpan.Zero, Back);
            Assert.True(refusals >= LeastSeen && reads >= LeastSeen, "too little went on while the disk was full");
        }

        Assert.True(Counted(await MetricsAsync(), "cluster_executions_refused_total") >= load.Refusals);
        await load.EndAsync();
        await JudgeAsync();

        Task<string> MetricsAsync() => http.GetStringAsync(new Uri(server.Endpoint, "/metrics"));

        async Task JudgeAsync()
        {
            for (var clock = Stopwatch.StartNew(); (await api.ListAsync(machine, "RUNNING")).Count > 0; await Task.Delay(ReadEvery))
                Assert.True(clock.Elapsed < Soon, $"executions are still open:\n{server.Output}");
            var verdict = new Verdict(CallLog.Read(run.Calls), []);
            foreach (var asked in load.Acknowledged)
            {
                var arn = ApiClient.ExecutionOf(machine, asked.Name);
                verdict.Judge(asked, (string)(await api.DescribeAsync(arn))["status"]!, await api.HistoryAsync(arn));
            }

            Assert.True(verdict.Wrong.Count == 0, $"{verdict.Wrong.Count} wrong:\n" + string.Join('\n', verdict.Wrong.Take(50)));
            Assert.Equal((0, 0, 0), (verdict.UnknownOutcomes, verdict.Resent, verdict.Exhausted));
            Assert.Equal(load.Acknowledged.Count, (await api.ListAsync(machine)).Count);
            await run.ReadBackAsync(api, machine);
            Assert.Equal(0, await server.TerminateAsync(Soon));
            run.ProcessEnded();
            var verified = await ClusterCommand.RunAsync("verify", disk["data"]);
            Assert.True(verified.ExitCode == 0, verified.Output);
            var report = run.JudgeSqlite(disk["data"]);
            output.WriteLine($"{load.Acknowledged.Count} executions, {functions.Calls} calls, {load.Refusals} refusals, {load.Unsure} starts unsure; {verified.Output.Trim()}; checker: {report}");
            Assert.Empty(report.Breaches);
            Assert.Empty(report.Idle.Intersect(MustBeJudged));
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_on_a_full_disk_loses_nothing_and_the_next_one_there_reads_or_says_why_not()
    {
        using var disk = SmallDisk.TryMount(Megabytes, out var refusal);
        Assert.SkipWhen(disk is null, refusal ?? "");
        var start = new ServerStart { Folder = disk!["data"], Arguments = StoreMachine.EchoEverything };
        string machine;
        StartLoad load;
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            machine = await api.CreateAsync("stored", StoreMachine.Definition);
            load = new StartLoad(api, machine, inputBytes: 2_000);
            await load.StartAsync(300, Callers);
            using var stop = new CancellationTokenSource();
            var running = load.RunAsync(Callers, stop.Token);
            while (!load.Seen.Any(seen => seen.Status >= 500))
            {
                disk.Fill();
                await Task.Delay(ReadEvery);
            }

            await server.KillAsync();
            await stop.CancelAsync();
            await running;
        }

        // It may find enough room to come up with, in the files that it has; if not, it says so. Either way nobody need look after it.
        disk.Fill();
        var second = ServerProcess.Launch(start);
        try
        {
            await second.ReadyAsync();
            using var api = new ApiClient(second.Endpoint);
            Assert.NotEmpty(await api.ListAsync(machine));
        }
        catch (InvalidOperationException) when (second.HasExited)
        {
            Assert.Equal(1, second.ExitCode);
            Assert.Contains("cluster: error: ", second.Output, StringComparison.Ordinal);
        }

        disk.Empty();
        if (second.HasExited)
        {
            await second.DisposeAsync();
            second = await ServerProcess.RunAsync(start);
        }

        await using (second)
        {
            using var api = new ApiClient(second.Endpoint);
            var there = (await api.ListAsync(machine)).Select(one => (string)one["name"]!).ToHashSet(StringComparer.Ordinal);
            Assert.All(load.Acknowledged, seen => Assert.True(there.Contains(seen.Name), $"{seen.Name} was acknowledged and is lost"));
            for (var clock = Stopwatch.StartNew(); !(await api.StartAsync(machine, "after", StoreMachine.Input(0, 10))).Succeeded; await Task.Delay(ReadEvery))
                Assert.True(clock.Elapsed < Back, second.Output);
            await second.TerminateAsync(Soon);
            Assert.DoesNotContain("Unhandled", second.Output, StringComparison.Ordinal);
        }

        var verified = await ClusterCommand.RunAsync("verify", disk["data"]);
        Assert.True(verified.ExitCode == 0, verified.Output);
    }

    /// <summary>Fills the disk until a start is refused; from when on it was full, Unix milliseconds.</summary>
    private static async Task<long> FillAsync(FaultLoad load, SmallDisk disk)
    {
        var (before, full) = (load.Refusals, FaultLoad.Now);
        await load.UntilAsync(
            () =>
            {
                disk.Fill();
                return load.Refusals > before;
            },
            "a start is refused");
        return full;
    }

    private static async Task<(int Reads, TimeSpan Slowest)> ReadAsync(FaultLoad load, ApiClient api, string machine)
    {
        var (reads, slowest) = (0, TimeSpan.Zero);
        var known = load.Acknowledged.First().Name;
        var arn = ApiClient.ExecutionOf(machine, known);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Full; await load.GoOnAsync(ReadEvery))
        {
            var began = clock.Elapsed;
            Assert.Equal(known, (string?)(await api.DescribeAsync(arn))["name"]);
            Assert.NotEmpty(await api.HistoryAsync(arn));
            Assert.NotEmpty(await api.ListAsync(machine));
            reads += 3;
            slowest = clock.Elapsed - began > slowest ? clock.Elapsed - began : slowest;
        }

        return (reads, slowest);
    }

    private static double Counted(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
}
