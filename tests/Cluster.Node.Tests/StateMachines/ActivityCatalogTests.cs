using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Node.Tests.StateMachines;

public sealed class ActivityCatalogTests
{
    private static readonly ActivityArn Arn = new("aws", "r", "a", "act");

    private readonly ManualClock _clock = new();
    private readonly InMemoryActivityStore _store = new();
    private readonly ActivityCatalog _catalog;

    public ActivityCatalogTests() => _catalog = new ActivityCatalog(_store, new ActivityHeads(_store, TimeProvider.System), new NodeAddress("aws", "r", "a"), _clock);

    [Fact]
    public async Task The_same_creation_again_is_answered_with_the_first_date_and_its_tags_are_ignored()
    {
        var first = await CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = "v" });
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first, await CreateAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["other"] = "" }));
        Assert.Equal(Arn, first.ActivityArn);
        Assert.Equal("""{"k":"v"}""", await _store.ReadTagsAsync("a", "r", "act", CancellationToken.None));
    }

    [Fact]
    public async Task Another_encryption_of_a_name_is_refused()
    {
        var request = new CreateActivityRequest("act", CustomerKey: "{}");
        var fresh = await _catalog.CreateActivityAsync(request, CancellationToken.None);
        Assert.Equal("UnsupportedOperationException", fresh.Error!.Code);
        await CreateAsync();
        var again = await _catalog.CreateActivityAsync(request, CancellationToken.None);
        Assert.Equal(new AwsError("ActivityAlreadyExists", "Activity Already Exists: 'arn:aws:states:r:a:activity:act'"), again.Error);
    }

    [Fact]
    public async Task A_full_account_is_refused()
    {
        for (var i = 0; i < ActivityCatalog.MostActivities; i++)
            await _catalog.CreateActivityAsync(new CreateActivityRequest($"a{i}"), CancellationToken.None);
        var answer = await _catalog.CreateActivityAsync(new CreateActivityRequest("more"), CancellationToken.None);
        Assert.Equal("ActivityLimitExceeded", answer.Error!.Code);
        Assert.Null((await _catalog.CreateActivityAsync(new CreateActivityRequest("a7"), CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Deleting_is_idempotent_and_frees_the_name()
    {
        await CreateAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 2; i++)
            Assert.Null((await _catalog.DeleteActivityAsync(new DeleteActivityRequest(Arn), CancellationToken.None)).Error);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), (await CreateAsync()).CreationDate);
    }

    private async Task<CreateActivityResponse> CreateAsync(IReadOnlyDictionary<string, string>? tags = null) =>
        (await _catalog.CreateActivityAsync(new CreateActivityRequest("act", Tags: tags), CancellationToken.None)).Value!;
}
