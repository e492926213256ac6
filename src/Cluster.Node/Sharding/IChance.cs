namespace Cluster.Node.Sharding;

/// <summary>Chance for ids and seeds: from a seed in the simulator, from the operating system in production.</summary>
public interface IChance
{
    /// <summary>64 bits of chance; safe from any thread.</summary>
    ulong Next();
}
