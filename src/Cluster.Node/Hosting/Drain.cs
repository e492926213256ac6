namespace Cluster.Node.Hosting;

/// <summary>
/// The drain: the node is no longer ready, starts no more calls, and gives those in flight some time to end, so that as few outcomes as can
/// be are unknown to the next process.
/// </summary>
public sealed class Drain(ClusterNode node, TimeSpan longest, TimeProvider time)
{
    /// <summary>How often the calls in flight are counted.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether it has begun.</summary>
    public bool IsDraining => node.Drain.IsOn;

    /// <summary>Begins it; again changes nothing.</summary>
    public void Begin() => node.Drain.Begin();

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
