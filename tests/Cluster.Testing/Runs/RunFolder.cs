using Cluster.Checker;
using Cluster.Checker.Dumping;
using Cluster.Checker.Dumps;

namespace Cluster.Testing.Runs;

/// <summary>
/// The records of a run of real processes, to be judged when it is over: give <see cref="Clients"/> to the clients and <see cref="Calls"/>
/// to the functions, tell of the processes of a SQLite store, read back, judge.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly string _path;
    private readonly RecordLog _clients;
    private readonly List<(long From, long Until)> _processes = [];
    private long _runsSince;

    /// <param name="path">An own folder, made if need be.</param>
    public RunFolder(string path)
    {
        _path = Directory.CreateDirectory(path).FullName;
        _clients = new RecordLog(File("clients.jsonl"));
        Clients = new ClientLog(_clients);
    }

    /// <summary>What clients were answered. If there is one, then every client that starts executions must be one of them.</summary>
    public ClientLog Clients { get; }

    /// <summary>The path of the functions' log, for <see cref="LambdaStandIn.RunAsync"/>.</summary>
    public string Calls => File("calls.log");

    /// <summary>Functions that may be called again with the same key.</summary>
    public IReadOnlySet<string> Idempotent { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The process that alone has a SQLite store is about to be started. The store must have been empty before the first.</summary>
    public void ProcessStarts() => _runsSince = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>It has ended.</summary>
    public void ProcessEnded() => _processes.Add((_runsSince, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

    /// <summary>Reads back all that the API tells, when all is healed and nothing changes any more.</summary>
    public async Task ReadBackAsync(ApiClient api, params IReadOnlyList<string> machineArns)
    {
        using var log = new RecordLog(File("readback.jsonl"));
        foreach (var machine in machineArns)
            await ReadBack.OfAsync(api, machine, log);
    }

    /// <summary>Judges a run on SQLite; its process must have ended, and <see cref="ProcessEnded"/> been told.</summary>
    public Report JudgeSqlite(string dataFolder) => Judge(JournalDump.OfFolder(dataFolder).Concat(Leases()).Append(new CompleteRecord("lease")));

    /// <summary>Judges a run on PostgreSQL.</summary>
    /// <param name="connection">How to connect.</param>
    public Report JudgePostgres(string connection) => Judge(JournalDump.OfPostgres(connection));

    public void Dispose() => _clients.Dispose();

    private Report Judge(IEnumerable<DumpRecord> store)
    {
        _clients.Dispose();
        using (var log = new RecordLog(File("store.jsonl")))
        {
            log.AddRange(store);
            log.Add(new HealedRecord(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
            if (_clients.Count > 0)
                log.Add(new CompleteRecord("call"));
        }

        if (System.IO.File.Exists(Calls))
        {
            using var effects = new RecordLog(File("effects.jsonl"));
            effects.AddRange(CallLog.Read(Calls).Select(Effect));
            effects.Add(new CompleteRecord("effect"));
        }

        return Judgement.OfPath(_path);
    }

    private EffectRecord Effect(CallLogLine line) => new(
        Uri.UnescapeDataString(line.Key),
        line.What,
        line.Number,
        line.Function,
        line.At,
        line.Hash.Length == 0 ? null : line.Hash,
        Idempotent.Contains(line.Function));

    /// <summary>Each start of the process takes all shards, each with its next epoch.</summary>
    private IEnumerable<LeaseRecord> Leases() => _processes.SelectMany((process, i) => Enumerable.Range(0, JournalDump.Shards).Select(shard =>
        new LeaseRecord(shard, i + 1, i + 1, process.From, process.Until, Reason: "start")));

    private string File(string name) => Path.Combine(_path, name);
}
