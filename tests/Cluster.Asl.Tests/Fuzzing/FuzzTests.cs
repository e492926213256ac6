using System.Diagnostics;
using System.Globalization;
using Cluster.Testing;
using Xunit;

namespace Cluster.Asl.Tests.Fuzzing;

/// <summary>
/// Whatever stands in a definition or an input, nothing crashes or hangs, and nothing depends on culture or time zone. Each culture has a
/// process of its own, with real cultures (the product runs without) and a time zone far from UTC.
/// </summary>
[Trait("Suite", "Fuzz")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const string WorkSetting = "CLUSTER_FUZZ_WORK";
    private const int ShortCases = 10_000;
    private const int LongCases = 100_000;

    /// <summary>A process that takes longer hangs, or its machine is of no use.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly (string Culture, string Zone)[] Places =
        [("tr-TR", "Asia/Kathmandu"), ("de-DE", "America/St_Johns"), ("ar-SA", "Pacific/Chatham"), ("", "Etc/UTC")];

    [Fact]
    public async Task No_definition_and_no_input_crashes_or_hangs_in_any_culture_and_time_zone()
    {
        if (Environment.GetEnvironmentVariable(WorkSetting) is { Length: > 0 } work)
        {
            var words = work.Split(';');
            FuzzWorker.Write(words[0], FuzzWorker.Run(words[1], Number(words[2]), Number(words[3])));
            return;
        }

        var cases = Environment.GetEnvironmentVariable("CLUSTER_SOAK") is { Length: > 0 } ? LongCases : ShortCases;
        var each = (cases / Places.Length) - FuzzWorker.SharedCases;
        using var folder = new TempFolder();
        var reports = new FuzzReport[Places.Length];
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Places.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, _) =>
            reports[i] = await InAnotherProcess(folder, Places[i], i * each, each));
        foreach (var report in reports)
        {
            output.WriteLine(
                $"culture {report.Culture}, zone {report.Zone}: {report.Cases} cases, {report.Ran} ran, slowest {report.SlowestMs:F0} ms (seed {report.SlowestSeed}), {report.Faults.Count} faults");
        }

        output.WriteLine($"{reports.Sum(r => r.Cases)} cases in {clock.Elapsed.TotalSeconds:F0} s");
        Assert.All(reports, report => Assert.True(report.Faults.Count == 0, string.Join('\n', report.Faults)));
        Assert.All(reports, report => Assert.Equal(reports[0].Digest, report.Digest));

        // The places are what they say: otherwise equal digests would prove nothing.
        Assert.Equal(["tr-TR 1,5 İ", "de-DE 1,5 I", "ar-SA 1.5 I", " 1.5 I"], reports.Select(report => report.Culture.Replace('٫', '.')));
        Assert.Equal(Places.Length, reports.Select(report => report.Zone).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<FuzzReport> InAnotherProcess(TempFolder folder, (string Culture, string Zone) place, int first, int count)
    {
        var file = Path.Combine(folder.Path, $"{place.Zone.Replace('/', '-')}.json");
        var tests = typeof(FuzzTests).Assembly.Location;
        var settings = Path.ChangeExtension(file, "runtimeconfig.json");
        var ours = await File.ReadAllTextAsync(Path.ChangeExtension(tests, "runtimeconfig.json"));
        await File.WriteAllTextAsync(
            settings,
            ours.Replace("\"System.Globalization.Invariant\": true", "\"System.Globalization.Invariant\": false", StringComparison.Ordinal)
                .Replace("\"System.Globalization.PredefinedCulturesOnly\": true", "\"System.Globalization.PredefinedCulturesOnly\": false", StringComparison.Ordinal));
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", "--runtimeconfig", settings, "--depsfile", Path.ChangeExtension(tests, "deps.json"), tests, "-class", typeof(FuzzTests).FullName! })
            info.ArgumentList.Add(argument);
        info.Environment[WorkSetting] = string.Create(CultureInfo.InvariantCulture, $"{file};{place.Culture};{first};{count}");
        info.Environment["TZ"] = place.Zone;
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
            Assert.Fail($"{place.Culture}: a case hangs");
        }

        Assert.True(process.ExitCode == 0, $"{place.Culture}: {await said}{await complained}");
        return FuzzWorker.Read(file);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
