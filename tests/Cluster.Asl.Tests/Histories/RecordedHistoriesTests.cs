using System.Text.Json;
using Cluster.Asl.Tests.Parsing;
using Cluster.Checker.Histories;
using Xunit;

namespace Cluster.Asl.Tests.Histories;

/// <summary>The rules of histories against what AWS itself wrote: whatever was recorded passes.</summary>
public sealed class RecordedHistoriesTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_recorded_history_of_states_that_are_built_passes()
    {
        var folder = RecordedCases.Folder();
        var (passed, branching, wrong) = (0, 0, new List<string>());
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "cases"), "*.json", SearchOption.AllDirectories))
        {
            using var recording = JsonDocument.Parse(File.ReadAllBytes(file));
            if (Read(recording.RootElement) is not { } history)
                continue;
            if (HistoryRules.Check(recording.RootElement.GetProperty("definition").GetRawText(), history) is { } found)
                wrong.Add($"{Path.GetFileName(file)}: {found}");
            passed++;
            branching += history.Any(line => line.Type is "MapStateStarted" or "ParallelStateStarted") ? 1 : 0;
        }

        output.WriteLine($"{passed} recorded histories, {branching} of them with branches, {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(branching > 0);
    }

    /// <summary>The history of a recording; null where it has none, where its ids are not shown, or where it is of what is not built.</summary>
    private static List<HistoryLine>? Read(JsonElement recording)
    {
        if (!recording.TryGetProperty("definition", out var definition) || definition.ValueKind != JsonValueKind.Object
            || !recording.TryGetProperty("expect", out var expect) || !expect.TryGetProperty("history", out var history)
            || history.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var lines = new List<HistoryLine>();
        foreach (var e in history.EnumerateArray())
        {
            if (e.GetProperty("id").ValueKind != JsonValueKind.Number || e.GetProperty("previousEventId").ValueKind != JsonValueKind.Number)
                return null;
            lines.Add(Line(e));
        }

        return lines.Exists(line => line.Type == "EvaluationFailed" || line.Type.StartsWith("MapRun", StringComparison.Ordinal)) ? null : lines;
    }

    /// <summary>Times are not recorded: events are far apart, so that nothing waited too shortly.</summary>
    private static HistoryLine Line(JsonElement e)
    {
        const long FarApart = 1_000_000;
        var id = e.GetProperty("id").GetInt64();
        var line = new HistoryLine(id, e.GetProperty("previousEventId").GetInt64(), id * FarApart, e.GetProperty("type").GetString()!);
        foreach (var details in e.EnumerateObject().Where(p => p.Name.EndsWith("Details", StringComparison.Ordinal) && p.Value.ValueKind == JsonValueKind.Object))
        {
            line = line with
            {
                Name = details.Value.TryGetProperty("name", out var name) ? name.GetString() : line.Name,
                Index = details.Value.TryGetProperty("index", out var index) ? index.GetInt32() : line.Index,
                Length = details.Value.TryGetProperty("length", out var length) ? length.GetInt32() : line.Length,
                Error = details.Value.TryGetProperty("error", out var error) ? error.GetString() : line.Error,
                Cause = details.Value.TryGetProperty("cause", out var cause) ? cause.ToString() : line.Cause,
            };
        }

        return line;
    }
}
