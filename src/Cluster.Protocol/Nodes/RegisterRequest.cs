namespace Cluster.Protocol.Nodes;

/// <summary>What a node asks of the register: the closed family. Each is one transaction by the store's clock.</summary>
public abstract record RegisterRequest
{
    private RegisterRequest()
    {
    }

    /// <summary>
    /// Joins, or makes the lease last for a time from now on, also one that has run out: what was taken meanwhile stays taken. Answered with
    /// <see cref="RegisterAnswer.Renewed"/>.
    /// </summary>
    /// <param name="Me">The node.</param>
    /// <param name="Lease">How long the lease is to last.</param>
    /// <param name="SentAt">The node's monotonic time before it asked: the lease it may count on begins here.</param>
    public sealed record Renew(NodeEntry Me, TimeSpan Lease, long SentAt) : RegisterRequest;

    /// <summary>
    /// Takes those of some shards that nobody alive holds: held by 0, by a node that is not registered, whose lease has run out, or which is
    /// not present; or by the asking node itself, which may take its own anew. Answered with <see cref="RegisterAnswer.Granted"/>.
    /// </summary>
    /// <param name="Incarnation">Who takes; it must be registered and its lease must last, else nothing is taken.</param>
    /// <param name="AsSeen">The shards with holder and epoch as they were seen; one that has changed since is left alone.</param>
    /// <param name="AbsentSince">Holders that may be passed over because they are not present, although their lease lasts.</param>
    /// <param name="EpochAbove">The new epoch is above this one, and above the stored one.</param>
    /// <param name="Reason">Why, for the log of the register.</param>
    public sealed record Take(
        long Incarnation, IReadOnlyList<ShardStanding> AsSeen, IReadOnlyList<long> AbsentSince, long EpochAbove, string Reason) : RegisterRequest;

    /// <summary>
    /// Gives shards to a successor, each with its next epoch; one that the giver does not hold at the given epoch is left alone, and all are
    /// when the successor is not registered, is leaving, or its lease has run out. Answered with <see cref="RegisterAnswer.Granted"/>.
    /// </summary>
    /// <param name="From">Who gives.</param>
    /// <param name="To">The successor; 0 gives them to nobody.</param>
    /// <param name="Shards">The shards as the giver holds them.</param>
    public sealed record HandOver(long From, long To, IReadOnlyList<ShardStanding> Shards) : RegisterRequest;

    /// <summary>Leaves: the node is no longer registered; shards that it still holds are free. Answered with <see cref="RegisterAnswer.Left"/>.</summary>
    /// <param name="Incarnation">Who leaves.</param>
    public sealed record Leave(long Incarnation) : RegisterRequest;
}
