using Cluster.Node.StateMachines;
using Cluster.Node.Tests.Journal;
using Xunit;

namespace Cluster.Node.Tests.StateMachines;

/// <summary>What every store of activities does.</summary>
[Trait("Suite", "Contract")]
public abstract class ActivityStoreContract
{
    private const int Plenty = 100;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task An_activity_is_found_as_it_was_created()
    {
        using var store = Open();
        var activity = Activity("ä") with { CustomerKey = "{}" };

        Assert.Equal(default, await CreateAsync(store, activity, tags: """{"k":"v"}"""));

        Assert.Equal(activity, await FindAsync(store, "ä"));
        Assert.Equal("""{"k":"v"}""", await store.Activities.ReadTagsAsync("1", "r", "ä", CancellationToken.None));
        Assert.Null(await FindAsync(store, "a"));
    }

    [Fact]
    public async Task A_second_activity_of_the_name_is_not_written_and_the_first_is_given()
    {
        using var store = Open();
        await CreateAsync(store, Activity("a"), tags: """{"first":""}""");

        var again = await CreateAsync(store, Activity("a") with { CreationDate = 6, CustomerKey = "other" }, most: 1);

        Assert.Equal(new ActivityCreation(Activity("a"), IsFull: false), again);
        Assert.Equal(Activity("a"), await FindAsync(store, "a"));
        Assert.Equal("""{"first":""}""", await store.Activities.ReadTagsAsync("1", "r", "a", CancellationToken.None));
    }

    [Fact]
    public async Task A_full_account_takes_no_more_until_one_is_deleted()
    {
        using var store = Open();
        await CreateAsync(store, Activity("a"), most: 2);
        await CreateAsync(store, Activity("b"), most: 2);

        Assert.Equal(new ActivityCreation(Existing: null, IsFull: true), await CreateAsync(store, Activity("c"), most: 2));
        Assert.Null(await FindAsync(store, "c"));
        Assert.Equal(default, await CreateAsync(store, Activity("c") with { Region = "s" }, most: 2));
        Assert.True(await store.Activities.DeleteAsync("1", "r", "a", CancellationToken.None));
        Assert.Equal(default, await CreateAsync(store, Activity("c"), most: 2));
    }

    [Fact]
    public async Task A_deleted_activity_is_gone_with_its_tags_and_its_name_is_free()
    {
        using var store = Open();
        await CreateAsync(store, Activity("a"), tags: """{"k":"v"}""");

        Assert.True(await store.Activities.DeleteAsync("1", "r", "a", CancellationToken.None));
        Assert.False(await store.Activities.DeleteAsync("1", "r", "a", CancellationToken.None));

        Assert.Null(await FindAsync(store, "a"));
        Assert.Null(await store.Activities.ReadTagsAsync("1", "r", "a", CancellationToken.None));
        Assert.Equal(default, await CreateAsync(store, Activity("a") with { CreationDate = 7 }));
        Assert.Equal(7, (await FindAsync(store, "a"))!.CreationDate);
        Assert.Equal("{}", await store.Activities.ReadTagsAsync("1", "r", "a", CancellationToken.None));
    }

    [Fact]
    public async Task Activities_are_listed_by_name_in_pages_of_their_account_and_region()
    {
        using var store = Open();
        string[] names = ["b", "a", "\U00010000", "\uFF5E", "B", "a-1"];
        foreach (var name in names)
            await CreateAsync(store, Activity(name));
        await CreateAsync(store, Activity("c") with { Account = "2" });
        await CreateAsync(store, Activity("c") with { Region = "s" });

        var listed = new List<string>();
        string? after = null;
        while (true)
        {
            var page = await store.Activities.ListAsync("1", "r", after, 2, CancellationToken.None);
            if (page.Count == 0)
                break;
            Assert.True(page.Count <= 2);
            listed.AddRange(page.Select(activity => activity.Name));
            after = page[^1].Name;
        }

        Assert.Equal(["B", "a", "a-1", "b", "\uFF5E", "\U00010000"], listed);
    }

    [Fact]
    public async Task Many_creations_of_one_name_at_once_make_one()
    {
        using var store = Open();

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CreateAsync(store, Activity("a") with { CreationDate = i }).AsTask()));

        Assert.Single(all, creation => creation.Existing is null);
        var kept = await FindAsync(store, "a");
        Assert.All(all.Where(creation => creation.Existing is not null), creation => Assert.Equal(kept, creation.Existing));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tags_are_replaced_only_where_they_are_as_they_were_read(bool ofActivity)
    {
        using var store = Open();
        await CreateAsync(store, Activity("x"));
        await CreateAsync(store, Activity("y"));
        await store.StateMachines.CreateAsync(Machine("x"), "text", TagSet.NoTags, CancellationToken.None);
        await store.StateMachines.CreateAsync(Machine("y"), "text", TagSet.NoTags, CancellationToken.None);
        ITaggedStore tagged = ofActivity ? store.Activities : store.StateMachines;
        ITaggedStore other = ofActivity ? store.StateMachines : store.Activities;

        Assert.True(await tagged.ReplaceTagsAsync("1", "r", "x", "{}", """{"a":"1"}""", CancellationToken.None));
        Assert.False(await tagged.ReplaceTagsAsync("1", "r", "x", "{}", """{"b":"2"}""", CancellationToken.None));
        Assert.False(await tagged.ReplaceTagsAsync("1", "r", "none", "{}", "{}", CancellationToken.None));
        Assert.False(await tagged.ReplaceTagsAsync("1", "s", "x", "{}", "{}", CancellationToken.None));

        Assert.Equal("""{"a":"1"}""", await tagged.ReadTagsAsync("1", "r", "x", CancellationToken.None));
        Assert.Equal("{}", await tagged.ReadTagsAsync("1", "r", "y", CancellationToken.None));
        Assert.Equal("{}", await other.ReadTagsAsync("1", "r", "x", CancellationToken.None));
        Assert.Null(await tagged.ReadTagsAsync("1", "r", "none", CancellationToken.None));
    }

    [Fact]
    public async Task Tags_of_a_machine_outlive_its_updates_and_go_with_it()
    {
        using var store = Open();
        await store.StateMachines.CreateAsync(Machine("m"), "text", """{"k":"v"}""", CancellationToken.None);

        Assert.True(await store.StateMachines.UpdateAsync(Machine("m") with { RoleArn = "new" }, "text", 1, CancellationToken.None));
        Assert.Equal("""{"k":"v"}""", await store.StateMachines.ReadTagsAsync("1", "r", "m", CancellationToken.None));
        Assert.True(await store.StateMachines.ReplaceTagsAsync("1", "r", "m", """{"k":"v"}""", "{}", CancellationToken.None));
        Assert.True(await store.StateMachines.UpdateAsync(Machine("m"), "text", 2, CancellationToken.None));

        await store.StateMachines.DeleteAsync("1", "r", "m", CancellationToken.None);
        Assert.Null(await store.StateMachines.ReadTagsAsync("1", "r", "m", CancellationToken.None));
    }

    private static ActivityRow Activity(string name) => new() { Account = "1", Region = "r", Name = name, CreationDate = 5 };

    private static StateMachineRow Machine(string name) => new()
    {
        Account = "1",
        Region = "r",
        Name = name,
        Type = "STANDARD",
        RoleArn = "role",
        DefinitionHash = new byte[] { 1 },
        CreationDate = 5,
        UpdateDate = 5,
    };

    private static ValueTask<ActivityCreation> CreateAsync(
        StoreUnderTest store, ActivityRow activity, string tags = TagSet.NoTags, int most = Plenty) =>
        store.Activities.CreateAsync(activity, tags, most, CancellationToken.None);

    private static ValueTask<ActivityRow?> FindAsync(StoreUnderTest store, string name) =>
        store.Activities.FindAsync("1", "r", name, CancellationToken.None);
}

public sealed class InMemoryActivityStoreTests : ActivityStoreContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqliteActivityStoreTests : ActivityStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);
}

public sealed class PostgresActivityStoreTests : ActivityStoreContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);
}
