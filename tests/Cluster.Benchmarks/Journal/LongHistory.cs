using System.Globalization;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Benchmarks.Core;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Benchmarks.Journal;

/// <summary>
/// Long executions in the SQLite journal, one after the other: decided, encoded and appended decision by decision on one thread, each append waiting for its
/// commit; then read back and folded.
/// </summary>
internal sealed class LongHistory : IAppendReply, ILoadReply, IDisposable
{
    private const string Account = "123456789012";
    private const string Region = "us-east-1";
    private const string Machine = "long";

    private static readonly ReadOnlyMemory<byte> NoHash = new byte[32];
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SqliteStore _store;
    private readonly IReadOnlyList<long> _epochs;
    private readonly StateMachineDefinition _definition;
    private readonly EventCodec _codec = new(new IdentityPayloadCodec());
    private readonly AutoResetEvent _answered = new(initialState: false);
    private ExecutionId _id;
    private string _name = "";
    private ulong _written;
    private readonly List<(int Events, CpuTime Took)> _appends = [];
    private LoadedExecution? _loaded;
    private string? _refusal;
    private long _sequenceNr;

    private LongHistory(SqliteStore store, IReadOnlyList<long> epochs, StateMachineDefinition definition)
    {
        _store = store;
        _epochs = epochs;
        _definition = definition;
    }

    /// <summary>How many events it has, history and bookkeeping.</summary>
    public int Events => _appends.Sum(append => append.Events);

    /// <summary>How long it took to write, in milliseconds.</summary>
    public double WrittenInMs => _appends.Sum(append => append.Took.Wall.TotalMilliseconds);

    /// <summary>A history in a fresh folder.</summary>
    public static async Task<LongHistory> OpenAsync(string directory, StateMachineDefinition definition)
    {
        var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = directory }, out var refusal)
            ?? throw new InvalidOperationException(refusal);
        return new LongHistory(store, await store.AcquireShardsAsync(CancellationToken.None), definition);
    }

    /// <summary>Writes an execution from its start to its end; the figures are of the last one.</summary>
    /// <returns>The execution at its end.</returns>
    public Execution Write(ReadOnlyMemory<byte> input)
    {
        _written++;
        _name = string.Create(CultureInfo.InvariantCulture, $"long-{_written}");
        _id = ExecutionId.Create(CoreMachines.Now, Buckets.Of(Account, Region, Machine, _name), _written, _written);
        _sequenceNr = 0;
        _appends.Clear();
        var began = CpuTime.Now;
        return CoreMachines.Run(_definition, input, Limits.Default, decision =>
        {
            Append(decision);
            var now = CpuTime.Now;
            _appends.Add((decision.Events.Length, now - began));
            began = now;
        });
    }

    /// <summary>What an event of a part of the history cost on its way into the journal, in microseconds.</summary>
    /// <param name="from">Where the part begins, from 0 to 1.</param>
    /// <param name="to">Where it ends.</param>
    public (double Wall, double Cpu) PerEvent(double from, double to)
    {
        var total = Events;
        var before = 0;
        var events = 0;
        var took = default(CpuTime);
        foreach (var append in _appends)
        {
            if (before >= from * total && before + append.Events <= to * total)
            {
                events += append.Events;
                took += append.Took;
            }

            before += append.Events;
        }

        return (took.Wall.TotalMicroseconds / events, took.Cpu.TotalMicroseconds / events);
    }

    /// <summary>Reads the whole journal of the last execution and folds it.</summary>
    public Execution Replay()
    {
        _store.Load(_id, fromSnapshot: false, this);
        Wait();
        var execution = Execution.Empty(_definition);
        foreach (var row in _loaded!.Rows)
            execution = _codec.Fold(execution, row.Events);
        return execution;
    }

    public void Answered(AppendRequest request, in AppendOutcome outcome)
    {
        if (outcome.Kind != AppendOutcomeKind.Appended)
            _refusal = outcome.Kind.ToString();
        _answered.Set();
    }

    public void Loaded(ExecutionId id, LoadedExecution? execution)
    {
        _loaded = execution;
        _answered.Set();
    }

    public void LoadFailed(ExecutionId id, Exception reason)
    {
        _refusal = reason.Message;
        _answered.Set();
    }

    public void Dispose()
    {
        _store.Dispose();
        _answered.Dispose();
    }

    private void Append(Decision decision)
    {
        var shard = ShardRange.IndexOf(_id.Bucket, ShardRange.DefaultCount);
        var ids = decision.Events.Where(e => e.Id > 0).Select(e => e.Id).DefaultIfEmpty().ToList();
        var closed = decision.Execution.IsClosed;
        _store.Append(new AppendRequest
        {
            Id = _id,
            ExpectedSequenceNr = _sequenceNr,
            Shard = shard,
            Epoch = _epochs[shard],
            Row = new JournalRow(_sequenceNr + 1, ids[0], ids[^1], closed, _codec.Encode(decision.Events)),
            Name = _sequenceNr == 0 ? new NameReservation(Account, Region, Machine, _name, 0) : null,
            NewExecution = _sequenceNr == 0 ? Row() : null,
            Change = closed ? new ExecutionChange(ExecutionStatus.Succeeded, CoreMachines.Now, null, CoreMachines.Now) : null,
            Reply = this,
        });
        Wait();
        _sequenceNr++;
    }

    private void Wait()
    {
        if (!_answered.WaitOne(LongestWait))
            throw new InvalidOperationException("The journal did not answer.");
        if (_refusal is not null)
            throw new InvalidOperationException(_refusal);
    }

    private ExecutionRow Row() => new()
    {
        Id = _id,
        Account = Account,
        Region = Region,
        StateMachine = Machine,
        Name = _name,
        Status = ExecutionStatus.Running,
        StartDate = CoreMachines.Now,
        InputHash = NoHash,
        DefinitionHash = NoHash,
        WakeAt = 0,
    };
}
