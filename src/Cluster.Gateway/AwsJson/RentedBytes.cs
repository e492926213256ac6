using System.Buffers;

namespace Cluster.Gateway.AwsJson;

/// <summary>A buffer on loan from the shared pool, rented when it is first asked for.</summary>
internal struct RentedBytes(int size) : IDisposable
{
    private byte[]? _bytes;

    /// <summary>At least the size asked for.</summary>
    public Span<byte> Span => _bytes ??= ArrayPool<byte>.Shared.Rent(size);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = null;
    }
}
