using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Sharding;

/// <summary>The name under which an entity starts; it is unique in its bucket's shard.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="StateMachine">The machine's name.</param>
/// <param name="Name">The execution's name.</param>
public readonly record struct EntityName(string Account, string Region, string StateMachine, string Name)
{
    /// <summary>The bucket of the name.</summary>
    public int Bucket => Buckets.Of(Account, Region, StateMachine, Name);
}

/// <summary>Starts an entity under a name. The shard mints its id; while one start of a name is being answered, others wait.</summary>
/// <param name="Name">The name.</param>
/// <param name="Message">What the new entity gets first.</param>
public sealed record StartEntity(EntityName Name, object Message);

/// <summary>A message to an entity, which is woken for it; the entity gets it as it is.</summary>
/// <param name="Id">The entity.</param>
/// <param name="Message">The message.</param>
public sealed record ToEntity(ExecutionId Id, object Message);

/// <summary>To an entity, inside <see cref="ToEntity"/>: its time has come, or it must recover what is outstanding.</summary>
public sealed record Wake
{
    /// <summary>The one instance.</summary>
    public static readonly Wake Instance = new();
}

/// <summary>To the sender of a start whose entity failed before its first append was answered: it may or may not exist.</summary>
public sealed record StartLost
{
    /// <summary>The one instance.</summary>
    public static readonly StartLost Instance = new();
}

/// <summary>From an entity: its first append was answered, so its name is settled.</summary>
/// <param name="Id">The entity.</param>
public sealed record StartSettled(ExecutionId Id);

/// <summary>From an entity: it needs nothing in memory until a time. It is stopped; mail that is on its way wakes it anew.</summary>
/// <param name="Id">The entity.</param>
/// <param name="WakeAt">When it must be woken (Unix milliseconds), or null for never.</param>
public sealed record Passivate(ExecutionId Id, long? WakeAt);

/// <summary>From an entity: its memory and the journal may differ. It is stopped and built anew from the journal.</summary>
/// <param name="Id">The entity.</param>
public sealed record Rebuild(ExecutionId Id);

/// <summary>From an entity: the store has a newer epoch for this shard, which another owner holds now.</summary>
public sealed record Fenced
{
    /// <summary>The one instance.</summary>
    public static readonly Fenced Instance = new();
}

/// <summary>To a sender: this process does not hold the shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Owner">The address of the node that holds it as far as this one knows, or null.</param>
public sealed record NotOwner(int Shard, string? Owner = null);

/// <summary>
/// To a shard: end in order, for another node takes over. It lets effects that are under way end, its entities leave memory, and the sender
/// gets <see cref="ShardStopped"/>; what comes meanwhile waits for <see cref="ShardGiven"/>.
/// </summary>
/// <param name="Patience">How long effects under way may take to end.</param>
public sealed record HandOff(TimeSpan Patience);

/// <summary>To an entity: its shard goes to another node. It ends as soon as its append under way is answered.</summary>
public sealed record HandOffStop
{
    /// <summary>The one instance.</summary>
    public static readonly HandOffStop Instance = new();
}

/// <summary>From a shard that was to be handed off: nothing of it lives any more, and it writes nothing more.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The epoch at which it was held.</param>
public sealed record ShardStopped(int Shard, long Epoch);

/// <summary>To a shard that has stopped: it has a new owner. It tells those who wait, and ends.</summary>
/// <param name="Owner">The owner's address, or null when it is not known.</param>
public sealed record ShardGiven(string? Owner);

/// <summary>From a shard: the store has a newer epoch for it. Its entities end.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The epoch at which it was held.</param>
public sealed record ShardFenced(int Shard, long Epoch);

/// <summary>To a shard: the node's lease, which had lapsed, is held again.</summary>
public sealed record LeaseRegained
{
    /// <summary>The one instance.</summary>
    public static readonly LeaseRegained Instance = new();
}

/// <summary>To a shard: a page of the sleepers whose time comes soon.</summary>
/// <param name="Sleepers">The sleepers, earliest first.</param>
/// <param name="IsLast">Whether there are no more before the end of the window.</param>
/// <param name="Failed">Whether the store could not be read; the scan is tried again.</param>
public sealed record WakePage(IReadOnlyList<Sleeper> Sleepers, bool IsLast, bool Failed);

/// <summary>A sleeping entity and its time.</summary>
/// <param name="Id">The entity.</param>
/// <param name="WakeAt">Unix milliseconds; 0 is now.</param>
public readonly record struct Sleeper(ExecutionId Id, long WakeAt);

/// <summary>To a shard: tell how you stand; the sender gets a <see cref="ShardReport"/>.</summary>
public sealed record InspectShard
{
    /// <summary>The one instance.</summary>
    public static readonly InspectShard Instance = new();
}

/// <summary>How a shard stands.</summary>
/// <param name="Index">The shard.</param>
/// <param name="Epoch">The epoch at which this process holds it.</param>
/// <param name="FirstBucket">Its first bucket.</param>
/// <param name="LastBucket">Its last bucket, inclusive.</param>
/// <param name="Live">Entities in memory.</param>
/// <param name="Sleepers">Sleeping entities whose time comes soon.</param>
/// <param name="Lost">Whether another owner holds the shard now.</param>
public sealed record ShardReport(int Index, long Epoch, int FirstBucket, int LastBucket, int Live, int Sleepers, bool Lost);

/// <summary>From the coordinator: the node has joined, and holds the shards that fell to it at first.</summary>
public sealed record HasJoined
{
    /// <summary>The one instance.</summary>
    public static readonly HasJoined Instance = new();
}

/// <summary>To the coordinator: give all shards away and leave. The sender gets <see cref="HasLeft"/>.</summary>
public sealed record LeaveCluster
{
    /// <summary>The one instance.</summary>
    public static readonly LeaveCluster Instance = new();
}

/// <summary>From the coordinator: no shard lives here any more, and the node is no longer registered.</summary>
public sealed record HasLeft
{
    /// <summary>The one instance.</summary>
    public static readonly HasLeft Instance = new();
}

/// <summary>To the coordinator: tell what you know; the sender gets a <see cref="ClusterReport"/>.</summary>
public sealed record InspectCluster
{
    /// <summary>The one instance.</summary>
    public static readonly InspectCluster Instance = new();
}

/// <summary>What a node knows of the nodes and shards.</summary>
/// <param name="Me">The node itself.</param>
/// <param name="HasLease">Whether its lease is held.</param>
/// <param name="View">What it saw last, or null when it has seen nothing yet.</param>
public sealed record ClusterReport(NodeEntry Me, bool HasLease, RegisterView? View);
