using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tasks.Tokens;

/// <summary>
/// Makes task tokens and tells whose they are. A token is good wherever the keys are known, and after any restart; one that was forged or
/// bent is found out without reading anything, unless it names a key that is not known here: such keys are looked for at a bounded pace. Safe
/// from any thread.
/// </summary>
/// <param name="keys">The keys, the oldest first; at least one.</param>
/// <param name="secrets">Chance for nonces.</param>
/// <param name="time">Tells which key has settled.</param>
/// <param name="source">Where further keys may be found; null where there are none.</param>
public sealed class TaskTokens(IReadOnlyList<TokenKey> keys, ISecretSource secrets, TimeProvider time, ITokenKeySource? source = null)
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

    /// <summary>What a token names, by the keys that are known here, and if need be by those that are kept.</summary>
    public async ValueTask<TokenReading> ReadAsync(string text, CancellationToken cancellation)
    {
        if (TryRead(text, out var token))
            return new TokenReading(token, IsUnsure: false);
        if (source is null || !NamesUnknownKey(text))
            return default;
        if (await source.LookAgainAsync(cancellation).ConfigureAwait(false) is not { } keys)
            return new TokenReading(null, IsUnsure: true);
        Replace(keys);
        return new TokenReading(TryRead(text, out token) ? token : null, IsUnsure: false);
    }

    /// <summary>What a token names; false when no key that is known here has made it.</summary>
    public bool TryRead(string text, [NotNullWhen(true)] out TaskToken? token)
    {
        token = null;
        if (Unfold(text) is not { } whole || KeyOf(whole) is not { } key)
            return false;
        Span<byte> mac = stackalloc byte[MacBytes];
        var body = whole.AsSpan(HeadBytes);
        Sign(key, body, mac);
        return CryptographicOperations.FixedTimeEquals(mac, whole.AsSpan(2, MacBytes)) && TaskToken.TryRead(body, out token);
    }

    private bool NamesUnknownKey(string text) => Unfold(text) is { } whole && KeyOf(whole) is null;

    private TokenKey? KeyOf(byte[] whole) => Volatile.Read(ref _keys).FirstOrDefault(key => key.Id == whole[1]);

    /// <summary>
    /// The bytes of a token; null when it is none. Blanks, padding and unused bits of the last character would be read over, and no token has
    /// them.
    /// </summary>
    private static byte[]? Unfold(string text)
    {
        if (!Base64Url.IsValid(text))
            return null;
        var whole = Base64Url.DecodeFromChars(text);
        return whole.Length >= HeadBytes && whole[0] == Version && string.Equals(text, Base64Url.EncodeToString(whole), StringComparison.Ordinal)
            ? whole
            : null;
    }

    private static void Sign(TokenKey key, ReadOnlySpan<byte> body, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Secret.Span, body, whole);
        whole[..MacBytes].CopyTo(mac);
    }
}
