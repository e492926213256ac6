using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cluster.Node.Tests.Architecture;

/// <summary>
/// The names by which a conformance case could be known: parts of its id, the comments of its definitions, its functions and roles.
/// Names shorter than eight characters and single words (letters only, no inner capital) are left out: the language and AWS use them too.
/// </summary>
internal static partial class RecordedNames
{
    private const int ShortestName = 8;

    /// <summary>The folder of the recordings, or null where there is none.</summary>
    public static string? Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("CLUSTER_CONFORMANCE")
                ?? Path.Combine(Repository.Root, "..", "shared", "conformance");
            return Directory.Exists(Path.Combine(folder, "cases")) ? folder : null;
        }
    }

    public static IReadOnlySet<string> Read(string folder)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "cases"), "*.json", SearchOption.AllDirectories))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            Collect(document.RootElement, names);
        }

        return names;
    }

    public static void Collect(JsonElement recorded, ISet<string> names)
    {
        if (recorded.TryGetProperty("id", out var id))
        {
            foreach (var part in id.GetString()!.Split('[')[0].Split("::").SelectMany(part => part.Split('/')))
                Add(part, names);
        }

        if (recorded.TryGetProperty("lambdas", out var functions))
        {
            foreach (var function in functions.EnumerateObject())
                Add(function.Name, names);
        }

        Walk(recorded, names);
    }

    public static IEnumerable<string> In(SourceFile file, IReadOnlySet<string> names) =>
        from literal in file.Literals
        from name in names
        where literal.Contains(name, StringComparison.Ordinal)
        select $"{file.Path}: the string \"{literal}\" names '{name}' of a conformance case";

    private static void Walk(JsonElement element, ISet<string> names)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Walk(item, names);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in element.EnumerateObject())
            {
                if (field.Value.ValueKind == JsonValueKind.String && field.Name is "Comment" or "roleArn")
                    Add(field.Value.ToString().Split('/')[^1], names);
                else
                    Walk(field.Value, names);
            }
        }
    }

    private static void Add(string name, ISet<string> names)
    {
        var plain = PlaceholderPattern().Replace(name, "").Trim('-', '_', ' ', '"');
        if (plain.Length >= ShortestName && !WordPattern().IsMatch(plain))
            names.Add(plain);
    }

    [GeneratedRegex(@"\$\{[^}]*\}|<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex("^[A-Za-z]?[a-z]+$|^[A-Z]+$", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
