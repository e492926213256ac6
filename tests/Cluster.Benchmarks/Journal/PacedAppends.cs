using System.Diagnostics;
using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Benchmarks.Journal;

/// <summary>Executions of three appends of 300 bytes on a journal alone, a number of them in flight; each append's latency is kept.</summary>
internal sealed class PacedAppends(IExecutionJournal journal, IReadOnlyList<long> epochs, string machine, Func<long> startTime)
{
    private const int AppendsEach = 3;
    private const int EventBytes = 300;
    private const string Account = "123456789012";
    private const string Region = "us-east-1";

    private readonly byte[] _hash = new byte[32];
    private readonly byte[] _events = new byte[EventBytes];
    private readonly Lock _gate = new();
    private long _minted;

    /// <summary>Runs executions until told to stop, or a number of them.</summary>
    /// <param name="inFlight">How many at a time.</param>
    /// <param name="executions">How many at most.</param>
    /// <param name="pause">The pause of each in flight between two executions.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The latency of each append, in milliseconds.</returns>
    public async Task<Samples> RunAsync(int inFlight, long executions, TimeSpan pause, CancellationToken stop)
    {
        var samples = new Samples();
        var left = executions;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(LoopAsync)));
        return samples;

        async Task LoopAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0 && !stop.IsCancellationRequested)
            {
                await RunOneAsync(samples);
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause);
            }
        }
    }

    private async Task RunOneAsync(Samples samples)
    {
        var number = Interlocked.Increment(ref _minted);
        var chance = (ulong)number * 0x9E3779B97F4A7C15;
        var name = string.Create(CultureInfo.InvariantCulture, $"{chance:x16}-{number:x8}");
        var start = startTime();
        var id = ExecutionId.Create(start, Buckets.Of(Account, Region, machine, name), chance >> 60, chance);
        var shard = ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount);
        for (var last = 0; last < AppendsEach; last++)
        {
            var reply = new Reply();
            var began = Stopwatch.GetTimestamp();
            journal.Append(new AppendRequest
            {
                Id = id,
                ExpectedSequenceNr = last,
                Shard = shard,
                Epoch = epochs[shard],
                Row = new JournalRow(last + 1, (last * 4) + 1, (last * 4) + 4, last == AppendsEach - 1, _events),
                Name = last == 0 ? new NameReservation(Account, Region, machine, name, start) : null,
                NewExecution = last == 0 ? RowOf(id, name) : null,
                Change = last == AppendsEach - 1
                    ? new ExecutionChange(ExecutionStatus.Succeeded, start, null, start + (long)RetentionRules.Default.TotalMilliseconds)
                    : null,
                Reply = reply,
            });
            if (await reply.Outcome != AppendOutcomeKind.Appended)
                throw new InvalidOperationException((await reply.Outcome).ToString());
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            lock (_gate)
                samples.Add(took);
        }
    }

    private ExecutionRow RowOf(ExecutionId id, string name) => new()
    {
        Id = id,
        Account = Account,
        Region = Region,
        StateMachine = machine,
        Name = name,
        Status = ExecutionStatus.Running,
        StartDate = id.StartTime,
        InputHash = _hash,
        DefinitionHash = _hash,
        WakeAt = 0,
    };

    private sealed class Reply : IAppendReply
    {
        private readonly TaskCompletionSource<AppendOutcomeKind> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<AppendOutcomeKind> Outcome => _outcome.Task;

        public void Answered(AppendRequest request, in AppendOutcome outcome) => _outcome.SetResult(outcome.Kind);
    }
}
