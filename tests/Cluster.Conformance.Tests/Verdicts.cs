using System.Text.Json;

namespace Cluster.Conformance.Tests;

/// <summary>The runner's verdicts, as it writes them with --json.</summary>
internal static class Verdicts
{
    /// <summary>The cases that failed at the level that was judged, each with all levels at which it failed.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Failed(string path)
    {
        using var verdicts = JsonDocument.Parse(File.ReadAllText(path));
        var level = verdicts.RootElement.GetProperty("level").GetString()!;
        var results = verdicts.RootElement.GetProperty("results").EnumerateObject().ToList();
        if (results.Count == 0)
            throw new InvalidDataException("the runner judged no case");
        return results
            .Select(result => (result.Name, Levels: Levels(result.Value)))
            .Where(result => result.Levels.Contains(level))
            .ToDictionary(result => result.Name, result => result.Levels, StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> Levels(JsonElement result) =>
        [.. result.GetProperty("failures").EnumerateObject().Select(failure => failure.Name)];
}
