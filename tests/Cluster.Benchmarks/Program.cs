using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Journal;
using Cluster.Benchmarks.Runs;

// Without arguments: the figures of docs/performance.md, one line of JSON each. With names: only those.
// journal [page size] is the SQLite journal alone, postgres-journal that of PostgreSQL; they are no goals and run only when they are named.
const int Waiting = 100_000;
const int WaitingOnPostgres = 1_000_000;
string[] all = ["single", "in-process", "http", "idle", "restart", "postgres", "postgres-single", "postgres-waiting", "take-over", "bad-input", "map", "parallel", "cores", "long-history", "retention", "retention-postgres", "activities", "nested", "idle-polls", "activity-backlog", "parse", "chain", "jsonata"];
int? number = args.Length == 2 && int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : null;
string[] names = args.Length == 0 ? all : number is null ? args : [args[0]];
if (names.Except([.. all, "journal", "postgres-journal"], StringComparer.Ordinal).Any())
{
    await Console.Error.WriteLineAsync($"usage: [{string.Join('|', all)}|postgres-journal]... | journal [page size] | postgres-waiting [executions]");
    return 2;
}

var reached = true;
foreach (var name in names)
{
    try
    {
        reached &= await RunAsync(name);
    }
    catch (InvalidOperationException e)
    {
        // What was measured went wrong: that figure is missed, and the others are still wanted.
        reached = new Figure(name).With("failed", e.ToString()).Failed().Print() && reached;
    }
}

return reached ? 0 : 1;

async Task<bool> RunAsync(string name) => name switch
{
    "in-process" => await Benchmarks.InProcessAsync(),
    "http" => await Benchmarks.HttpAsync(),
    "single" => await Benchmarks.SingleAsync(),
    "idle" => await Benchmarks.IdleAsync(),
    "restart" => await Benchmarks.RestartAsync(Waiting),
    "postgres" => await PostgresRuns.LoadedAsync(),
    "postgres-single" => await PostgresRuns.SingleAsync(),
    "postgres-waiting" => await PostgresWaitingRun.RunAsync(number ?? WaitingOnPostgres),
    "take-over" => await TakeOverRun.RunAsync(),
    "postgres-journal" => await PostgresRuns.JournalAsync(),
    "bad-input" => await BadInputRuns.RunAsync(),
    "map" => await BranchRuns.MapAsync(),
    "parallel" => await BranchRuns.ParallelAsync(),
    "cores" => await CoresRun.RunAsync(),
    "long-history" => await LongHistoryRun.RunAsync(),
    "retention" => await RetentionRun.SqliteAsync(),
    "retention-postgres" => await RetentionRun.PostgresAsync(),
    "activities" => await ActivityRuns.RoundTripsAsync(),
    "nested" => await NestedRuns.RunAsync(),
    "idle-polls" => await IdlePollRun.RunAsync(),
    "activity-backlog" => await BacklogRun.RunAsync(),
    "parse" => CoreRuns.Parse(),
    "chain" => CoreRuns.Chain(),
    "jsonata" => JsonataRuns.Beside(),
    _ => await RunJournalAsync(number ?? 4096),
};

static async Task<bool> RunJournalAsync(int pageSize)
{
    var directory = Directory.CreateTempSubdirectory("cluster-bench-");
    try
    {
        await JournalProbe.RunAsync(directory.FullName, pageSize, [(1, 500), (32, 10_000), (256, 60_000), (256, 60_000)]);
        return true;
    }
    finally
    {
        directory.Delete(recursive: true);
    }
}
