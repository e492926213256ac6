namespace Cluster.Protocol.Identity;

/// <summary>Chance that nobody can foretell: names drawn for callers, nonces, request ids. The simulator brings a seeded one.</summary>
public interface ISecretSource
{
    /// <summary>Fills the span with chance. Safe to call from several threads at once.</summary>
    void Fill(Span<byte> destination);
}
