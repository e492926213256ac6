using Xunit;

namespace Cluster.Node.Tests.Golden;

/// <summary>
/// Journals of former versions fold to what they folded to then. <c>CLUSTER_GOLDEN=write</c> writes those of this version that are missing;
/// a journal that exists is never written anew.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "golden");

    public static TheoryData<string> Journals() => new(Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Journals))]
    public void A_journal_of_a_former_version_folds_to_the_same_execution(string path)
    {
        var golden = GoldenJournal.Read(Path.Combine(Folder, path));
        var read = GoldenJournal.Of(golden.Definition, golden.Rows);
        Assert.Equal(golden.Events, read.Events);
        Assert.Equal(golden.State, read.State);
    }

    public static TheoryData<string, string> Scripts() => new(
        GoldenScripts.All.Keys.Select(name => ("spine", name)).Concat(BranchScripts.All.Keys.Select(name => ("branches", name))));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_script_of_this_version_has_its_journal(string folder, string name)
    {
        var path = Path.Combine(Folder, folder, name + ".json");
        if (!File.Exists(path) && string.Equals(Environment.GetEnvironmentVariable("CLUSTER_GOLDEN"), "write", StringComparison.Ordinal))
            (GoldenScripts.All.GetValueOrDefault(name) ?? BranchScripts.All[name])().Write(path);
        Assert.True(File.Exists(path), $"{path} is missing: run with CLUSTER_GOLDEN=write and commit it.");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cluster.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Cluster.sln above the tests.");
        return folder;
    }
}
