using System.Globalization;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Node.Tests.History;

/// <summary>What is told of activities, tags, versions and aliases.</summary>
public sealed class ResourceQueryTests
{
    private static readonly StateMachineArn Machine = new("aws", "r", "a", "m");

    private readonly ManualClock _clock = new();
    private readonly InMemoryStateMachineStore _machines = new();
    private readonly InMemoryActivityStore _activities = new();
    private readonly QueryService _queries;

    public ResourceQueryTests()
    {
        var store = new InMemoryStore();
        var history = new HistoryReader(store, new EventCodec(new IdentityPayloadCodec()));
        _queries = new QueryService(store, _machines, _activities, history, new NodeAddress("aws", "r", "a"), _clock);
    }

    [Fact]
    public async Task Activities_come_in_pages_and_the_token_of_a_page_lives_a_day()
    {
        for (var i = 0; i < 5; i++)
            await CreateActivityAsync(i.ToString(CultureInfo.InvariantCulture));
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = (await ListAsync(token)).Value!;
            Assert.True(page.Activities.Count <= 2);
            names.AddRange(page.Activities.Select(item => item.ActivityArn.Name));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(["0", "1", "2", "3", "4"], names);

        var old = (await ListAsync(token: null)).Value!.NextToken!;
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal("InvalidToken", (await ListAsync(old)).Error!.Code);
        Assert.Equal("InvalidToken", (await ListAsync("nonsense")).Error!.Code);
    }

    [Fact]
    public async Task An_activity_is_described_or_told_as_missing()
    {
        await CreateActivityAsync("act");
        var arn = new ActivityArn("aws", "r", "a", "act");
        Assert.Equal(
            new DescribeActivityResponse(arn, 7),
            (await _queries.DescribeActivityAsync(new DescribeActivityRequest(arn), CancellationToken.None)).Value);
        var missing = await _queries.DescribeActivityAsync(new DescribeActivityRequest(arn with { Region = "s" }), CancellationToken.None);
        Assert.Equal("Activity Does Not Exist: 'arn:aws:states:s:a:activity:act'", missing.Error!.Message);
    }

    [Fact]
    public async Task Tags_are_told_in_the_order_of_their_keys()
    {
        await CreateActivityAsync("act", """{"a":"1","b":""}""");
        Assert.Equal([new("a", "1"), new("b", "")], (await TagsAsync(TaggedKind.Activity, "act")).Value!.Tags);
        Assert.Equal("Resource not found: 'text'", (await TagsAsync(TaggedKind.StateMachine, "act")).Error!.Message);
    }

    [Fact]
    public async Task There_are_no_versions_and_no_aliases()
    {
        var versions = new ListStateMachineVersionsRequest(Machine, NextToken: null);
        Assert.Null((await _queries.ListStateMachineVersionsAsync(versions, CancellationToken.None)).Error);
        var next = await _queries.ListStateMachineVersionsAsync(versions with { NextToken = "t" }, CancellationToken.None);
        Assert.Equal("InvalidToken", next.Error!.Code);
        var aliases = new ListStateMachineAliasesRequest(Machine, NextToken: null);
        Assert.Equal("StateMachineDoesNotExist", (await _queries.ListStateMachineAliasesAsync(aliases, CancellationToken.None)).Error!.Code);
        var row = new StateMachineRow
        {
            Account = "a",
            Region = "r",
            Name = "m",
            Type = "STANDARD",
            RoleArn = "role",
            DefinitionHash = new byte[] { 1 },
            CreationDate = 5,
            UpdateDate = 5,
        };
        await _machines.CreateAsync(row, "text", TagSet.NoTags, CancellationToken.None);
        Assert.Null((await _queries.ListStateMachineAliasesAsync(aliases, CancellationToken.None)).Error);
    }

    private ValueTask<ActivityCreation> CreateActivityAsync(string name, string tags = TagSet.NoTags) => _activities.CreateAsync(
        new ActivityRow { Account = "a", Region = "r", Name = name, CreationDate = 7 }, tags, 10, CancellationToken.None);

    private ValueTask<Protocol.Errors.AwsResult<ListActivitiesResponse>> ListAsync(string? token) =>
        _queries.ListActivitiesAsync(new ListActivitiesRequest(2, token), CancellationToken.None);

    private ValueTask<Protocol.Errors.AwsResult<ListTagsForResourceResponse>> TagsAsync(TaggedKind kind, string name) =>
        _queries.ListTagsForResourceAsync(
            new ListTagsForResourceRequest(new TaggedArn(kind, "r", "a", name, "text")), CancellationToken.None);
}
