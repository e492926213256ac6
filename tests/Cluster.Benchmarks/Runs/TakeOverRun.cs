using System.Diagnostics;
using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Protocol.Identity;

namespace Cluster.Benchmarks.Runs;

/// <summary>
/// A new owner takes a shard with many running executions over. Measured from the moment in which it holds the shard, by its epoch: until
/// a new start in the shard has committed, and until all that must be woken has been read back, and has gone on.
/// </summary>
internal static class TakeOverRun
{
    private const int Running = 15_000;
    private const int Shard = 5;
    private const int Rounds = 3;
    private const double Goal = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Executions that wait for hours, and executions whose calls were under way, which are all woken at once.</summary>
    public static async Task<bool> RunAsync()
    {
        var waiting = await WaitingAsync();
        return await CallingAsync() && waiting;
    }

    private static async Task<bool> WaitingAsync()
    {
        using var postgres = BenchPostgres.Start();
        await postgres.FillAsync(RestartRun.Machine, RestartRun.Definition, Names(RestartRun.Machine, "waiting").Take(Running));
        var first = new Samples();
        foreach (var name in Names(RestartRun.Machine, "new").Take(Rounds))
        {
            using var node = await postgres.OpenNodeAsync();
            await node.StartAsync(RestartRun.Machine, name, StandardFive.Input);
            first.Add(Stopwatch.GetElapsedTime(node.HeldAt).TotalSeconds);
        }

        return new Figure("take_over_waiting").With("executions", Running).With("wake_at", "in four hours").With("rounds", Rounds)
            .AtMost("first_commit_s", first.Median, Goal).Print();
    }

    private static async Task<bool> CallingAsync()
    {
        var first = new Samples();
        var loaded = new Samples();
        var ended = new Samples();
        for (var round = 0; round < Rounds; round++)
        {
            using var postgres = BenchPostgres.Start();
            await postgres.FillAsync(StandardFive.Machine, StandardFive.OneState, Names(StandardFive.Machine, "calling").Take(Running));
            var watch = new Watch();
            using var node = await postgres.OpenNodeAsync(journal => new WatchedJournal(journal, watch.Appended, watch.Loaded));
            await node.StartAsync(StandardFive.Machine, Names(StandardFive.Machine, "new").First(), StandardFive.Input);
            first.Add(Stopwatch.GetElapsedTime(node.HeldAt).TotalSeconds);
            loaded.Add(Stopwatch.GetElapsedTime(node.HeldAt, await watch.AllLoaded.WaitAsync(Patience)).TotalSeconds);
            ended.Add(Stopwatch.GetElapsedTime(node.HeldAt, await watch.AllEnded.WaitAsync(Patience)).TotalSeconds);
        }

        return new Figure("take_over_calling").With("executions", Running).With("wake_at", "0: a call was under way, and is sent again")
            .With("rounds", Rounds)
            .AtMost("first_commit_s", first.Median, Goal)
            .AtMost("all_woken_s", loaded.Median, Goal)
            .With("all_woken_s_worst", loaded.At(1))
            .With("all_ended_s", ended.Median)
            .Print();
    }

    /// <summary>Names of executions that belong to the shard.</summary>
    private static IEnumerable<string> Names(string machine, string prefix) => Enumerable.Range(0, int.MaxValue)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}"))
        .Where(name => ShardRange.IndexOf(InProcessNode.BucketOf(machine, name), ShardRange.DefaultCount) == Shard);

    /// <summary>When the last of the woken was read back, and when the last had ended.</summary>
    private sealed class Watch
    {
        private readonly TaskCompletionSource<long> _allLoaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<long> _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _loaded;
        private int _ended;

        public Task<long> AllLoaded => _allLoaded.Task;

        public Task<long> AllEnded => _allEnded.Task;

        public void Loaded(ExecutionId id)
        {
            if (Interlocked.Increment(ref _loaded) == Running)
                _allLoaded.TrySetResult(Stopwatch.GetTimestamp());
        }

        public void Appended(Cluster.Node.Journal.AppendRequest append)
        {
            // The new start ends as well; it is one of many.
            if (append is { NewExecution: null, Row.Terminal: true } && Interlocked.Increment(ref _ended) == Running)
                _allEnded.TrySetResult(Stopwatch.GetTimestamp());
        }
    }
}
