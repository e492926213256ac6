using Cluster.Node.Sharding;
using Cluster.Protocol.Nodes;
using Xunit;

namespace Cluster.Node.Tests.Sharding;

public sealed class ShardAllocationTests
{
    private const int Shards = 64;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly SortedSet<long> Nobody = [];

    [Fact]
    public void The_first_node_takes_all_at_once()
    {
        var view = View([Node(1, age: 0)], _ => 0);
        var plan = Decide(view, 1);
        Assert.Equal(Shards, plan.Take.Length);
        Assert.Empty(plan.Give);
    }

    [Fact]
    public void Nodes_that_start_together_share_what_nobody_holds()
    {
        var view = View([Node(1, age: 0), Node(2, age: 0)], _ => 0);
        Assert.Equal([32, 32], [Decide(view, 1).Take.Length, Decide(view, 2).Take.Length]);
        Assert.Empty(Decide(view, 1).Take.Intersect(Decide(view, 2).Take));
    }

    [Fact]
    public void A_joiner_waits_and_so_do_all_who_would_give_while_another_has_just_joined()
    {
        Assert.Empty(Decide(View([Node(1), Node(2, age: 1)], _ => 1), 1).Give);
        Assert.Empty(Decide(View([Node(1), Node(2), Node(3, age: 1)], _ => 1), 1).Give);
        Assert.Equal(32, Decide(View([Node(1), Node(2)], _ => 1), 1).Give.Length);
    }

    [Fact]
    public void Nodes_that_join_together_get_their_parts_in_one_step()
    {
        var view = View([Node(1), Node(2), Node(3)], _ => 1);
        var gives = Decide(view, 1).Give;
        Assert.Equal([22 - 1, 21], gives.GroupBy(move => move.To).OrderBy(group => group.Key).Select(group => group.Count()));
        Assert.Equal(gives.Length, gives.Select(move => move.Shard).Distinct().Count());
    }

    [Fact]
    public void What_is_being_given_away_counts_as_given()
    {
        var view = View([Node(1), Node(2)], _ => 1);
        var moving = Enumerable.Range(0, 10).ToDictionary(shard => shard, _ => 2L);
        Assert.Equal(22, ShardAllocation.Decide(view, Me(1), Nobody, moving, Settle).Give.Length);
    }

    [Fact]
    public void The_shards_of_a_node_whose_lease_ran_out_or_that_was_missed_for_long_go_to_the_others()
    {
        var ended = View([Node(1), Node(2, remaining: 0), Node(3)], shard => 1 + (shard % 3));
        var absent = View([Node(1), Node(2), Node(3)], shard => 1 + (shard % 3));
        Assert.Equal(21, Decide(ended, 1).Take.Length + Decide(ended, 3).Take.Length);
        Assert.Empty(Decide(absent, 1).Take);
        var missed = ShardAllocation.Decide(absent, Me(1), new SortedSet<long> { 2 }, new Dictionary<int, long>(), Settle);
        Assert.All(missed.Take, shard => Assert.Equal(2, shard.Incarnation));
        Assert.InRange(missed.Take.Length, 10, 11);
    }

    [Fact]
    public void A_node_that_leaves_gives_all_away_and_gets_none()
    {
        var view = View([Node(1), Node(2, isLeaving: true), Node(3)], shard => shard < 10 ? 0 : 1 + (shard % 3));
        var leaver = ShardAllocation.Decide(view, Me(2, isLeaving: true), Nobody, new Dictionary<int, long>(), Settle);
        Assert.Empty(leaver.Take);
        Assert.Equal(view.Shards.Where(shard => shard.Incarnation == 2).Select(shard => shard.Shard), leaver.Give.Select(move => move.Shard));
        Assert.DoesNotContain(2, leaver.Give.Select(move => move.To));
        Assert.Equal(10, Decide(view, 1).Take.Length + Decide(view, 3).Take.Length);
    }

    [Fact]
    public void A_node_that_nobody_can_follow_gives_nothing()
    {
        var plan = ShardAllocation.Decide(View([Node(1, isLeaving: true)], _ => 1), Me(1, isLeaving: true), Nobody, new Dictionary<int, long>(), Settle);
        Assert.Empty(plan.Take);
        Assert.Empty(plan.Give);
    }

    [Fact]
    public void Whatever_is_seen_all_do_their_parts_of_one_plan_that_moves_no_more_than_it_must()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            var nodes = Enumerable.Range(1, random.Next(1, 6)).Select(i => Node(i, remaining: random.Next(8) == 0 ? 0 : 5)).ToArray();
            var view = View(nodes, _ => random.Next(0, 7));
            var alive = nodes.Where(node => node.Remaining > TimeSpan.Zero).Select(node => node.Node.Incarnation).ToList();
            if (alive.Count == 0)
                continue;
            var holders = view.Shards.ToDictionary(shard => shard.Shard, shard => alive.Contains(shard.Incarnation) ? shard.Incarnation : 0);
            var orphans = holders.Count(pair => pair.Value == 0);
            var taken = 0;
            foreach (var node in alive)
            {
                var plan = Decide(view, node);
                Assert.True(orphans == 0 || plan.Give.IsEmpty);
                foreach (var shard in plan.Take)
                {
                    Assert.Equal(0, holders[shard.Shard]);
                    holders[shard.Shard] = node;
                    taken++;
                }
            }

            Assert.Equal(orphans, taken);
            var before = holders.ToDictionary();
            var settled = View(nodes, shard => before[shard]);
            var moves = alive.SelectMany(node => Decide(settled, node).Give.Select(move => (From: node, move.Shard, move.To))).ToList();
            foreach (var (from, shard, to) in moves)
            {
                Assert.Equal(from, holders[shard]);
                holders[shard] = to;
            }

            var counts = alive.Select(node => holders.Values.Count(holder => holder == node)).ToList();
            Assert.True(counts.Max() - counts.Min() <= 1);
            var needed = alive.Sum(node => Math.Max(0, before.Values.Count(holder => holder == node) - ((Shards + alive.Count - 1) / alive.Count)));
            Assert.True(moves.Count <= needed + alive.Count - 1, $"{moves.Count} moves, {needed} needed");
        }
    }

    private static ShardPlan Decide(RegisterView view, long me) =>
        ShardAllocation.Decide(view, Me(me), Nobody, new Dictionary<int, long>(), Settle);

    private static NodeEntry Me(long me, bool isLeaving = false) => new(me, $"node-{me}", $"http://node-{me}", isLeaving);

    private static NodeStanding Node(long node, double age = 60, double remaining = 5, bool isLeaving = false) =>
        new(Me(node, isLeaving), IsPresent: true, TimeSpan.FromSeconds(remaining), TimeSpan.FromSeconds(age));

    private static RegisterView View(NodeStanding[] nodes, Func<int, long> holder) =>
        new("line", nodes, [.. Enumerable.Range(0, Shards).Select(shard => new ShardStanding(shard, holder(shard), 7))]);
}
