using Cluster.Node.Actors;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Sharding;

/// <content>Taking and giving: what a view asks this node to do.</content>
public sealed partial class ShardCoordinator
{
    private void Plan(RegisterView view)
    {
        var absent = Absent(view);
        ForgetLostSuccessors(view, absent);
        var moving = new Dictionary<int, long>();
        foreach (var (shard, held) in _held)
        {
            if (held.Successor is { } successor)
                moving.Add(shard, successor);
        }

        var plan = ShardAllocation.Decide(view, _me, absent, moving, Settings.Settle);
        Take(view, plan, absent);
        var room = Settings.HandOffsAtATime - moving.Count;
        foreach (var move in plan.Give.Take(Math.Max(room, 0)))
            HandOff(move.Shard, move.To);
        if (_me.IsLeaving)
            Leave(plan);
        Give();
    }

    private void Take(RegisterView view, ShardPlan plan, IReadOnlySet<long> absent)
    {
        if (_taking)
            return;
        var wanted = plan.Take.ToList();
        if (!_me.IsLeaving)
            wanted.AddRange(view.Shards.Where(IsToBeTakenAnew));
        if (wanted.Count > 0)
        {
            _taking = true;
            Ask(new RegisterRequest.Take(_me.Incarnation, wanted, [.. absent], wanted.Max(shard => _gone[shard.Shard]), "nobody held it"));
            return;
        }

        TellJoined(view, absent);
    }

    /// <summary>Not while a node is missed of which nobody knows yet whether it has ended: its shards may fall to this one.</summary>
    private void TellJoined(RegisterView view, IReadOnlySet<long> absent)
    {
        if (_joined || view.Nodes.Any(node => !IsMe(node.Node.Incarnation) && !node.IsPresent && node.Remaining > TimeSpan.Zero
            && !absent.Contains(node.Node.Incarnation)))
            return;
        _joined = true;
        _room.Joined?.Tell(HasJoined.Instance);
    }

    /// <summary>Ours, but it does not live here, because it failed or its store changed; or it has stopped, and nobody takes it.</summary>
    private bool IsToBeTakenAnew(ShardStanding shard) => IsMe(shard.Incarnation)
        && (_held.TryGetValue(shard.Shard, out var held) ? held is { HasStopped: true, Successor: null } : shard.Epoch <= _gone[shard.Shard]);

    private void HandOff(int shard, long to)
    {
        if (!_held.TryGetValue(shard, out var held) || held.Successor is not null)
            return;
        held.Successor = to;
        if (!held.HasStopped)
            held.Actor.Tell(new HandOff(Settings.HandOffPatience));
    }

    private void Stopped(ShardStopped stopped)
    {
        if (!_held.TryGetValue(stopped.Shard, out var held) || held.Epoch != stopped.Epoch)
            return;
        held.HasStopped = true;
        Give();
    }

    /// <summary>Gives what has stopped to its successors, one successor at a time.</summary>
    private void Give()
    {
        if (_giving)
            return;
        long? to = null;
        var shards = new List<ShardStanding>();
        foreach (var (shard, held) in _held)
        {
            if (held is not { HasStopped: true, Successor: { } successor } || (to is not null && to != successor))
                continue;
            to = successor;
            shards.Add(new ShardStanding(shard, _me.Incarnation, held.Epoch));
        }

        if (to is null)
            return;
        _giving = true;
        Ask(new RegisterRequest.HandOver(_me.Incarnation, to.Value, shards));
    }

    private void Given(RegisterRequest.HandOver request, IReadOnlyList<ShardStanding> granted)
    {
        foreach (var shard in granted)
        {
            Lose(shard.Shard, AddressOf(shard.Incarnation));
            _gone[shard.Shard] = Math.Max(_gone[shard.Shard], IsMe(shard.Incarnation) ? shard.Epoch - 1 : shard.Epoch);
        }

        foreach (var shard in request.Shards)
        {
            // What was not granted has another owner already, or needs another successor: the next view tells.
            if (_held.TryGetValue(shard.Shard, out var held) && held.Epoch == shard.Epoch)
                held.Successor = null;
        }

        if (granted.Count > 0)
            LogGave(_room.Log, granted.Count, request.To);
        Give();
        Renew();
    }

    private void BeginToLeave(ActorRef? leaver)
    {
        _leaver = leaver;
        if (_leaveAsked)
            return;
        _me = _me with { IsLeaving = true };
        Renew();
    }

    /// <summary>With no successor the shards just stop; when none is left the node goes.</summary>
    private void Leave(ShardPlan plan)
    {
        if (plan.Give.IsEmpty)
        {
            foreach (var shard in _held.Keys.ToList())
                HandOff(shard, to: 0);
        }

        if (_held.Count > 0 || _taking || _giving)
            return;
        _leaveAsked = true;
        _room.Lease.End();
        Ask(new RegisterRequest.Leave(_me.Incarnation));
    }

    private SortedSet<long> Absent(RegisterView view)
    {
        var now = System.Time.GetTimestamp();
        var absent = new SortedSet<long>();

        // What broke here may have broken for all, as when the store starts anew: then absence says nothing of who lives, the leases do.
        if (now < _trustsLeasesUntil)
        {
            _absentSince.Clear();
            return absent;
        }

        foreach (var node in view.Nodes)
        {
            var incarnation = node.Node.Incarnation;
            if (node.IsPresent || IsMe(incarnation))
                _absentSince.Remove(incarnation);
            else if (_absentSince.TryAdd(incarnation, now))
                _lookAgain!.Change(Settings.Absence, Timeout.InfiniteTimeSpan);
            else if (System.Time.GetElapsedTime(_absentSince[incarnation], now) >= Settings.Absence)
                absent.Add(incarnation);
        }

        return absent;
    }

    private void ForgetLostSuccessors(RegisterView view, IReadOnlySet<long> absent)
    {
        foreach (var held in _held.Values)
        {
            if (held.Successor is > 0 and var successor && !_giving
                && !view.Nodes.Any(node => node.Node.Incarnation == successor && !node.Node.IsLeaving && node.Remaining > TimeSpan.Zero && !absent.Contains(successor)))
                held.Successor = null;
        }
    }
}
