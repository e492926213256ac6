using System.Diagnostics;
using System.Globalization;
using Cluster.Checker.Dumps;
using Cluster.Testing;
using Xunit;

namespace Cluster.Checker.Tests;

/// <summary>Whole dumps: a large one, and those that cannot be read.</summary>
[Trait("Suite", "Checker")]
public sealed class RunTests(ITestOutputHelper output)
{
    private const int Events = 1_000_000;
    private const long MostMemory = 2L << 30;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_million_events_with_all_other_records_are_checked_within_a_minute_and_two_gigabytes()
    {
        using var folder = new TempFolder();
        var file = folder["dump"];
        var executions = Write(file);
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "check", file]) { RedirectStandardOutput = true, UseShellExecute = false };

        // A process of its own, so that the memory is the checker's alone.
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (told, most, worked) = (process.StandardOutput.ReadToEndAsync(), 0L, TimeSpan.Zero);
        while (!process.HasExited)
        {
            try
            {
                process.Refresh();
                (most, worked) = (Math.Max(most, process.PeakWorkingSet64), process.TotalProcessorTime);
            }
            catch (InvalidOperationException) when (process.HasExited)
            {
                // It ended between the two looks.
            }

            await Task.Delay(PollEvery);
        }

        output.WriteLine($"{Events} events of {executions} executions, {new FileInfo(file).Length >> 20} MiB of records, checked in {clock.Elapsed.TotalSeconds:F1} s, {worked.TotalSeconds:F1} s of a processor, with {most >> 20} MiB");
        output.WriteLine(await told);
        Assert.Equal(0, process.ExitCode);

        // On a machine that has other work to do only the processor's time tells.
        Assert.True((clock.Elapsed < Within || worked < Within) && most is > 0 and < MostMemory);
    }

    /// <summary>Writes the usual run again and again, each time with what client, function and API tell of it.</summary>
    private static int Write(string file)
    {
        using var log = new RecordLog(file);
        var scenario = new Scenario();
        var executions = Events / scenario.Events.Count(e => e.Id != 0);
        var (readBack, answer) = (scenario.ReadBack(), BadRuns.Answer(scenario).Hash);
        log.Add(new DefinitionRecord("def", scenario.Definition));
        log.AddRange([new CompleteRecord("call"), new CompleteRecord("effect"), new CompleteRecord("lease")]);
        log.AddRange([BadRuns.Lease(1, 0, 10_000, 0), new ShardRecord(3, 1, 7)]);
        for (var i = 0; i < executions; i++)
        {
            var id = i.ToString("x", CultureInfo.InvariantCulture);
            scenario[1].ExecutionStarted.Name = id;
            log.Add(scenario.Row! with { Id = id, Name = id });
            log.Add(new NameRecord(Scenario.Machine, id, id));
            log.AddRange(scenario.Rows(id, commit: i * 10L));
            log.Add(readBack with { Name = id });
            log.Add(Scenario.Call("StartExecution", "ok", 0, 1, id) with { Date = 0, InputHash = "in" });
            log.Add(BadRuns.Describe("SUCCEEDED", 7000) with { Name = id });
            foreach (var effect in (EffectRecord[])[BadRuns.Effect(0, "called"), BadRuns.Effect(0, "answered"), BadRuns.Effect(1, "called"), BadRuns.Effect(1, "answered") with { Hash = answer }])
                log.Add(effect with { Key = id + effect.Key[1..] });
        }

        log.Add(new HealedRecord(7000));
        return executions;
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"is\":\"nothing\"}")]
    [InlineData("null")]
    public void A_file_that_is_no_dump_is_refused(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["dump"], text);
        using var told = new StringWriter();
        Assert.Equal(2, Program.Check(folder["dump"], told, told));
    }

    [Fact]
    public void A_broken_dump_is_told_with_its_invariant_and_its_execution()
    {
        using var folder = new TempFolder();
        var scenario = new Scenario();
        scenario[19].At = 4999;
        File.WriteAllLines(folder["dump"], [Dump.Line(scenario.Row!), .. scenario.Rows("x").Select(Dump.Line)]);
        using var told = new StringWriter();
        Assert.Equal(1, Program.Check(folder["dump"], told, told));
        Assert.Contains("I24 x: event 19", told.ToString(), StringComparison.Ordinal);
    }
}
