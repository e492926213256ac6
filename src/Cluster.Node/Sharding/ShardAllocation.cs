using System.Collections.Immutable;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Sharding;

/// <summary>What a node does next about shards.</summary>
/// <param name="Take">Shards that nobody alive holds and that fall to this node, as they were seen.</param>
/// <param name="Give">Shards of this node and who gets each, in the order in which they should go.</param>
public sealed record ShardPlan(ImmutableArray<ShardStanding> Take, ImmutableArray<ShardMove> Give);

/// <summary>A shard that moves.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="To">The incarnation that gets it.</param>
public readonly record struct ShardMove(int Shard, long To);

/// <summary>
/// Which shard should be where. Each node computes it for all from what it sees and does its own part, so that nobody need be asked; where two
/// saw different things the register lets only one of them have its way.
/// </summary>
/// <remarks>
/// <para>Shards that nobody alive holds go to whoever has fewest. A node that leaves gives all away. Shards move for balance only when nobody
/// leaves, none is orphaned and every node has been there for a while: nodes that join together then cause one step, in which no shard moves
/// twice, and only as many move as must for the numbers to differ by one at most.</para>
/// </remarks>
public static class ShardAllocation
{
    /// <summary>Decides for one node.</summary>
    /// <param name="view">What it sees.</param>
    /// <param name="self">Which node it is.</param>
    /// <param name="absent">Nodes that have not been present for so long that they count as ended, although their lease lasts.</param>
    /// <param name="moving">Shards of this node that are being given away already, with their successors.</param>
    /// <param name="settle">How long ago a node must have joined before it gets shards that others hold.</param>
    public static ShardPlan Decide(
        RegisterView view, NodeEntry self, IReadOnlySet<long> absent, IReadOnlyDictionary<int, long> moving, TimeSpan settle)
    {
        var me = self.Incarnation;
        var alive = view.Nodes.Where(node => IsAlive(node, me, absent)).ToList();
        var takers = Takers(self.IsLeaving ? alive.FindAll(node => node.Node.Incarnation != me) : alive, settle);
        if (takers.Count == 0)
            return new ShardPlan([], []);
        var counts = new Counts(takers);
        var orphans = new List<ShardStanding>();
        var leavers = false;
        foreach (var shard in view.Shards)
        {
            var holder = shard.Incarnation == me && moving.TryGetValue(shard.Shard, out var successor) ? successor : shard.Incarnation;
            if (alive.TrueForAll(node => node.Node.Incarnation != holder))
                orphans.Add(shard);
            else if (!counts.Add(holder, shard.Shard))
                leavers = true;
        }

        var take = ImmutableArray.CreateBuilder<ShardStanding>();
        foreach (var orphan in orphans)
        {
            if (counts.Give(orphan.Shard) == me)
                take.Add(orphan);
        }

        if (self.IsLeaving)
            return new ShardPlan([], GiveAll(view, me, moving, counts));
        var isUnsettled = orphans.Count > 0 || leavers || alive.Count > takers.Count || takers.Exists(node => node.Age < settle);
        return new ShardPlan(take.ToImmutable(), isUnsettled ? [] : Give(me, counts));
    }

    private static bool IsAlive(NodeStanding node, long me, IReadOnlySet<long> absent) =>
        node.Node.Incarnation == me || (node.Remaining > TimeSpan.Zero && !absent.Contains(node.Node.Incarnation));

    /// <summary>Who may get shards: those who have settled, or, where nobody has, all that do not leave.</summary>
    private static List<NodeStanding> Takers(List<NodeStanding> alive, TimeSpan settle)
    {
        var staying = alive.FindAll(node => !node.Node.IsLeaving);
        var settled = staying.FindAll(node => node.Age >= settle);
        return settled.Count > 0 ? settled : staying;
    }

    private static ImmutableArray<ShardMove> GiveAll(RegisterView view, long me, IReadOnlyDictionary<int, long> moving, Counts counts) =>
    [
        .. view.Shards.Where(shard => shard.Incarnation == me && !moving.ContainsKey(shard.Shard))
            .Select(shard => new ShardMove(shard.Shard, counts.Give(shard.Shard))),
    ];

    private static ImmutableArray<ShardMove> Give(long me, Counts counts)
    {
        var moves = ImmutableArray.CreateBuilder<ShardMove>();
        while (counts.Level() is { } move)
        {
            if (move.From == me)
                moves.Add(new ShardMove(move.Shard, move.To));
        }

        return moves.ToImmutable();
    }

    /// <summary>The shards of each node, as they are and as they will be.</summary>
    private sealed class Counts
    {
        private readonly SortedDictionary<long, SortedSet<int>> _shards = [];

        public Counts(List<NodeStanding> takers)
        {
            foreach (var node in takers)
                _shards.Add(node.Node.Incarnation, []);
        }

        public bool Add(long node, int shard) => _shards.TryGetValue(node, out var shards) && shards.Add(shard);

        /// <summary>Gives a shard to who has fewest, of those to the one with the lowest number.</summary>
        public long Give(int shard)
        {
            var (node, shards) = _shards.MinBy(pair => pair.Value.Count);
            shards.Add(shard);
            return node;
        }

        /// <summary>Moves one shard from who has most to who has fewest; null when they differ by one at most.</summary>
        public (long From, int Shard, long To)? Level()
        {
            var (from, most) = _shards.MaxBy(pair => pair.Value.Count);
            var (to, fewest) = _shards.MinBy(pair => pair.Value.Count);
            if (most.Count - fewest.Count <= 1)
                return null;
            var shard = most.Max;
            most.Remove(shard);
            fewest.Add(shard);
            return (from, shard, to);
        }
    }
}
