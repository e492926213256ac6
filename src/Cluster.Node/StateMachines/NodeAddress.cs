namespace Cluster.Node.StateMachines;

/// <summary>In whose name this node answers: every ARN that it makes begins with these, and every key in the store.</summary>
/// <param name="Partition">Usually <c>aws</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account, 12 digits: a tenant.</param>
public sealed record NodeAddress(string Partition, string Region, string Account);
