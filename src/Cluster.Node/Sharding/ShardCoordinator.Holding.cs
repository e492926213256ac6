using Cluster.Node.Actors;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Sharding;

/// <content>Which shards live here, according to what the register tells.</content>
public sealed partial class ShardCoordinator
{
    /// <summary>Follows a view: ends what another got, starts what is ours and does not live here yet.</summary>
    private void Follow(RegisterView view)
    {
        var got = 0;
        foreach (var shard in view.Shards)
        {
            _room.Region.IsAt(shard.Shard, IsMe(shard.Incarnation) ? null : AddressOf(shard.Incarnation));
            if (_held.TryGetValue(shard.Shard, out var held))
            {
                // A view that is older than what we were told since shows a lower epoch.
                if (shard.Epoch < held.Epoch || (shard.Epoch == held.Epoch && IsMe(shard.Incarnation)))
                    continue;
                Lose(shard.Shard, AddressOf(shard.Incarnation));
            }

            if (!IsMe(shard.Incarnation) || shard.Epoch <= _gone[shard.Shard])
                continue;
            Hold(shard.Shard, shard.Epoch);
            got++;
        }

        if (got > 0)
            LogGot(_room.Log, got);
    }

    private void Taken(IReadOnlyList<ShardStanding> shards)
    {
        foreach (var shard in shards)
        {
            if (shard.Epoch <= _gone[shard.Shard])
                continue;
            if (_held.TryGetValue(shard.Shard, out var held))
            {
                if (held.Epoch >= shard.Epoch)
                    continue;
                Lose(shard.Shard, _me.Address);
            }

            Hold(shard.Shard, shard.Epoch);
        }

        if (shards.Count > 0)
            LogTook(_room.Log, shards.Count);
        Renew();
    }

    private void Hold(int shard, long epoch)
    {
        _held.Add(shard, new HeldShard(_room.Region.Hold(shard, epoch, Self), epoch));
        _room.Metrics.Holds(_held.Count);
    }

    /// <summary>Ends a shard here; who waits in it hears where it is.</summary>
    private void Lose(int shard, string? owner)
    {
        if (!_held.Remove(shard, out var held))
            return;
        _gone[shard] = Math.Max(_gone[shard], held.Epoch);
        _room.Region.Drop(shard);
        _room.Region.IsAt(shard, owner);
        held.Actor.Tell(new ShardGiven(owner));
        _room.Metrics.Holds(_held.Count);
    }

    private void Fenced(ShardFenced fenced)
    {
        if (!_held.TryGetValue(fenced.Shard, out var held) || held.Epoch != fenced.Epoch)
            return;
        LogFenced(_room.Log, fenced.Shard, fenced.Epoch);
        Lose(fenced.Shard, owner: null);
        Renew();
    }

    /// <summary>A shard that failed is taken anew with a higher epoch: what it had under way cannot be written any more.</summary>
    private void Ended(Terminated terminated)
    {
        foreach (var (shard, held) in _held)
        {
            if (!ReferenceEquals(held.Actor, terminated.Actor))
                continue;
            Lose(shard, owner: null);
            break;
        }

        foreach (var letter in terminated.Unread)
            PassOn(letter);
    }

    /// <summary>What was told to a shard that has ended goes to where the shard is now.</summary>
    private void PassOn(in Envelope letter)
    {
        switch (letter.Message)
        {
            case StartEntity start when letter.Sender is not null:
                _room.Region.Tell(start, letter.Sender);
                break;
            case ToEntity to:
                _room.Region.Tell(to, letter.Sender);
                break;
            case DeadLetter dead:
                PassOn(dead.Letter);
                break;
        }
    }

    private string? AddressOf(long incarnation)
    {
        foreach (var node in _view?.Nodes ?? [])
        {
            if (node.Node.Incarnation == incarnation)
                return node.Node.Address;
        }

        return null;
    }
}
