using System.Text.Json;

namespace Cluster.Conformance.Tests;

/// <summary>The runner's verdicts, as it writes them with --json.</summary>
internal static class Verdicts
{
    /// <summary>The cases that failed at the level that was judged.</summary>
    public static IReadOnlyList<string> Failed(string path)
    {
        using var verdicts = JsonDocument.Parse(File.ReadAllText(path));
        var level = verdicts.RootElement.GetProperty("level").GetString()!;
        var results = verdicts.RootElement.GetProperty("results").EnumerateObject().ToList();
        if (results.Count == 0)
            throw new InvalidDataException("the runner judged no case");
        return results.Where(result => result.Value.GetProperty("failures").TryGetProperty(level, out _)).Select(result => result.Name).ToList();
    }
}
