using System.Globalization;
using Cluster.Benchmarks.Journal;

// journal [page size]: the SQLite journal alone.
if (args is ["journal", ..])
{
    var pageSize = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4096;
    var directory = Directory.CreateTempSubdirectory("cluster-bench-");
    try
    {
        await JournalProbe.RunAsync(directory.FullName, pageSize, [(1, 500), (32, 10_000), (256, 60_000), (256, 60_000)]);
        return 0;
    }
    finally
    {
        directory.Delete(recursive: true);
    }
}

Console.Error.WriteLine("usage: journal [page size]");
return 1;
