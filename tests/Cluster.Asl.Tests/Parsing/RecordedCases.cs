using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

/// <summary>
/// The recorded behaviour of AWS: one JSON file per case, in the folder that CLUSTER_CONFORMANCE names, or beside the repository.
/// </summary>
internal static class RecordedCases
{
    private const string Variable = "CLUSTER_CONFORMANCE";

    /// <summary>The cases of an area ("*" for all) by file name. Skips the test, saying so, where the recordings are not at hand.</summary>
    public static List<(string Name, JsonObject Case)> Of(string area)
    {
        var cases = new List<(string Name, JsonObject Case)>();
        var folder = Folder();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "cases"), "*.json", SearchOption.AllDirectories))
        {
            if (area is "*" || string.Equals(Path.GetFileName(Path.GetDirectoryName(path)), area, StringComparison.Ordinal))
                cases.Add((Path.GetFileNameWithoutExtension(path), (JsonObject)JsonParser.Parse(File.ReadAllText(path))));
        }

        return cases;
    }

    /// <summary>The text of a definition, which a case shows as an object or as the text itself.</summary>
    public static string DefinitionText(JsonValue definition) =>
        definition is JsonString text ? text.Value : JsonWriter.ToText(definition);

    /// <summary>The folder. Skips the test, saying so, where the recordings are not at hand.</summary>
    public static string Folder()
    {
        var folder = FindFolder();
        if (folder is null)
            Assert.Skip($"THE RECORDED CASES ARE ABSENT: set {Variable} to their folder. Nothing was compared with AWS.");
        return folder;
    }

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names no folder: {named}");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!File.Exists(Path.Combine(at.FullName, "Cluster.sln")))
                continue;
            var beside = Path.Combine(at.Parent?.FullName ?? "", "shared", "conformance");
            return Directory.Exists(beside) ? beside : null;
        }

        return null;
    }
}
