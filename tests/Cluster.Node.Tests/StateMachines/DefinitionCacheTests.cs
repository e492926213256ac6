using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Protocol.Errors;
using Xunit;

namespace Cluster.Node.Tests.StateMachines;

public sealed class DefinitionCacheTests
{
    private readonly InMemoryStateMachineStore _store = new();
    private readonly DefinitionCache _cache;

    public DefinitionCacheTests() => _cache = new DefinitionCache(_store);

    [Fact]
    public async Task A_definition_is_compiled_once()
    {
        var hash = await StoreAsync("a");
        Assert.Same(await GetAsync(hash), await GetAsync(hash));
    }

    [Fact]
    public async Task What_does_not_fit_any_more_is_compiled_anew_from_the_store()
    {
        var first = await StoreAsync("a");
        var compiled = await GetAsync(first);
        var others = DefinitionCache.MostTextLength / 1_000_000;
        for (var i = 0; i <= others; i++)
            await GetAsync(await StoreAsync(new string((char)('b' + i), 1_000_000)));
        var again = await GetAsync(first);
        Assert.NotSame(compiled, again);
        Assert.Equal("A", again.Root.StartAt.Name);
    }

    [Fact]
    public async Task Only_so_many_are_kept_however_small_they_are()
    {
        var first = await StoreAsync("a");
        var compiled = await GetAsync(first);
        for (var i = 0; i < DefinitionCache.MostDefinitions; i++)
            await GetAsync(await StoreAsync($"{i}"));
        Assert.NotSame(compiled, await GetAsync(first));
    }

    [Fact]
    public async Task A_definition_that_is_gone_is_told_with_its_hash()
    {
        var hash = DefinitionCache.HashOf("gone");
        var e = await Assert.ThrowsAsync<DamagedException>(async () => await GetAsync(hash));
        Assert.Contains(Convert.ToHexStringLower(hash), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_that_is_not_what_its_hash_says_is_run_by_nobody()
    {
        var hash = await StoreAsync("stored", hash: DefinitionCache.HashOf("another"));
        var e = await Assert.ThrowsAsync<DamagedException>(async () => await GetAsync(hash));
        Assert.Contains("another text than its hash says", e.Message, StringComparison.Ordinal);
    }

    private async Task<Asl.Definitions.StateMachineDefinition> GetAsync(byte[] hash) => await _cache.GetAsync(hash, CancellationToken.None);

    /// <summary>Stores a definition with a comment; its hash, which may be given and wrong.</summary>
    private async Task<byte[]> StoreAsync(string comment, byte[]? hash = null)
    {
        var text = $$"""{"Comment":"{{comment}}","StartAt":"A","States":{"A":{"Type":"Succeed"} } }""";
        hash ??= DefinitionCache.HashOf(text);
        var machine = new StateMachineRow
        {
            Account = "a",
            Region = "r",
            Name = Convert.ToHexStringLower(hash),
            Type = "STANDARD",
            RoleArn = "role",
            DefinitionHash = hash,
            CreationDate = 1,
            UpdateDate = 1,
        };
        await _store.CreateAsync(machine, text, TagSet.NoTags, CancellationToken.None);
        return hash;
    }
}
