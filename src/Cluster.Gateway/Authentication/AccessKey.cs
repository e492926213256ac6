namespace Cluster.Gateway.Authentication;

/// <summary>A caller's key.</summary>
/// <param name="Id">The access key id, which callers send.</param>
/// <param name="Secret">The secret with which they sign; never shown.</param>
public sealed record AccessKey(string Id, string Secret)
{
    private const int MaxIdLength = 128;

    /// <summary>Whether a text can be an access key id: it stands in a header between slashes and commas, so it has none.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= MaxIdLength && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <inheritdoc/>
    public override string ToString() => Id;
}
