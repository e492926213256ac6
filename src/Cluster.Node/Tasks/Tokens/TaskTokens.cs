using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tasks.Tokens;

/// <summary>
/// Makes task tokens and tells whose they are. A token is good wherever the keys are known, and after any restart; one that was forged or
/// bent is found out without reading anything. Safe from any thread.
/// </summary>
/// <param name="keys">The keys, the oldest first; at least one.</param>
/// <param name="secrets">Chance for nonces.</param>
/// <param name="time">Tells which key has settled.</param>
public sealed class TaskTokens(IReadOnlyList<TokenKey> keys, ISecretSource secrets, TimeProvider time)
{
    private const int MacBytes = 16;
    private const int HeadBytes = 2 + MacBytes;
    private const byte Version = 1;

    private IReadOnlyList<TokenKey> _keys = keys;

    /// <summary>Tokens of a key that nobody keeps.</summary>
    public static TaskTokens Forgotten(ISecretSource secrets, TimeProvider time) =>
        new([TokenKey.Make(1, secrets, time)], secrets, time);

    /// <summary>Other keys are good from now on.</summary>
    public void Replace(IReadOnlyList<TokenKey> keys) => Volatile.Write(ref _keys, keys);

    /// <summary>A new token for an attempt.</summary>
    public string Mint(TaskToken token)
    {
        Span<byte> nonce = stackalloc byte[TaskToken.NonceBytes];
        secrets.Fill(nonce);
        var key = TokenKey.Signing(Volatile.Read(ref _keys), time);
        var body = token.Body(nonce);
        var whole = new byte[HeadBytes + body.Length];
        whole[0] = Version;
        whole[1] = key.Id;
        body.CopyTo(whole, HeadBytes);
        Sign(key, body, whole.AsSpan(2, MacBytes));
        return Base64Url.EncodeToString(whole);
    }

    /// <summary>What a token names; false when no key of this cluster has made it.</summary>
    public bool TryRead(string text, [NotNullWhen(true)] out TaskToken? token)
    {
        token = null;
        if (!Base64Url.IsValid(text))
            return false;
        var whole = Base64Url.DecodeFromChars(text);
        if (whole.Length < HeadBytes || whole[0] != Version)
            return false;
        var key = Volatile.Read(ref _keys).FirstOrDefault(key => key.Id == whole[1]);
        if (key is null)
            return false;
        Span<byte> mac = stackalloc byte[MacBytes];
        var body = whole.AsSpan(HeadBytes);
        Sign(key, body, mac);
        return CryptographicOperations.FixedTimeEquals(mac, whole.AsSpan(2, MacBytes)) && TaskToken.TryRead(body, out token);
    }

    private static void Sign(TokenKey key, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, body, whole);
        whole[..MacBytes].CopyTo(mac);
    }
}
