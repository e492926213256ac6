namespace Cluster.Conformance.Tests;

/// <summary>The recorded behaviour of AWS and what of it must hold now.</summary>
internal static class Recordings
{
    /// <summary>The runner's arguments that say which cases must hold, and how well; <c>make conformance</c> uses the same.</summary>
    public static IReadOnlyList<string> Scope => File.ReadAllLines(Path.Combine(Root, "eng", "conformance.args"));

    /// <summary>Cases whose recorded answer no server can give that answers truly, and why.</summary>
    public static IReadOnlyDictionary<string, string> Unsatisfiable => File.ReadLines(Path.Combine(Root, "eng", "conformance.unsatisfiable"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>The folder with run.py and cases, or null where there is none.</summary>
    public static string? Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("CLUSTER_CONFORMANCE") is { Length: > 0 } named
                ? named
                : Path.Combine(Root, "..", "shared", "conformance");
            return File.Exists(Path.Combine(folder, "run.py")) ? Path.GetFullPath(folder) : null;
        }
    }

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
                folder = folder.Parent ?? throw new InvalidOperationException("no Cluster.sln above the tests");
            return folder.FullName;
        }
    }
}
