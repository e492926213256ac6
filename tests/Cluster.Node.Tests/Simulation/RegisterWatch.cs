using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Who holds which shard, as the register has granted it, and what must hold of that and of who commits.</summary>
internal sealed class RegisterWatch(World world)
{
    private readonly GrantEntry?[] _held = new GrantEntry?[ShardRange.DefaultCount];
    private readonly int[] _changes = new int[ShardRange.DefaultCount];
    private readonly long[] _committed = new long[ShardRange.DefaultCount];
    private readonly Dictionary<(int Shard, long Epoch), long> _grantees = [];
    private readonly MembershipWatch _members = new(world);
    private int _seen;

    /// <summary>Who holds a shard; 0 for nobody.</summary>
    internal long HolderOf(int shard) => _held[shard]?.Incarnation ?? 0;

    internal long EpochOf(int shard) => _held[shard]?.Epoch ?? 0;

    /// <summary>Since when a shard is held by who holds it, in true Unix milliseconds.</summary>
    internal long HeldSince(int shard) => _held[shard]?.At ?? 0;

    /// <summary>The node whose process holds a shard; -1 for none that lives.</summary>
    internal int NodeOf(int shard) => world.Slots.FirstOrDefault(slot => slot.Node?.Life.Number == HolderOf(shard))?.Index ?? -1;

    /// <summary>How often a shard has changed hands.</summary>
    internal int ChangesOf(int shard) => _changes[shard];

    /// <summary>The shards that a life holds.</summary>
    internal IReadOnlyList<int> Of(NodeLife life) => [.. Enumerable.Range(0, _held.Length).Where(shard => HolderOf(shard) == life.Number)];

    /// <summary>The register was asked something, and has done it.</summary>
    internal void Asked(RegisterRequest request, RegisterAnswer answer)
    {
        _members.Asked(request);
        if (answer is not RegisterAnswer.Renewed)
            Look(request);
    }

    /// <summary>Takes note of what was granted since the last look.</summary>
    /// <param name="request">Because of what, or null when all shards were taken.</param>
    /// <param name="only">Who has taken all.</param>
    internal void Look(RegisterRequest? request, NodeLife? only = null)
    {
        var grants = world.Store.Grants;
        for (; _seen < grants.Count; _seen++)
            Granted(only is null ? grants[_seen] : grants[_seen] with { Incarnation = only.Number }, request);
    }

    /// <summary>A row was committed at an epoch.</summary>
    internal void Committed(int shard, long epoch, NodeLife life)
    {
        if (_grantees.GetValueOrDefault((shard, epoch)) is var grantee && grantee != life.Number)
            Violated($"{life.Number} has committed to shard {shard} at epoch {epoch}, which was granted to {grantee}");
        if (EpochOf(shard) != epoch)
            Violated($"{life.Number} has committed to shard {shard} at epoch {epoch}, which is at {EpochOf(shard)}");
        if (_committed[shard] > epoch)
            Violated($"shard {shard} has a commit at epoch {epoch} after one at {_committed[shard]}");
        _committed[shard] = Math.Max(_committed[shard], epoch);
    }

    /// <summary>In the end each shard is held by one node that lives, they know it, and they share evenly.</summary>
    internal void AtTheEnd()
    {
        var nodes = world.Slots.Select(slot => slot.Node).OfType<SimulatedNode>().ToList();
        for (var shard = 0; shard < _held.Length; shard++)
        {
            var index = shard;
            var holders = nodes.FindAll(node => node.Holds(index)).ConvertAll(node => (long)node.Life.Number);
            if (holders.Count != 1 || holders[0] != HolderOf(shard))
                Violated($"in the end shard {shard} lives at [{string.Join(", ", holders)}] and is granted to {HolderOf(shard)}");
        }

        var shares = nodes.ConvertAll(node => Of(node.Life).Count);
        if (shares.Count > 0 && shares.Max() - shares.Min() > 1)
            Violated($"in the end the nodes hold {string.Join(", ", shares)} shards");
    }

    private void Granted(GrantEntry grant, RegisterRequest? request)
    {
        world.Trace("grant", $"{grant.Shard}", $"{grant.Epoch} to {grant.Incarnation}: {grant.Reason}");
        var before = _held[grant.Shard];
        if (before?.Epoch >= grant.Epoch)
            Violated($"shard {grant.Shard} was granted at epoch {grant.Epoch} after {before.Epoch}");
        if (before?.Incarnation != grant.Incarnation)
            _changes[grant.Shard]++;
        if (before is not null && before.Incarnation != grant.Incarnation)
            world.Faults.Passed(Landmark.RestartedInFanOut, world.Invariants.FanOutsOf(grant.Shard));
        if (before is not null && before.Incarnation != grant.Incarnation)
            world.Nested.Moved(grant.Shard);
        _held[grant.Shard] = grant;
        _grantees[(grant.Shard, grant.Epoch)] = grant.Incarnation;
        if (request is not null)
            _members.Moved(grant, before?.Incarnation ?? 0, request);
    }

    private void Violated(string what) => world.Invariants.Violated(what);
}
