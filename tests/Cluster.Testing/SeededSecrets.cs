using Cluster.Protocol.Identity;

namespace Cluster.Testing;

/// <summary>Secrets that follow from a seed, so that a run is the same twice.</summary>
public sealed class SeededSecrets(int seed) : ISecretSource
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public void Fill(Span<byte> destination)
    {
        lock (_gate)
            _random.NextBytes(destination);
    }
}
