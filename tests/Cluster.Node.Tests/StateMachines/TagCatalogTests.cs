using System.Globalization;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Node.Tests.StateMachines;

public sealed class TagCatalogTests
{
    private readonly InMemoryStateMachineStore _machines = new();
    private readonly InMemoryActivityStore _activities = new();
    private readonly TagCatalog _catalog;

    public TagCatalogTests() => _catalog = new TagCatalog(_machines, _activities);

    [Theory]
    [InlineData(TaggedKind.StateMachine)]
    [InlineData(TaggedKind.Activity)]
    public async Task Tags_are_set_replaced_and_taken(TaggedKind kind)
    {
        await CreateAsync();

        Assert.Null(await TagAsync(kind, ("b", "1"), ("a", "ä\n\0\"")));
        Assert.Null(await TagAsync(kind, ("b", "2"), ("", "c")));
        Assert.Equal([("", "c"), ("a", "ä\n\0\""), ("b", "2")], await TagsAsync(kind));
        Assert.Null((await _catalog.UntagResourceAsync(new UntagResourceRequest(Arn(kind), ["a", "none", "a"]), CancellationToken.None)).Error);

        Assert.Equal([("", "c"), ("b", "2")], await TagsAsync(kind));
        Assert.Empty(await TagsAsync(kind == TaggedKind.Activity ? TaggedKind.StateMachine : TaggedKind.Activity));
    }

    [Theory]
    [InlineData(TaggedKind.StateMachine)]
    [InlineData(TaggedKind.Activity)]
    public async Task A_resource_that_is_not_there_is_told_by_the_arn_as_it_was_sent(TaggedKind kind)
    {
        var expected = new AwsError("ResourceNotFound", "Resource not found: 'the-arn'");
        Assert.Equal(expected, await TagAsync(kind, ("a", "1")));
        Assert.Equal(expected, (await _catalog.UntagResourceAsync(new UntagResourceRequest(Arn(kind), ["a"]), CancellationToken.None)).Error);
    }

    [Fact]
    public async Task A_resource_has_at_most_fifty_tags_and_a_full_one_can_still_change_them()
    {
        await CreateAsync();
        var fifty = Enumerable.Range(0, TagSet.MostTags).Select(i => (i.ToString(CultureInfo.InvariantCulture), "v")).ToArray();

        Assert.Null(await TagAsync(TaggedKind.Activity, fifty));
        Assert.Equal(new AwsError("TooManyTags", "Too many tags: 51"), await TagAsync(TaggedKind.Activity, ("more", "v")));
        Assert.Null(await TagAsync(TaggedKind.Activity, ("7", "changed")));

        Assert.Equal(TagSet.MostTags, (await TagsAsync(TaggedKind.Activity)).Count);
    }

    [Fact]
    public void Equal_sets_have_equal_texts_whatever_the_order()
    {
        var one = TagSet.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" });
        var other = TagSet.Read(TagSet.NoTags).With(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1" })
            .With(new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["B"] = "" }).Without(["B"]);
        Assert.Equal("""{"a":"1","b":"2"}""", one.ToString());
        Assert.Equal(one.ToString(), other.ToString());
        Assert.Equal(TagSet.NoTags, TagSet.Of(tags: null).ToString());
    }

    private static TaggedArn Arn(TaggedKind kind) => new(kind, "r", "1", "x", "the-arn");

    private async Task CreateAsync()
    {
        await _activities.CreateAsync(
            new ActivityRow { Account = "1", Region = "r", Name = "x", CreationDate = 5 }, TagSet.NoTags, 10, CancellationToken.None);
        var machine = new StateMachineRow
        {
            Account = "1",
            Region = "r",
            Name = "x",
            Type = "STANDARD",
            RoleArn = "role",
            DefinitionHash = new byte[] { 1 },
            CreationDate = 5,
            UpdateDate = 5,
        };
        await _machines.CreateAsync(machine, "text", TagSet.NoTags, CancellationToken.None);
    }

    private async Task<AwsError?> TagAsync(TaggedKind kind, params (string Key, string Value)[] tags) => (await _catalog.TagResourceAsync(
        new TagResourceRequest(Arn(kind), tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal)), CancellationToken.None)).Error;

    private async Task<IReadOnlyList<(string Key, string Value)>> TagsAsync(TaggedKind kind)
    {
        ITaggedStore store = kind == TaggedKind.Activity ? _activities : _machines;
        var text = await store.ReadTagsAsync("1", "r", "x", CancellationToken.None);
        return [.. TagSet.Read(text!).Tags.Select(tag => (tag.Key, tag.Value))];
    }
}
