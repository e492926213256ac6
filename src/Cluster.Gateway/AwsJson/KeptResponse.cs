namespace Cluster.Gateway.AwsJson;

/// <summary>Where a response goes that stays in the process. Beyond its limit it keeps nothing.</summary>
/// <param name="longest">How many bytes it takes.</param>
internal sealed class KeptResponse(int longest) : MemoryStream
{
    private bool _isTooLong;

    /// <summary>All that was written, or null where that was too much.</summary>
    public ReadOnlyMemory<byte>? Whole => _isTooLong ? default(ReadOnlyMemory<byte>?) : ToArray();

    /// <summary>All other ways to write end here.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        _isTooLong |= count > longest - Length;
        if (!_isTooLong)
            base.Write(buffer, offset, count);
    }
}
