namespace Cluster.Node.Journal;

/// <summary>A line of the register's log: a shard got a new epoch.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The new epoch.</param>
/// <param name="Incarnation">Who holds it from here on; 0 for nobody.</param>
/// <param name="CommitNr">Its place in the one order of commits of a shard that the rows of the journal are numbered in, too.</param>
/// <param name="At">When, in Unix milliseconds by the store's clock.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record GrantEntry(int Shard, long Epoch, long Incarnation, long CommitNr, long At, string Reason);
