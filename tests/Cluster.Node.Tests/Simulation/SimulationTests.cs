using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// Whole worlds from seeds. By environment: how many seeds and from which on, or one seed alone, whose steps are then written to a file.
/// </summary>
[Trait("Suite", "Simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const string SeedsSetting = "CLUSTER_SIMULATION_SEEDS";
    private const string FirstSeedSetting = "CLUSTER_SIMULATION_FIRST_SEED";
    private const string SeedSetting = "CLUSTER_SIMULATION_SEED";
    private const string OnlySetting = "CLUSTER_SIMULATION_ONLY";
    private const string HashFileSetting = "CLUSTER_SIMULATION_HASH_FILE";

    private const string NodesSetting = "CLUSTER_SIMULATION_NODES";

    /// <summary>For how many seeds of a cluster there is one of a single node.</summary>
    private const ulong SeedsPerSingle = 4;

    private const ulong DefaultSeeds = 50;
    private const int FewestExecutions = 100;
    private const int FailuresShown = 20;

    private static readonly TimeSpan ChildTime = TimeSpan.FromMinutes(2);

    [Fact]
    public void Every_seed_holds_and_every_kind_of_fault_happened()
    {
        if (Setting(SeedSetting) is { } seed)
        {
            One(seed);
            return;
        }

        var first = Setting(FirstSeedSetting) ?? 1;
        var count = Setting(SeedsSetting) ?? DefaultSeeds;
        var plans = new List<WorldPlan>();
        for (var i = 0UL; i < count; i++)
        {
            plans.Add(new WorldPlan(first + i, WorldShape.Cluster));
            if (i % SeedsPerSingle == 0)
                plans.Add(new WorldPlan(first + i, WorldShape.Single));
        }

        var results = new ConcurrentBag<SimulationResult>();
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(plans, plan => results.Add(SimulationResult.Of(plan)));
        Report(results, clock.Elapsed);
        var violated = results.Where(r => r.Violations.Count > 0).OrderBy(r => r.Seed).ToList();
        if (violated.Count > 0)
            Assert.Fail($"{violated.Count} seeds are violated.\n{string.Join('\n', violated.Take(FailuresShown).Select(Failure))}\n{Shortest(violated[0])}");
        foreach (var result in results)
        {
            Assert.True(result.Executions >= FewestExecutions, $"{result.Repeat}: only {result.Executions} executions");
            Assert.True(result.Elapsed >= World.FaultyTime, $"{result.Repeat}: only {result.Elapsed}");
        }

        if (count < DefaultSeeds)
            return;
        foreach (var kind in Enum.GetValues<FaultKind>())
            Assert.True(results.Sum(r => r.Faults[(int)kind]) > 0, $"over {count} seeds, {kind} never happened");
        foreach (var landmark in Enum.GetValues<Landmark>())
            Assert.True(results.Sum(r => r.Landmarks[(int)landmark]) > 0, $"over {count} seeds, {landmark} was never passed");
    }

    [Fact]
    public async Task Two_processes_do_the_same_with_the_same_seed()
    {
        const ulong Seed = 7;
        var here = SimulationResult.Of(new WorldPlan(Seed, WorldShape.Cluster)).TraceHash;
        Assert.Equal(here, await InAnotherProcess(Seed));
        Assert.Equal(here, await InAnotherProcess(Seed));
    }

    [Fact]
    public void Two_seeds_do_different_things() =>
        Assert.NotEqual(SimulationResult.Of(new WorldPlan(1, WorldShape.Cluster)).TraceHash, SimulationResult.Of(new WorldPlan(2, WorldShape.Cluster)).TraceHash);

    private void One(ulong seed)
    {
        var plan = new WorldPlan(seed, Setting(NodesSetting) == 1 ? WorldShape.Single : WorldShape.Cluster) { Only = Only() };
        SimulationResult result;
        if (Environment.GetEnvironmentVariable(HashFileSetting) is { Length: > 0 } hashFile)
        {
            result = SimulationResult.Of(plan);
            File.WriteAllText(hashFile, $"{result.TraceHash:x16}");
        }
        else
        {
            var path = Path.Combine(Path.GetTempPath(), $"simulation-{seed}.txt");
            using (var trace = new StreamWriter(path))
                result = SimulationResult.Of(plan with { TraceOut = trace });
            output.WriteLine($"seed {seed}: {result.Executions} executions, {result.Steps} steps, hash {result.TraceHash:x16}; steps in {path}");
        }

        if (result.Violations.Count > 0)
            Assert.Fail($"{Failure(result)}\n{Shortest(result)}");
    }

    private static async Task<ulong> InAnotherProcess(ulong seed)
    {
        var file = Path.GetTempFileName();
        try
        {
            var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            info.ArgumentList.Add(typeof(SimulationTests).Assembly.Location);
            info.ArgumentList.Add("-method");
            info.ArgumentList.Add($"*{nameof(Every_seed_holds_and_every_kind_of_fault_happened)}");
            info.Environment[SeedSetting] = seed.ToString(CultureInfo.InvariantCulture);
            info.Environment[HashFileSetting] = file;
            using var process = Process.Start(info)!;
            var said = process.StandardOutput.ReadToEndAsync();
            var complained = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(ChildTime);
            Assert.True(process.ExitCode == 0, await said + await complained);
            return ulong.Parse(await File.ReadAllTextAsync(file), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private void Report(ConcurrentBag<SimulationResult> results, TimeSpan took)
    {
        output.WriteLine(
            $"{results.Count(r => r.Plan.Shape.IsCluster)} seeds of a cluster and {results.Count(r => !r.Plan.Shape.IsCluster)} of a single node in {took.TotalSeconds:F1} s: {results.Sum(r => r.Executions)} executions, "
            + $"{results.Sum(r => r.Steps)} steps, {results.Sum(r => r.Elapsed.TotalSeconds):F0} virtual seconds, "
            + $"{results.Sum(r => r.Elapsed.TotalSeconds) / took.TotalSeconds:F0} times real time");
        foreach (var kind in Enum.GetValues<FaultKind>())
            output.WriteLine($"  {kind}: {results.Sum(r => r.Faults[(int)kind])}");
        foreach (var landmark in Enum.GetValues<Landmark>())
            output.WriteLine($"  {landmark}: {results.Sum(r => r.Landmarks[(int)landmark])}");
    }

    private static string Shortest(SimulationResult violated) => Shrinker.Describe(Shrinker.Shorten(violated));

    private static string Failure(SimulationResult result) =>
        $"seed {result.Seed} is violated; see it alone with: {result.Repeat}\n"
        + string.Join('\n', result.Violations) + "\nThe last steps:\n" + string.Join('\n', result.LastLines.TakeLast(10));

    /// <summary>The faults that may strike, as a shortened list names them, or null for all.</summary>
    private static HashSet<FaultMark>? Only() =>
        Environment.GetEnvironmentVariable(OnlySetting) is { Length: > 0 } text ? [.. text.Split(',').Select(FaultMark.Parse)] : null;

    private static ulong? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;
}
