using Cluster.Node.Sharding;

namespace Cluster.Node.Hosting;

/// <summary>How a node shares the shards of a store with others.</summary>
/// <param name="Register">The nodes and shards of the store.</param>
/// <param name="Count">How many shards there are.</param>
/// <param name="Settings">Times and bounds.</param>
public sealed record SharedShards(IRegisterPort Register, int Count, LeaseSettings Settings);
