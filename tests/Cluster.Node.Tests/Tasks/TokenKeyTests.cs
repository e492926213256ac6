using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Identity;
using Cluster.Testing;
using Xunit;

namespace Cluster.Node.Tests.Tasks;

/// <summary>When keys of task tokens come, make tokens, and go.</summary>
public sealed class TokenKeyTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(Asl.Interpreter.Limits.DefaultTimeoutSeconds);
    private static readonly TaskToken Attempt = new(ExecutionId.Create(1, 2, 3, 4), "a/1", Visit: 5, Attempt: 6);

    private readonly ManualClock _clock = new();
    private readonly SeededSecrets _secrets = new(1);

    [Fact]
    public void A_key_is_followed_by_another_when_it_is_thirty_days_old()
    {
        var keys = TokenKey.Renewed([], _secrets, _clock);
        _clock.Advance(TokenKey.Life);
        Assert.Same(keys, TokenKey.Renewed(keys, _secrets, _clock));
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var renewed = TokenKey.Renewed(keys, _secrets, _clock);

        Assert.Equal([1, 2], renewed.Select(key => (int)key.Id));
        Assert.NotEqual(renewed[0].Secret.ToArray(), renewed[1].Secret.ToArray());
        Assert.Equal(TokenKey.Write(renewed), TokenKey.Write(TokenKey.Read(TokenKey.Write(renewed))));
    }

    [Fact]
    public void A_new_key_makes_tokens_when_every_node_has_had_the_time_to_look_for_it()
    {
        var keys = TokenKey.Renewed([], _secrets, _clock);
        Assert.Equal(1, TokenKey.Signing(keys, _clock).Id);
        _clock.Advance(TokenKey.Life * 2);
        keys = TokenKey.Renewed(keys, _secrets, _clock);

        Assert.Equal(1, TokenKey.Signing(keys, _clock).Id);
        _clock.Advance(TokenKey.Settling - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, TokenKey.Signing(keys, _clock).Id);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, TokenKey.Signing(keys, _clock).Id);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(45)]
    [InlineData(400)]
    [InlineData(2_000)]
    public void A_token_is_good_for_as_long_as_a_Task_may_wait_however_rarely_somebody_looks(int daysBetweenLooks)
    {
        var keys = TokenKey.Renewed([], _secrets, _clock);
        var open = new Queue<(string Token, long Until)>();
        for (var day = 0; day < 10 * 365; day += daysBetweenLooks)
        {
            var tokens = new TaskTokens(keys, _secrets, _clock);
            open.Enqueue((tokens.Mint(Attempt), _clock.NowMs + (long)LongestWait.TotalMilliseconds));
            _clock.Advance(TimeSpan.FromDays(daysBetweenLooks) - TokenKey.Settling);
            keys = TokenKey.Renewed(keys, _secrets, _clock);

            // While the new key settles the old one goes on, however old it is.
            tokens.Replace(keys);
            open.Enqueue((tokens.Mint(Attempt), _clock.NowMs + (long)LongestWait.TotalMilliseconds));
            while (open.Peek().Until < _clock.NowMs)
                open.Dequeue();
            Assert.All(open, minted => Assert.True(tokens.TryRead(minted.Token, out var read) && read == Attempt, "a token was forgotten"));
            Assert.InRange(keys.Count, 1, (int)(TokenKey.Memory / TokenKey.Life) + 3);
            _clock.Advance(TokenKey.Settling);
        }
    }

    [Fact]
    public void A_key_whose_last_tokens_nobody_waits_for_any_more_goes()
    {
        var keys = TokenKey.Renewed([], _secrets, _clock);
        for (var month = 0; month < 200; month++)
        {
            _clock.Advance(TokenKey.Life + TimeSpan.FromMilliseconds(1));
            keys = TokenKey.Renewed(keys, _secrets, _clock);
        }

        Assert.Equal((int)(TokenKey.Memory / TokenKey.Life) + 2, keys.Count);
        Assert.Equal(201, keys[^1].Id);
    }

    [Fact]
    public void A_token_with_any_bit_turned_is_refused()
    {
        var tokens = TaskTokens.Forgotten(_secrets, _clock);
        var whole = System.Buffers.Text.Base64Url.DecodeFromChars(tokens.Mint(Attempt));
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var bent = whole.ToArray();
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(tokens.TryRead(System.Buffers.Text.Base64Url.EncodeToString(bent), out _), $"bit {bit}");
        }
    }

    /// <summary>Of bytes that are no multiple of three, the last character has bits that nobody reads.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("/1.0.1")]
    [InlineData("/1.0.10")]
    public void A_token_that_is_written_in_any_other_way_is_refused(string scope)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var tokens = TaskTokens.Forgotten(_secrets, _clock);
        var token = tokens.Mint(Attempt with { Scope = scope });
        Assert.True(tokens.TryRead(token, out _));
        Assert.All(Alphabet.Where(last => last != token[^1]), last => Assert.False(tokens.TryRead(token[..^1] + last, out _), $"{last}"));
        Assert.All(["=", "==", " ", "\n", "\r\n", "\t"], more =>
        {
            Assert.False(tokens.TryRead(token + more, out _));
            Assert.False(tokens.TryRead(more + token, out _));
            Assert.False(tokens.TryRead(token.Insert(4, more), out _));
        });
    }
}
