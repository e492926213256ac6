namespace Cluster.Testing;

/// <summary>A folder of its own that goes with the test; kept when <c>CLUSTER_KEEP_FOLDERS</c> is set, for a look at what is in it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder()
    {
        Path = Directory.CreateTempSubdirectory("cluster-").FullName;
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("CLUSTER_KEEP_FOLDERS") is null && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
