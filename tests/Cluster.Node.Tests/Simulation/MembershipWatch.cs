using Cluster.Node.Journal;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Who is a member by the register, and that shards move for its sake only: each at most once for one step of membership.</summary>
internal sealed class MembershipWatch(World world)
{
    private readonly SortedDictionary<long, Member> _members = [];
    private readonly Dictionary<int, int> _movedFor = [];
    private string _standing = "";
    private int _step;
    private TimeSpan _since;

    /// <summary>What was decided before a step may be carried out for so long after it: shards end their work before they go.</summary>
    private static readonly TimeSpan Late = World.Settings.HandOffPatience + TimeSpan.FromSeconds(5);

    internal void Asked(RegisterRequest request)
    {
        Step();
        switch (request)
        {
            case RegisterRequest.Renew renew:
                _members[renew.Me.Incarnation] = new Member(world.Agenda.Elapsed + renew.Lease, renew.Me.IsLeaving);
                break;
            case RegisterRequest.Leave leave:
                _members.Remove(leave.Incarnation);
                break;
        }

        Step();
    }

    /// <summary>A shard got a new epoch.</summary>
    internal void Moved(GrantEntry grant, long before, RegisterRequest request)
    {
        if (before == grant.Incarnation || before == 0)
            return;
        if (request is RegisterRequest.Take)
        {
            if (IsLeased(grant.Incarnation) && IsLeased(before))
            {
                // Who takes does not count the holder among the members.
                Stepped();
                world.Faults.Passed(Landmark.TakenByAbsence);
            }
            else
                world.Faults.Passed(Landmark.TakenAfterExpiry);
        }
        else if (request is RegisterRequest.HandOver { To: not 0 })
        {
            HandedOver(grant, before);
        }
    }

    private void HandedOver(GrantEntry grant, long before)
    {
        if (_members.GetValueOrDefault(before)?.IsLeaving == true)
        {
            world.Faults.Passed(Landmark.GivenByLeaver);
            return;
        }

        world.Faults.Passed(Landmark.GivenToJoiner);
        if (world.Agenda.Elapsed - _since < Late)
            return;
        if (_movedFor.TryGetValue(grant.Shard, out var step) && step == _step)
            world.Invariants.Violated($"shard {grant.Shard} was given twice while the members were {_standing}");
        _movedFor[grant.Shard] = _step;
    }

    /// <summary>A step is over when anybody has come, gone, begun to leave, or let his lease run out.</summary>
    private void Step()
    {
        var standing = string.Join(
            ' ', _members.Where(member => IsLeased(member.Key)).Select(member => $"{member.Key}{(member.Value.IsLeaving ? "-" : "")}"));
        if (string.Equals(standing, _standing, StringComparison.Ordinal))
            return;
        _standing = standing;
        Stepped();
    }

    private void Stepped()
    {
        _step++;
        _since = world.Agenda.Elapsed;
    }

    private bool IsLeased(long incarnation) => _members.GetValueOrDefault(incarnation)?.Until > world.Agenda.Elapsed;

    private sealed record Member(TimeSpan Until, bool IsLeaving);
}
