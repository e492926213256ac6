using System.Globalization;
using Cluster.Benchmarks.Journal;
using Cluster.Benchmarks.Runs;

// Without arguments: the figures of docs/performance.md, one line of JSON each. With names: only those.
// journal [page size] is the SQLite journal alone; it is no goal and runs only when it is named.
const int Waiting = 100_000;
string[] all = ["single", "in-process", "http", "idle", "restart", "bad-input", "map", "parallel", "cores", "long-history", "parse", "chain"];
var reached = true;
foreach (var name in args.Length == 0 ? all : args is ["journal", ..] ? ["journal"] : args)
{
    switch (name)
    {
        case "in-process":
            reached &= await Benchmarks.InProcessAsync();
            break;
        case "http":
            reached &= await Benchmarks.HttpAsync();
            break;
        case "single":
            reached &= await Benchmarks.SingleAsync();
            break;
        case "idle":
            reached &= await Benchmarks.IdleAsync();
            break;
        case "restart":
            reached &= await Benchmarks.RestartAsync(Waiting);
            break;
        case "bad-input":
            reached &= await BadInputRuns.RunAsync();
            break;
        case "chain":
            reached &= CoreRuns.Chain();
            break;
        case "long-history":
            reached &= await LongHistoryRun.RunAsync();
            break;
        case "parse":
            reached &= CoreRuns.Parse();
            break;
        case "map":
            reached &= await BranchRuns.MapAsync();
            break;
        case "parallel":
            reached &= await BranchRuns.ParallelAsync();
            break;
        case "cores":
            reached &= await CoresRun.RunAsync();
            break;
        case "journal":
            await RunJournalAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 4096);
            break;
        default:
            await Console.Error.WriteLineAsync($"usage: [{string.Join('|', all)}]... | journal [page size]");
            return 2;
    }
}

return reached ? 0 : 1;

static async Task RunJournalAsync(int pageSize)
{
    var directory = Directory.CreateTempSubdirectory("cluster-bench-");
    try
    {
        await JournalProbe.RunAsync(directory.FullName, pageSize, [(1, 500), (32, 10_000), (256, 60_000), (256, 60_000)]);
    }
    finally
    {
        directory.Delete(recursive: true);
    }
}
