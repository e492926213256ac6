using Cluster.Node.Actors;
using Cluster.Node.Timers;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Sharding;

/// <summary>
/// The sleepers of a shard whose time comes soon. Those of later times stay in the store: the window is read anew before it ends, so that a
/// million sleepers cost no memory.
/// </summary>
internal sealed class WakeWindow(ShardRange range, IWakeSource source, ITimers timers)
{
    /// <summary>How far the window reaches beyond a scan, in milliseconds.</summary>
    public const long WindowMilliseconds = 60_000;

    /// <summary>How often it is read anew, in milliseconds; well before it ends.</summary>
    public const long ScanMilliseconds = 30_000;

    /// <summary>The pause before an entity that failed is built anew, in milliseconds.</summary>
    public const long RestartMilliseconds = 1_000;

    /// <summary>The pause before a scan that failed is tried again, in milliseconds.</summary>
    private const long RetryMilliseconds = 500;

    private readonly Dictionary<ExecutionId, MessageTimer> _sleepers = [];
    private ActorRef _shard = null!;
    private TimeProvider _time = null!;
    private MessageTimer? _scan;
    private Sleeper? _after;
    private long _until;
    private bool _reading;
    private bool _closed;

    /// <summary>Sleepers with a timer.</summary>
    public int Count => _sleepers.Count;

    /// <summary>The first scan: it brings back all that was open when the process ended.</summary>
    public void Open(ActorRef shard, TimeProvider time)
    {
        _shard = shard;
        _time = time;
        _scan = new MessageTimer(shard, Scan.Instance);
        Read();
    }

    /// <summary>Begins a scan, unless one is under way.</summary>
    public void Read()
    {
        if (_closed || _reading)
            return;
        _until = Now() + WindowMilliseconds;
        _after = null;
        ReadPage();
    }

    /// <summary>Takes a page: those whose time is there are woken, the others get a timer.</summary>
    public void Take(WakePage page, Func<ExecutionId, bool> isLive)
    {
        _reading = false;
        if (_closed)
            return;
        foreach (var sleeper in page.Sleepers)
        {
            _after = sleeper;
            if (!isLive(sleeper.Id))
                Sleep(sleeper.Id, sleeper.WakeAt);
        }

        if (!page.IsLast && !page.Failed)
            ReadPage();
        else
            timers.Set(_scan!, Now() + (page.Failed ? RetryMilliseconds : ScanMilliseconds));
    }

    /// <summary>An entity sleeps until a time; one of a later window is left to the store.</summary>
    public void Sleep(ExecutionId id, long wakeAt)
    {
        if (_closed || wakeAt > _until)
            return;
        if (!_sleepers.TryGetValue(id, out var entry))
            _sleepers.Add(id, entry = new MessageTimer(_shard, new Due(id)));
        timers.Set(entry, wakeAt);
    }

    /// <summary>An entity is awake.</summary>
    public void Woken(ExecutionId id)
    {
        if (_sleepers.Remove(id, out var entry))
            timers.Cancel(entry);
    }

    /// <summary>The shard is no longer ours.</summary>
    public void Close()
    {
        _closed = true;
        timers.Cancel(_scan!);
        foreach (var entry in _sleepers.Values)
            timers.Cancel(entry);
        _sleepers.Clear();
    }

    private void ReadPage()
    {
        _reading = true;
        source.Read(range.FirstBucket, range.LastBucket, _until, _after, _shard);
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>To the shard: a sleeper's time is there.</summary>
    public sealed record Due(ExecutionId Id);

    /// <summary>To the shard: read the window anew.</summary>
    public sealed record Scan
    {
        public static readonly Scan Instance = new();
    }
}
