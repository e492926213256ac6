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
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_million_events_are_checked_within_a_minute()
    {
        using var folder = new TempFolder();
        var file = folder["dump"];
        var scenario = new Scenario();
        var executions = Events / scenario.Events.Count(e => e.Id != 0);
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(Dump.Line(new DefinitionRecord("def", Scenario.Definition)));
            for (var i = 0; i < executions; i++)
            {
                var id = i.ToString("x", CultureInfo.InvariantCulture);
                writer.WriteLine(Dump.Line(scenario.Row! with { Id = id, Name = id }));
                foreach (var row in scenario.Rows(id, commit: i * 10L))
                    writer.WriteLine(Dump.Line(row));
            }
        }

        var clock = Stopwatch.StartNew();
        using var told = new StringWriter();
        Assert.Equal(0, Program.Check(file, told, told));
        output.WriteLine($"{Events} events checked in {clock.Elapsed.TotalSeconds:F1} s: {told}");
        Assert.True(clock.Elapsed < Within);
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
