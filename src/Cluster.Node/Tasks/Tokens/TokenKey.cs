using System.Globalization;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tasks.Tokens;

/// <summary>A key of task tokens.</summary>
/// <remarks>
/// Keys are changed every <see cref="Life"/>; an older one still tells its tokens for longer than a Task may wait after the last of them was
/// made. A new key signs only when it is <see cref="Settling"/> old, so that every node has looked for it before it meets its first token.
/// Their number is bounded by <see cref="Memory"/> through <see cref="Life"/>: about 40.
/// </remarks>
/// <param name="Id">Its number, which each token names.</param>
/// <param name="MadeAt">Unix milliseconds.</param>
/// <param name="Secret">The key, 32 bytes.</param>
public sealed record TokenKey(byte Id, long MadeAt, ReadOnlyMemory<byte> Secret)
{
    /// <summary>How long a key makes tokens.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>
    /// How long a key tells its tokens after the next one was made, which is when it makes its last ones: longer than a Task may wait, which is
    /// 99,999,999 seconds. However long nobody was there to make the next one.
    /// </summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1160);

    /// <summary>How old a new key must be before it makes tokens.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    private const int Bytes = 32;

    /// <summary>A new key.</summary>
    public static TokenKey Make(byte id, ISecretSource secrets, TimeProvider time)
    {
        var secret = new byte[Bytes];
        secrets.Fill(secret);
        return new TokenKey(id, Now(time), secret);
    }

    /// <summary>The keys with a new one, where the last has grown old or there is none, and without those that nobody needs; otherwise the same.</summary>
    public static IReadOnlyList<TokenKey> Renewed(IReadOnlyList<TokenKey> keys, ISecretSource secrets, TimeProvider time)
    {
        var now = Now(time);
        if (keys.Count > 0 && keys[^1].MadeAt + (long)Life.TotalMilliseconds >= now)
            return keys;
        var next = unchecked((byte)(keys.Count == 0 ? 1 : keys[^1].Id + 1));
        var needed = keys.Where((_, i) => i == keys.Count - 1 || keys[i + 1].MadeAt + (long)Memory.TotalMilliseconds >= now);
        return [.. needed, Make(next, secrets, time)];
    }

    /// <summary>The key that makes tokens: the newest that has settled, or the oldest where none has.</summary>
    public static TokenKey Signing(IReadOnlyList<TokenKey> keys, TimeProvider time)
    {
        if (keys.Count == 1)
            return keys[0];
        var settled = Now(time) - (long)Settling.TotalMilliseconds;
        return keys.LastOrDefault(key => key.MadeAt <= settled) ?? keys[0];
    }

    /// <summary>Keys as they are kept: a line each.</summary>
    public static string Write(IEnumerable<TokenKey> keys) => string.Join('\n', keys.Select(key => string.Create(
        CultureInfo.InvariantCulture, $"{key.Id} {key.MadeAt} {Convert.ToHexStringLower(key.Secret.Span)}")));

    /// <summary>Keys from what is kept, the oldest first.</summary>
    /// <exception cref="FormatException">It was written by nobody who knows the form.</exception>
    public static IReadOnlyList<TokenKey> Read(string kept) => [.. kept.Split('\n').Select(line => line.Split(' ') switch
    {
        [var id, var madeAt, var secret] => new TokenKey(
            byte.Parse(id, CultureInfo.InvariantCulture), long.Parse(madeAt, CultureInfo.InvariantCulture), Convert.FromHexString(secret)),
        _ => throw new FormatException("The keys of task tokens are not in their form."),
    })];

    private static long Now(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
