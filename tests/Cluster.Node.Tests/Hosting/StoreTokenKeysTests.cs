using System.Buffers.Text;
using Cluster.Node.Database;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.Tasks.Tokens;
using Cluster.Node.Tests.Journal;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Identity;
using Cluster.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Hosting;

/// <summary>Nodes that share a store know each other's task tokens, through every change of keys, and read no more for those that are forged.</summary>
public sealed class StoreTokenKeysTests
{
    private static readonly TaskToken Attempt = new(ExecutionId.Create(1, 2, 3, 4), "", Visit: 5, Attempt: 6);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Through_a_year_two_nodes_know_each_others_tokens_and_the_old_ones_stay_good()
    {
        var store = new Watched(new InMemoryStore());
        await using var one = await OpenAsync(store, 1);
        await using var two = await OpenAsync(store, 2);
        var first = one.Tokens.Mint(Attempt);
        for (var day = 0; day < 365; day++)
        {
            _clock.Jump(TimeSpan.FromDays(1) - TokenKey.Settling);
            _clock.Advance(TokenKey.Settling);
            Assert.True(two.Tokens.TryRead(one.Tokens.Mint(Attempt), out _), $"day {day}: two does not know a token of one");
            Assert.True(one.Tokens.TryRead(two.Tokens.Mint(Attempt), out _), $"day {day}: one does not know a token of two");
            Assert.True(two.Tokens.TryRead(first, out var read) && read == Attempt, $"day {day}: the first token is forgotten");
        }

        Assert.NotEqual(KeyOf(first), KeyOf(one.Tokens.Mint(Attempt)));
        Assert.Equal(12 + 1, TokenKey.Read((await store.ReadTokenKeysAsync(default))!).Count);
    }

    [Fact]
    public async Task A_node_that_could_not_look_finds_the_key_of_a_token_that_comes_to_it()
    {
        var store = new InMemoryStore();
        var gone = new Watched(store);
        await using var one = await OpenAsync(store, 1);
        await using var two = await OpenAsync(gone, 2);
        gone.IsGone = true;
        _clock.Jump(TokenKey.Life);
        _clock.Advance(TokenKey.Settling + StoreTokenKeys.LookEvery);
        var token = one.Tokens.Mint(Attempt);
        Assert.False(two.Tokens.TryRead(token, out _));

        Assert.Equal(new TokenReading(null, IsUnsure: true), await two.Tokens.ReadAsync(token, default));
        Assert.Equal(default, await two.Tokens.ReadAsync("no token", default));
        gone.IsGone = false;
        _clock.Advance(StoreTokenKeys.LookAgainAfter);

        Assert.Equal(new TokenReading(Attempt, IsUnsure: false), await two.Tokens.ReadAsync(token, default));
    }

    [Fact]
    public async Task Forged_tokens_cost_one_read_a_second_whatever_keys_they_name()
    {
        var store = new Watched(new InMemoryStore());
        await using var keys = await OpenAsync(store, 1);
        var token = Base64Url.DecodeFromChars(keys.Tokens.Mint(Attempt));
        token[^1] ^= 1;
        var before = store.Reads;
        for (var second = 1; second <= 3; second++)
        {
            for (var forged = 0; forged < 10_000; forged++)
            {
                token[1] = (byte)forged;
                Assert.Equal(default, await keys.Tokens.ReadAsync(Base64Url.EncodeToString(token), default));
            }

            Assert.Equal(before + second, store.Reads);
            _clock.Advance(StoreTokenKeys.LookAgainAfter);
        }
    }

    [Fact]
    public async Task A_token_of_a_known_key_and_one_that_is_none_are_refused_without_a_read()
    {
        var store = new Watched(new InMemoryStore());
        await using var keys = await OpenAsync(store, 1);
        var token = Base64Url.DecodeFromChars(keys.Tokens.Mint(Attempt));
        token[2] ^= 1;
        var before = store.Reads;

        Assert.Equal(default, await keys.Tokens.ReadAsync(Base64Url.EncodeToString(token), default));
        Assert.Equal(default, await keys.Tokens.ReadAsync("no token", default));
        Assert.Equal(default, await keys.Tokens.ReadAsync("", default));
        Assert.Equal(before, store.Reads);
    }

    [Fact]
    public async Task Those_who_come_while_it_looks_wait_for_that_look()
    {
        var store = new InMemoryStore();
        var slow = new Watched(store);
        await using var one = await OpenAsync(store, 1);
        await using var two = await OpenAsync(slow, 2);
        slow.IsGone = true;
        _clock.Jump(TokenKey.Life);
        _clock.Advance(TokenKey.Settling + StoreTokenKeys.LookEvery);
        slow.IsGone = false;
        var token = one.Tokens.Mint(Attempt);
        slow.Waits = new TaskCompletionSource();
        var before = slow.Reads;

        using var impatience = new CancellationTokenSource();
        var impatient = two.Tokens.ReadAsync(token, impatience.Token).AsTask();
        var patient = Enumerable.Range(0, 100).Select(_ => two.Tokens.ReadAsync(token, default).AsTask()).ToList();
        await impatience.CancelAsync();
        slow.Waits.SetResult();

        Assert.All(await Task.WhenAll(patient), read => Assert.Equal(Attempt, read.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(before + 1, slow.Reads);
    }

    [Fact]
    public async Task Of_nodes_that_start_together_on_an_empty_PostgreSQL_all_have_the_one_first_key_and_later_each_next_one()
    {
        using var database = new PostgresDatabase();
        using var left = database.Open();
        using var right = database.Open();
        var opened = await Task.WhenAll(OpenAsync(left, 1), OpenAsync(right, 2), OpenAsync(left, 3), OpenAsync(right, 4));
        AllKnow(opened);

        // Only one looks: it makes the next key, and by a token of it the others learn of that.
        _clock.Jump(TokenKey.Life + TimeSpan.FromMinutes(1));
        await using var maker = await OpenAsync(left, 5);
        _clock.Jump(TokenKey.Settling);
        var token = maker.Tokens.Mint(Attempt);
        foreach (var keys in opened)
        {
            Assert.False(keys.Tokens.TryRead(token, out _));
            Assert.Equal(Attempt, (await keys.Tokens.ReadAsync(token, default)).Token);
        }

        AllKnow([.. opened, maker]);
        Assert.Equal("2", database.Query("SELECT cardinality(string_to_array(value, E'\\n')) FROM meta WHERE key = 'token_keys'"));
        foreach (var keys in opened)
            await keys.DisposeAsync();
    }

    [Fact]
    public async Task A_process_that_starts_again_on_its_file_knows_its_tokens()
    {
        using var directory = new TemporaryDirectory();
        string token;
        using (var store = SqliteStore.TryOpen(directory.Options, out _)!)
        {
            await using var keys = await OpenAsync(store, 1);
            token = keys.Tokens.Mint(Attempt);
        }

        _clock.Jump(TimeSpan.FromDays(1_000));
        using var next = SqliteStore.TryOpen(directory.Options, out _)!;
        await using var again = await OpenAsync(next, 2);
        Assert.True(again.Tokens.TryRead(token, out var read) && read == Attempt);
    }

    private static void AllKnow(StoreTokenKeys[] all)
    {
        foreach (var keys in all)
            Assert.All(all, other => Assert.True(other.Tokens.TryRead(keys.Tokens.Mint(Attempt), out _)));
    }

    private static byte KeyOf(string token) => Base64Url.DecodeFromChars(token)[1];

    private Task<StoreTokenKeys> OpenAsync(ITokenKeyStore store, int seed) =>
        StoreTokenKeys.OpenAsync(store, new SeededSecrets(seed), _clock, NullLogger.Instance, CancellationToken.None);

    /// <summary>A store that counts what is read, can be gone, and can be slow.</summary>
    private sealed class Watched(ITokenKeyStore store) : ITokenKeyStore
    {
        public int Reads { get; private set; }

        public bool IsGone { get; set; }

        public TaskCompletionSource? Waits { get; set; }

        public async ValueTask<string?> ReadTokenKeysAsync(CancellationToken cancellation)
        {
            Reads++;
            if (IsGone)
                throw new StoreUnavailableException("planted");
            if (Waits is { } waits)
                await waits.Task;
            return await store.ReadTokenKeysAsync(cancellation);
        }

        public ValueTask<bool> TryChangeTokenKeysAsync(string? expected, string keys, CancellationToken cancellation) =>
            IsGone ? throw new StoreUnavailableException("planted") : store.TryChangeTokenKeysAsync(expected, keys, cancellation);
    }
}
