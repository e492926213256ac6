namespace Cluster.Node.Hosting;

/// <summary>
/// The drain: the node is no longer ready, and calls in flight get some time to end, so that as few outcomes as can be are unknown to the
/// next process.
/// </summary>
public sealed class Drain(ClusterNode node, TimeSpan longest, TimeProvider time)
{
    /// <summary>How often the calls in flight are counted.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(20);

    private volatile bool _draining;

    /// <summary>Whether it has begun.</summary>
    public bool IsDraining => _draining;

    /// <summary>Begins it; again changes nothing.</summary>
    public void Begin() => _draining = true;

    /// <summary>Waits until no call is in flight, or the time is over.</summary>
    /// <returns>Whether no call was left in flight.</returns>
    public async Task<bool> FinishedAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (node.CallsInFlight > 0 && time.GetElapsedTime(began) < longest)
            await Task.Delay(Pulse, time, cancellation).ConfigureAwait(false);
        return node.CallsInFlight == 0;
    }
}
