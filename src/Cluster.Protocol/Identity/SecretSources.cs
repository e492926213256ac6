using System.Security.Cryptography;

namespace Cluster.Protocol.Identity;

/// <summary>What is made of an <see cref="ISecretSource"/>.</summary>
public static class SecretSources
{
    private const int UuidSize = 16;

    /// <summary>The source of production: the operating system's generator.</summary>
    public static ISecretSource Cryptographic { get; } = new CryptographicSource();

    /// <summary>Draws a UUID of version 4.</summary>
    public static Guid DrawUuid(this ISecretSource source)
    {
        Span<byte> bytes = stackalloc byte[UuidSize];
        source.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private sealed class CryptographicSource : ISecretSource
    {
        public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
    }
}
