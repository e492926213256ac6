using System.Diagnostics;
using System.Globalization;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.Journal.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Benchmarks.Journal;

/// <summary>
/// A journal alone: executions of six appends of 300 bytes, each waiting for its answer, a number of them in flight. The next
/// append is sent from the thread pool, as an actor would.
/// </summary>
internal sealed class JournalProbe
{
    private const int AppendsEach = 6;
    private const int EventBytes = 300;
    private const string Account = "123456789012";
    private const string Region = "us-east-1";
    private const string Machine = "standard-5";

    private readonly IExecutionJournal _store;
    private readonly Func<string> _tell;
    private readonly IReadOnlyList<long> _epochs;
    private readonly byte[] _hash = new byte[32];
    private readonly byte[] _events = new byte[EventBytes];
    private readonly CountdownEvent _open;
    private readonly long[] _latencies;
    private readonly long _executions;
    private long _started;

    private JournalProbe(IExecutionJournal store, Func<string> tell, IReadOnlyList<long> epochs, int inFlight, long executions)
    {
        _store = store;
        _tell = tell;
        _epochs = epochs;
        _open = new CountdownEvent(inFlight);
        _executions = executions;
        _latencies = new long[executions];
        new Random(1).NextBytes(_events);
    }

    /// <summary>Runs the probe on a SQLite store in a fresh directory and prints one line for each number in flight.</summary>
    public static async Task RunAsync(string directory, int pageSize, IReadOnlyList<(int InFlight, long Executions)> rounds)
    {
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = directory, PageSize = pageSize }, out var refusal)
            ?? throw new InvalidOperationException(refusal);
        var epochs = await store.AcquireShardsAsync(CancellationToken.None);
        foreach (var (inFlight, executions) in rounds)
        {
            var before = store.Statistics;
            new JournalProbe(store, Tell, epochs, inFlight, executions).Run();

            string Tell()
            {
                var after = store.Statistics;
                var appends = after.Writes - before.Writes;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"appends_per_commit\":{(double)appends / (after.Commits - before.Commits):F1},\"log_pages_per_append\":{(double)(after.Frames - before.Frames) / appends:F2},\"checkpoints\":{after.Checkpoints - before.Checkpoints},\"apply_us\":{(after.ApplyTime - before.ApplyTime).TotalMicroseconds / appends:F1},\"commit_us\":{(after.CommitTime - before.CommitTime).TotalMicroseconds / appends:F1},\"answer_us\":{(after.AnswerTime - before.AnswerTime).TotalMicroseconds / appends:F1},\"checkpoint_us\":{(after.CheckpointTime - before.CheckpointTime).TotalMicroseconds / appends:F1}");
            }
        }
    }

    /// <summary>Runs the probe on a PostgreSQL store and prints one line for each number in flight.</summary>
    public static async Task RunAsync(PostgresStore store, IReadOnlyList<(int InFlight, long Executions)> rounds)
    {
        var epochs = await store.AcquireShardsAsync(CancellationToken.None);
        foreach (var (inFlight, executions) in rounds)
        {
            var before = store.Statistics;
            new JournalProbe(store, Tell, epochs, inFlight, executions).Run();

            string Tell()
            {
                var after = store.Statistics;
                var appends = after.Writes - before.Writes;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"appends_per_commit\":{(double)appends / (after.Commits - before.Commits):F1},\"commit_us\":{(after.WriteTime - before.WriteTime).TotalMicroseconds / (after.Commits - before.Commits):F1},\"write_us\":{(after.WriteTime - before.WriteTime).TotalMicroseconds / appends:F1},\"answer_us\":{(after.AnswerTime - before.AnswerTime).TotalMicroseconds / appends:F1}");
            }
        }
    }

    private void Run()
    {
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var inFlight = _open.InitialCount;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < inFlight; i++)
            StartNext();
        _open.Wait();
        var seconds = watch.Elapsed.TotalSeconds;
        var cpuUsed = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var appends = _executions * AppendsEach;
        Array.Sort(_latencies);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"in_flight\":{inFlight},\"executions\":{_executions},\"appends_per_s\":{appends / seconds:F0},\"executions_per_s\":{_executions / seconds:F0},\"cpu_us_per_append\":{cpuUsed * 1e6 / appends:F1},{_tell()},\"execution_p50_us\":{Micros(0.5):F0},\"execution_p99_us\":{Micros(0.99):F0}}}"));
    }

    private double Micros(double rank) =>
        Stopwatch.GetElapsedTime(0, _latencies[(int)(rank * (_latencies.Length - 1))]).TotalMicroseconds;

    private void StartNext()
    {
        var number = Interlocked.Increment(ref _started);
        if (number > _executions)
            _open.Signal();
        else
            new Flow(this, number).Send();
    }

    private sealed class Flow : IAppendReply, IThreadPoolWorkItem
    {
        private readonly JournalProbe _probe;
        private readonly long _number;
        private readonly string _name;
        private readonly ExecutionId _id;
        private readonly long _began = Stopwatch.GetTimestamp();
        private long _last;

        public Flow(JournalProbe probe, long number)
        {
            _probe = probe;
            _number = number;
            var chance = (ulong)(_began ^ number) * 0x9E3779B97F4A7C15;
            _name = string.Create(CultureInfo.InvariantCulture, $"{chance:x16}-{number:x8}");
            _id = ExecutionId.Create(_began / 1_000_000, Buckets.Of(Account, Region, Machine, _name), chance >> 60, chance);
        }

        public void Send()
        {
            var first = _last == 0;
            var last = _last == AppendsEach - 1;
            var shard = ShardRange.IndexOf(_id.Bucket, ShardRange.DefaultCount);
            _probe._store.Append(new AppendRequest
            {
                Id = _id,
                ExpectedSequenceNr = _last,
                Shard = shard,
                Epoch = _probe._epochs[shard],
                Row = new JournalRow(_last + 1, (_last * 4) + 1, (_last * 4) + 4, last, _probe._events),
                Name = first ? new NameReservation(Account, Region, Machine, _name, 0) : null,
                NewExecution = first ? Row() : null,
                Change = last ? new ExecutionChange(ExecutionStatus.Succeeded, _number, null, _number) : null,
                Reply = this,
            });
        }

        public void Answered(AppendRequest request, in AppendOutcome outcome)
        {
            if (outcome.Kind != AppendOutcomeKind.Appended)
                throw new InvalidOperationException(outcome.Kind.ToString());
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Execute()
        {
            _last++;
            if (_last < AppendsEach)
            {
                Send();
                return;
            }

            _probe._latencies[_number - 1] = Stopwatch.GetTimestamp() - _began;
            _probe.StartNext();
        }

        private ExecutionRow Row() => new()
        {
            Id = _id,
            Account = Account,
            Region = Region,
            StateMachine = Machine,
            Name = _name,
            Status = ExecutionStatus.Running,
            StartDate = _id.StartTime,
            InputHash = _probe._hash,
            DefinitionHash = _probe._hash,
            WakeAt = 0,
        };
    }
}
