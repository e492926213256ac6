using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Pages of sleepers out of the store, a little later and sometimes not.</summary>
internal sealed class SimulatedWakes(World world, NodeLife life, SimulationRandom random) : IWakeSource
{
    private const int PageSize = 4;

    private static readonly TimeSpan Travel = TimeSpan.FromMilliseconds(5);

    public void Read(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo)
    {
        if (!life.IsAlive)
            return;
        var page = IsCut || world.Faults.Strikes(FaultKind.WakeReadFailed, 0.01)
            ? new WakePage([], IsLast: false, Failed: true)
            : ReadPage(firstBucket, lastBucket, until, after);
        world.Agenda.In(random.Span(TimeSpan.Zero, Travel) + world.StallTime, () => life.Do(() => replyTo.Tell(page)));
    }

    private bool IsCut => world.Network.IsCut(life.Node, Network.Store) || world.Network.IsCut(Network.Store, life.Node);

    private WakePage ReadPage(int firstBucket, int lastBucket, long until, Sleeper? after)
    {
        var read = world.Store.ReadWakesAsync(
            firstBucket, lastBucket, until, after is { } last ? new WakeEntry(last.Id, last.WakeAt) : null, PageSize, CancellationToken.None);
        var entries = World.Now(read);
        return new WakePage([.. entries.Select(e => new Sleeper(e.Id, e.WakeAt))], IsLast: entries.Count < PageSize, Failed: false);
    }
}
