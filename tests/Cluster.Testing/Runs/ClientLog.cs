using System.Diagnostics;
using Cluster.Checker.Dumps;

namespace Cluster.Testing.Runs;

/// <summary>What the clients of a run asked and were answered, for the checker. All clients share one clock.</summary>
public sealed class ClientLog(RecordLog log)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _clients;

    /// <summary>A client of its own: it must see what it was told. It may go on over several connections and have several calls out at a time.</summary>
    public ClientSession Begin() => new(this, Interlocked.Increment(ref _clients));

    internal TimeSpan Now => _clock.Elapsed;

    internal void Add(CallRecord record) => log.Add(record);
}
