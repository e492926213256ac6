namespace Cluster.Node.Tests.Architecture;

/// <summary>The files of the repository, without what tools put there.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotOurs =
        new(StringComparer.Ordinal) { ".git", "bin", "obj", "artifacts", "node_modules", "data", "wwwroot", ".run", ".vs", ".idea" };

    public static string Root { get; } = FindRoot();

    /// <summary>All files below a folder of the repository, as paths from the root with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> Files(string folder = "")
    {
        var found = new List<string>();
        var start = Path.Combine(Root, folder);
        if (Directory.Exists(start))
            Collect(start, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    public static IReadOnlyList<SourceFile> Sources(params string[] folders) =>
        [.. folders.SelectMany(Files).Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(path => new SourceFile(path, Read(path)))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static void Collect(string folder, List<string> found)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(file)))
                found.Add(Path.GetRelativePath(Root, file).Replace('\\', '/'));
        }

        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(inner)))
                Collect(inner, found);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cluster.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("no Cluster.sln above the tests");
    }
}
