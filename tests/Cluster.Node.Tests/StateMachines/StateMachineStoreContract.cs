using System.Security.Cryptography;
using System.Text;
using Cluster.Node.StateMachines;
using Cluster.Node.Tests.Journal;
using Xunit;

namespace Cluster.Node.Tests.StateMachines;

/// <summary>What every store of state machines does.</summary>
[Trait("Suite", "Contract")]
public abstract class StateMachineStoreContract
{
    private const string Definition = """{"StartAt":"Ä","States":{"Ä":{"Type":"Pass","End":true}}}""";

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task A_machine_is_found_as_it_was_created()
    {
        using var store = Open();
        var machine = Machine("a") with { LoggingConfiguration = "{}", Tracing = true };

        Assert.Null(await store.StateMachines.CreateAsync(machine, Definition, TagSet.NoTags, CancellationToken.None));

        AssertSame(machine with { Version = 1 }, await FindAsync(store, "a"));
        Assert.Equal(Definition, await store.StateMachines.ReadDefinitionAsync(Hash(Definition), CancellationToken.None));
    }

    [Fact]
    public async Task A_second_machine_of_the_name_is_not_written_and_the_first_is_given()
    {
        using var store = Open();
        await store.StateMachines.CreateAsync(Machine("a"), Definition, TagSet.NoTags, CancellationToken.None);

        var existing = await store.StateMachines.CreateAsync(
            Machine("a") with { RoleArn = "other", DefinitionHash = Hash("other") }, "other", TagSet.NoTags, CancellationToken.None);

        AssertSame(Machine("a") with { Version = 1 }, existing);
        AssertSame(Machine("a") with { Version = 1 }, await FindAsync(store, "a"));
        Assert.Null(await store.StateMachines.ReadDefinitionAsync(Hash("other"), CancellationToken.None));
    }

    [Fact]
    public async Task Machines_share_a_definition_and_leave_it_to_each_other()
    {
        using var store = Open();
        await store.StateMachines.CreateAsync(Machine("a"), Definition, TagSet.NoTags, CancellationToken.None);
        await store.StateMachines.CreateAsync(Machine("b"), Definition, TagSet.NoTags, CancellationToken.None);

        Assert.True(await store.StateMachines.DeleteAsync("1", "r", "a", CancellationToken.None));

        Assert.Equal(Definition, await store.StateMachines.ReadDefinitionAsync(Hash(Definition), CancellationToken.None));
    }

    [Fact]
    public async Task An_update_replaces_what_was_read_and_the_loser_of_a_race_is_told()
    {
        using var store = Open();
        await store.StateMachines.CreateAsync(Machine("a"), Definition, TagSet.NoTags, CancellationToken.None);
        var changed = Machine("a") with { RoleArn = "new", DefinitionHash = Hash("v2"), UpdateDate = 9, RevisionId = "rev" };

        Assert.True(await store.StateMachines.UpdateAsync(changed, "v2", 1, CancellationToken.None));
        Assert.False(await store.StateMachines.UpdateAsync(
            Machine("a") with { RoleArn = "lost", DefinitionHash = Hash("v3") }, "v3", 1, CancellationToken.None));

        AssertSame(changed with { Version = 2 }, await FindAsync(store, "a"));
        Assert.Equal("v2", await store.StateMachines.ReadDefinitionAsync(Hash("v2"), CancellationToken.None));
        Assert.Null(await store.StateMachines.ReadDefinitionAsync(Hash("v3"), CancellationToken.None));
        Assert.Equal(Definition, await store.StateMachines.ReadDefinitionAsync(Hash(Definition), CancellationToken.None));
    }

    [Fact]
    public async Task An_update_without_a_definition_keeps_it()
    {
        using var store = Open();
        await store.StateMachines.CreateAsync(Machine("a"), Definition, TagSet.NoTags, CancellationToken.None);

        Assert.True(await store.StateMachines.UpdateAsync(Machine("a") with { RoleArn = "new" }, null, 1, CancellationToken.None));

        AssertSame(Machine("a") with { RoleArn = "new", Version = 2 }, await FindAsync(store, "a"));
    }

    [Fact]
    public async Task A_deleted_machine_is_gone_and_its_definition_stays()
    {
        using var store = Open();
        await store.StateMachines.CreateAsync(Machine("a"), Definition, TagSet.NoTags, CancellationToken.None);

        Assert.True(await store.StateMachines.DeleteAsync("1", "r", "a", CancellationToken.None));
        Assert.False(await store.StateMachines.DeleteAsync("1", "r", "a", CancellationToken.None));

        Assert.Null(await FindAsync(store, "a"));
        Assert.False(await store.StateMachines.UpdateAsync(Machine("a"), null, 1, CancellationToken.None));
        Assert.Equal(Definition, await store.StateMachines.ReadDefinitionAsync(Hash(Definition), CancellationToken.None));
    }

    [Fact]
    public async Task Machines_are_listed_by_name_in_pages_of_their_account_and_region()
    {
        using var store = Open();
        string[] names = ["b", "a", "\U00010000", "\uFF5E", "B", "a-1"];
        foreach (var name in names)
            await store.StateMachines.CreateAsync(Machine(name), Definition, TagSet.NoTags, CancellationToken.None);
        await store.StateMachines.CreateAsync(Machine("c") with { Account = "2" }, Definition, TagSet.NoTags, CancellationToken.None);
        await store.StateMachines.CreateAsync(Machine("c") with { Region = "s" }, Definition, TagSet.NoTags, CancellationToken.None);

        var listed = new List<string>();
        string? after = null;
        while (true)
        {
            var page = await store.StateMachines.ListAsync("1", "r", after, 2, CancellationToken.None);
            if (page.Count == 0)
                break;
            Assert.True(page.Count <= 2);
            listed.AddRange(page.Select(machine => machine.Name));
            after = page[^1].Name;
        }

        Assert.Equal(["B", "a", "a-1", "b", "\uFF5E", "\U00010000"], listed);
    }

    private static StateMachineRow Machine(string name) => new()
    {
        Account = "1",
        Region = "r",
        Name = name,
        Type = "STANDARD",
        RoleArn = "arn:aws:iam::1:role/x",
        DefinitionHash = Hash(Definition),
        CreationDate = 5,
        UpdateDate = 5,
    };

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static ValueTask<StateMachineRow?> FindAsync(StoreUnderTest store, string name) =>
        store.StateMachines.FindAsync("1", "r", name, CancellationToken.None);

    private static void AssertSame(StateMachineRow expected, StateMachineRow? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.DefinitionHash.ToArray(), actual.DefinitionHash.ToArray());
        Assert.Equal(expected with { DefinitionHash = default }, actual with { DefinitionHash = default });
    }
}

public sealed class InMemoryStateMachineStoreTests : StateMachineStoreContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqliteStateMachineStoreTests : StateMachineStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);
}

public sealed class PostgresStateMachineStoreTests : StateMachineStoreContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);
}
