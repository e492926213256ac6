using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Journal.InMemory;

/// <summary>Nodes, shards and log of the memory store. The store's lock is held around every call.</summary>
internal sealed class InMemoryRegister
{
    /// <summary>There is one memory, and it has one past.</summary>
    private const string StoreLine = "memory";

    private readonly ShardStanding[] _shards = [.. Enumerable.Range(0, ShardRange.DefaultCount).Select(shard => new ShardStanding(shard, 0, 0))];
    private readonly SortedDictionary<long, Registration> _nodes = [];
    private readonly HashSet<long> _present = [];
    private readonly HashSet<long> _gone = [];
    private readonly List<GrantEntry> _grants = [];
    private long _commits;
    private DateTimeOffset? _startedAt;

    public IReadOnlyList<GrantEntry> Grants => _grants;

    /// <summary>Removes old lines of the log, but not the last of each shard before that time; how many.</summary>
    public int RemoveGrants(long before)
    {
        var kept = _grants.Where(grant => grant.At < before).GroupBy(grant => grant.Shard).Select(ofShard => ofShard.MaxBy(grant => grant.CommitNr)!)
            .ToHashSet();
        return _grants.RemoveAll(grant => grant.At < before && !kept.Contains(grant));
    }

    public long EpochOf(int shard) => _shards[shard].Epoch;

    /// <summary>The next place in the order of commits.</summary>
    public long NextCommit() => ++_commits;

    /// <summary>Gives all shards to one, whoever has them.</summary>
    public IReadOnlyList<long> AcquireAll(long incarnation, DateTimeOffset now) =>
        [.. _shards.ToList().Select(shard => Grant(shard.Shard, incarnation, above: 0, RegisterLimits.AcquiredAll, now).Epoch)];

    /// <summary>The connection of a node broke: it is present again with its next request.</summary>
    public void CutOff(long incarnation) => _present.Remove(incarnation);

    /// <summary>The store starts anew, with all that it held: nobody is present any more.</summary>
    public void Restart(DateTimeOffset now)
    {
        _present.Clear();
        _startedAt = now;
    }

    /// <summary>The process of a node ended. What it asked before may still be carried out, but it is not present any more.</summary>
    public void End(long incarnation)
    {
        _present.Remove(incarnation);
        _gone.Add(incarnation);
    }

    public RegisterAnswer Ask(RegisterRequest request, long incarnation, DateTimeOffset now)
    {
        if (RegisterLimits.AskerOf(request) != incarnation)
            throw new ArgumentException("A node asks for itself only.", nameof(request));
        if (!_gone.Contains(incarnation))
            _present.Add(incarnation);
        return request switch
        {
            RegisterRequest.Renew renew => Renew(renew, now),
            RegisterRequest.Take take => Take(take, now),
            RegisterRequest.HandOver handOver => HandOver(handOver, now),
            RegisterRequest.Leave leave => Leave(leave, now),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "No such request."),
        };
    }

    private RegisterAnswer.Renewed Renew(RegisterRequest.Renew request, DateTimeOffset now)
    {
        var joined = _nodes.TryGetValue(request.Me.Incarnation, out var before) ? before.JoinedAt : now;
        _nodes[request.Me.Incarnation] = new Registration(request.Me, joined, now + request.Lease);
        return new RegisterAnswer.Renewed(request, new RegisterView(
            StoreLine,
            [.. _nodes.Values.Select(node => new NodeStanding(node.Entry, IsPresent(node.Entry.Incarnation), node.ExpiresAt - now, now - node.JoinedAt))],
            [.. _shards])
        {
            StoreUp = now - _startedAt ?? TimeSpan.MaxValue,
        });
    }

    private RegisterAnswer.Granted Take(RegisterRequest.Take request, DateTimeOffset now)
    {
        var taken = new List<ShardStanding>();
        if (IsLeased(request.Incarnation, now))
        {
            foreach (var seen in request.AsSeen.OrderBy(seen => seen.Shard))
            {
                if (Stands(seen) && (seen.Incarnation == request.Incarnation || IsFree(seen.Incarnation, request.AbsentSince, now)))
                    taken.Add(Grant(seen.Shard, request.Incarnation, request.EpochAbove, request.Reason, now));
            }
        }

        Forget(now);
        return new RegisterAnswer.Granted(request, taken);
    }

    private RegisterAnswer.Granted HandOver(RegisterRequest.HandOver request, DateTimeOffset now)
    {
        var given = new List<ShardStanding>();
        if (request.To == 0 || (IsLeased(request.To, now) && !_nodes[request.To].Entry.IsLeaving))
        {
            foreach (var held in request.Shards.OrderBy(held => held.Shard))
            {
                if (Stands(held with { Incarnation = request.From }))
                    given.Add(Grant(held.Shard, request.To, above: 0, RegisterLimits.HandedOver, now));
            }
        }

        return new RegisterAnswer.Granted(request, given);
    }

    private RegisterAnswer.Left Leave(RegisterRequest.Leave request, DateTimeOffset now)
    {
        _nodes.Remove(request.Incarnation);
        foreach (var held in _shards.Where(shard => shard.Incarnation == request.Incarnation).ToList())
            Grant(held.Shard, incarnation: 0, above: 0, RegisterLimits.FreedByLeaving, now);
        return new RegisterAnswer.Left(request);
    }

    private ShardStanding Grant(int shard, long incarnation, long above, string reason, DateTimeOffset now)
    {
        var standing = new ShardStanding(shard, incarnation, Math.Max(_shards[shard].Epoch, above) + 1);
        _shards[shard] = standing;
        _grants.Add(new GrantEntry(shard, standing.Epoch, incarnation, NextCommit(), now.ToUnixTimeMilliseconds(), reason));
        return standing;
    }

    /// <summary>Whether a shard is still as it was seen.</summary>
    private bool Stands(ShardStanding seen) => (uint)seen.Shard < (uint)_shards.Length && _shards[seen.Shard] == seen;

    private bool IsFree(long holder, IReadOnlyList<long> absentSince, DateTimeOffset now) =>
        !IsLeased(holder, now) || (absentSince.Contains(holder) && !IsPresent(holder));

    private bool IsLeased(long incarnation, DateTimeOffset now) => _nodes.TryGetValue(incarnation, out var node) && node.ExpiresAt > now;

    private bool IsPresent(long incarnation) => _present.Contains(incarnation);

    private void Forget(DateTimeOffset now)
    {
        var holders = _shards.Select(shard => shard.Incarnation).ToHashSet();
        foreach (var (incarnation, node) in _nodes.ToList())
        {
            if (now - node.ExpiresAt > RegisterLimits.ForgetNodesAfter && !holders.Contains(incarnation))
                _nodes.Remove(incarnation);
        }
    }

    private sealed record Registration(NodeEntry Entry, DateTimeOffset JoinedAt, DateTimeOffset ExpiresAt);
}
