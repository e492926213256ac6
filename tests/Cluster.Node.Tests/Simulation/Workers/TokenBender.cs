using System.Buffers.Text;
using System.Security.Cryptography;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>Makes of a token what is none.</summary>
internal static class TokenBender
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    internal static string Bend(string token, SimulationRandom dice) => dice.Below(9) switch
    {
        0 => With(token, token.Length - 1, dice),
        1 => token[..dice.Below(token.Length)],
        2 => token + dice.Of(Alphabet.ToCharArray()),
        3 => token + dice.Of(" ", "\n", "=", "==", "\0"),
        4 => token.Insert(dice.Below(token.Length), dice.Of(" ", "\n", "\0", "+")),
        5 => Forged(token),
        6 => token.Replace('-', '+').Replace('_', '/') + "=",
        _ => With(token, dice.Below(token.Length), dice),
    };

    private static string With(string token, int at, SimulationRandom dice)
    {
        var other = Alphabet[(Alphabet.IndexOf(token[at], StringComparison.Ordinal) + 1 + dice.Below(Alphabet.Length - 1)) % Alphabet.Length];
        return string.Concat(token.AsSpan(0, at), [other], token.AsSpan(at + 1));
    }

    /// <summary>Signed by somebody who does not know the key.</summary>
    private static string Forged(string token)
    {
        const int Head = 2;
        const int Mac = 16;
        var whole = Base64Url.DecodeFromChars(token);
        HMACSHA256.HashData("wrong"u8, whole.AsSpan(Head + Mac)).AsSpan(0, Mac).CopyTo(whole.AsSpan(Head));
        return Base64Url.EncodeToString(whole);
    }
}
