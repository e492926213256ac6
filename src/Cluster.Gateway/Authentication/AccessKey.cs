namespace Cluster.Gateway.Authentication;

/// <summary>A caller's key.</summary>
/// <param name="Id">The access key id, which callers send.</param>
/// <param name="Secret">The secret with which they sign; never shown.</param>
public sealed record AccessKey(string Id, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}
