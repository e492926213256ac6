using System.Diagnostics;
using System.Globalization;
using Cluster.Testing;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>Whatever stands in an expression, compiling and evaluating it neither crashes nor hangs, and every limit holds.</summary>
[Trait("Suite", "Fuzz")]
public sealed class ExpressionFuzzTests(ITestOutputHelper output)
{
    private const string WorkSetting = "CLUSTER_EXPRESSION_FUZZ_WORK";
    private const int ShortCases = 40_000;
    private const int LongCases = 1_000_000;
    private const int Processes = 2;

    /// <summary>Of all expressions at least this part must be good, and of these at least this part must give a value: or little is tried.</summary>
    private const double LeastGood = 0.1;

    /// <summary>A process that takes longer hangs, or its machine is of no use.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task No_expression_crashes_or_hangs_and_no_limit_is_broken()
    {
        if (Environment.GetEnvironmentVariable(WorkSetting) is { Length: > 0 } work)
        {
            var words = work.Split(';');
            ExpressionFuzzWorker.Write(words[0], ExpressionFuzzWorker.Run(Number(words[1]), Number(words[2]), words[0] + ".at"));
            return;
        }

        var cases = Environment.GetEnvironmentVariable("CLUSTER_SOAK") is { Length: > 0 } ? LongCases : ShortCases;
        var each = cases / Processes;
        using var folder = new TempFolder();
        var clock = Stopwatch.StartNew();
        var reports = await Task.WhenAll(Enumerable.Range(0, Processes).Select(i => InAnotherProcess(folder[string.Create(CultureInfo.InvariantCulture, $"{i}.json")], i * each, each)));
        var slowest = reports.MaxBy(report => report.SlowestMs)!;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cases} expressions in {clock.Elapsed.TotalSeconds:F0} s: {reports.Sum(r => r.Compiled)} good, {reports.Sum(r => r.Values)} with a value, slowest {slowest.SlowestMs:F0} ms (seed {slowest.SlowestSeed})"));
        Assert.All(reports, report => Assert.True(report.Faults.Count == 0, string.Join('\n', report.Faults)));
        Assert.All(reports, report => Assert.InRange(report.Compiled, LeastGood * each, each));
        Assert.All(reports, report => Assert.InRange(report.Values, LeastGood * report.Compiled, report.Compiled));
    }

    private static async Task<ExpressionFuzzReport> InAnotherProcess(string file, int first, int count)
    {
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", typeof(ExpressionFuzzTests).Assembly.Location, "-class", typeof(ExpressionFuzzTests).FullName! })
            info.ArgumentList.Add(argument);
        info.Environment[WorkSetting] = string.Create(CultureInfo.InvariantCulture, $"{file};{first};{count}");
        using var process = Process.Start(info)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"a case hangs, at or after seed {await File.ReadAllTextAsync(file + ".at")}");
        }

        Assert.True(process.ExitCode == 0, $"the process ended at or after seed {await File.ReadAllTextAsync(file + ".at")}: {await said}{await complained}");
        return ExpressionFuzzWorker.Read(file);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
