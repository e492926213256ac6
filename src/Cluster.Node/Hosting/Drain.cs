namespace Cluster.Node.Hosting;

/// <summary>
/// The drain: the node is no longer ready, starts no more calls, and gives those in flight some time to end, so that as few outcomes as can
/// be are unknown to the next process.
/// </summary>
public sealed class Drain(ClusterNode node, TimeSpan longest, TimeProvider time)
{
    /// <summary>How often the calls in flight are counted.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the register may take to hand shards over once no call holds them, beyond the time that calls have.</summary>
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(5);

    private Task? _left;

    /// <summary>Whether it has begun.</summary>
    public bool IsDraining => node.Drain.IsOn;

    /// <summary>Begins it; again changes nothing.</summary>
    public void Begin()
    {
        node.Drain.Begin();
        node.ActivityRegion.Close();
    }

    /// <summary>
    /// Gives the shards to other nodes, where there are any, and waits until no call is in flight, or the time is over.
    /// </summary>
    /// <returns>Whether no call was left in flight.</returns>
    public async Task<bool> FinishedAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var left = _left ??= node.LeaveAsync();
        while ((node.CallsInFlight > 0 || !left.IsCompleted) && time.GetElapsedTime(began) < longest + HandOver)
        {
            if (left.IsCompleted && time.GetElapsedTime(began) >= longest)
                break;
            await Task.Delay(Pulse, time, cancellation).ConfigureAwait(false);
        }

        return node.CallsInFlight == 0;
    }
}
