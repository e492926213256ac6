using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>The JSONata test suite: lists of cases in <c>groups</c>, documents in <c>datasets</c>.</summary>
internal static class SuiteCases
{
    private const string Variable = "CLUSTER_CONFORMANCE";

    /// <summary>The suite's folder, or null where there is none.</summary>
    public static string? Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
                return Existing(Path.Combine(named, "jsonata"));
            for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Cluster.sln")))
                    return Existing(Path.Combine(at.FullName, "..", "shared", "conformance", "jsonata"));
            }

            return null;
        }
    }

    /// <summary>All cases, file by file.</summary>
    public static IReadOnlyList<SuiteCase> Read(string folder)
    {
        var datasets = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(folder, "groups"), "*.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .SelectMany(path => Parse(path) is var file && file is JsonArray list ? list.Items : [file])
                .Select(one => SuiteCase.Read((JsonObject)one, Dataset)),
        ];

        JsonValue Dataset(string name)
        {
            if (!datasets.TryGetValue(name, out var document))
                datasets[name] = document = Parse(Path.Combine(folder, "datasets", name + ".json"));
            return document;
        }
    }

    private static JsonValue Parse(string path) =>
        JsonParser.TryParse(Encoding.UTF8.GetBytes(File.ReadAllText(path)), JsonParserOptions.Payload, out var value, out var error)
            ? value
            : throw new InvalidDataException($"{path}: {error.Message} in line {error.Line}");

    private static string? Existing(string folder) => Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
}
