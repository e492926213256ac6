namespace Cluster.Conformance.Tests;

/// <summary>The recorded behaviour of AWS and what of it must hold now.</summary>
internal static class Recordings
{
    /// <summary>The runner's arguments that say which cases must hold, and how well; <c>make conformance</c> uses the same.</summary>
    public static IReadOnlyList<string> Scope => File.ReadAllLines(Path.Combine(Root, "eng", "conformance.args"));

    /// <summary>Cases whose recorded answer no server can give that answers truly.</summary>
    public static IReadOnlyDictionary<string, Excuse> Unsatisfiable => File.ReadLines(Path.Combine(Root, "eng", "conformance.unsatisfiable"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t', 3))
        .ToDictionary(parts => parts[0], parts => new Excuse(parts[1], parts[2]), StringComparer.Ordinal);

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

/// <summary>Why a case cannot be met, and how far it is met all the same.</summary>
/// <param name="Holds">The runner's level that must hold: none, status or events.</param>
/// <param name="Why">Why no more can hold.</param>
internal sealed record Excuse(string Holds, string Why);
