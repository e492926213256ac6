using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Node.Tests.StateMachines;

public sealed class StateMachineCatalogTests
{
    private const string Pass = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";
    private const string Succeed = """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""";

    private static readonly StateMachineArn Arn = new("aws", "r", "a", "m");

    private readonly ManualClock _clock = new();
    private readonly RacingStore _store = new();
    private readonly StateMachineCatalog _catalog;

    public StateMachineCatalogTests() => _catalog = new StateMachineCatalog(
        _store, new DefinitionCache(_store), new MachineHeads(_store, _clock), new NodeAddress("aws", "r", "a"), new Secrets(), _clock);

    [Fact]
    public async Task The_same_creation_again_is_answered_with_the_first_date()
    {
        var first = await CreateAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((Arn, first), (Arn, await CreateAsync()));
        Assert.Equal(first, await CreateAsync(role: "another role is ignored"));
    }

    [Theory]
    [InlineData(Succeed, "STANDARD", null, false)]
    [InlineData(Pass + " ", "STANDARD", null, false)]
    [InlineData(Pass, "EXPRESS", null, false)]
    [InlineData(Pass, "STANDARD", "{}", false)]
    [InlineData(Pass, "STANDARD", null, true)]
    public async Task Another_creation_of_a_name_is_refused(string definition, string type, string? logging, bool tracing)
    {
        await CreateAsync();
        var answer = await _catalog.CreateStateMachineAsync(
            new CreateStateMachineRequest("m", definition, "role", type, logging, tracing), CancellationToken.None);
        Assert.Equal("StateMachineAlreadyExists", answer.Error!.Code);
        Assert.Equal(Pass, await _store.ReadDefinitionAsync((await MachineAsync()).DefinitionHash, CancellationToken.None));
    }

    [Fact]
    public async Task A_bad_definition_is_refused_and_nothing_is_written()
    {
        var answer = await _catalog.CreateStateMachineAsync(
            new CreateStateMachineRequest("m", "{}", "role", "STANDARD", null, false), CancellationToken.None);
        Assert.Equal("InvalidDefinition", answer.Error!.Code);
        Assert.Null(await _store.FindAsync("a", "r", "m", CancellationToken.None));
    }

    [Fact]
    public async Task The_first_update_gives_a_revision_even_if_it_changes_nothing_and_later_ones_only_when_they_change_something()
    {
        await CreateAsync();
        Assert.Null((await MachineAsync()).RevisionId);
        var first = await UpdateAsync(definition: Pass);
        Assert.NotNull(first.RevisionId);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(first, await UpdateAsync(definition: Pass));
        var second = await UpdateAsync(role: "other");
        Assert.NotEqual(first.RevisionId, second.RevisionId);
        Assert.Equal(first.UpdateDate + 1000, second.UpdateDate);
        var machine = await MachineAsync();
        Assert.Equal(("other", second.RevisionId), (machine.RoleArn, machine.RevisionId));
    }

    [Fact]
    public async Task An_update_of_a_machine_that_is_not_there_is_refused() => Assert.Equal(
        "StateMachineDoesNotExist",
        (await _catalog.UpdateStateMachineAsync(new UpdateStateMachineRequest(Arn, Pass, null, null, null), CancellationToken.None)).Error!.Code);

    [Fact]
    public async Task An_update_that_loses_a_race_is_made_again_on_what_won()
    {
        await CreateAsync();
        _store.Races = 3;
        await UpdateAsync(role: "mine");
        var machine = await MachineAsync();
        Assert.Equal(("mine", true), (machine.RoleArn, machine.Tracing));
    }

    [Fact]
    public async Task An_update_that_loses_every_race_tells_the_caller_to_try_again()
    {
        await CreateAsync();
        _store.Races = int.MaxValue;
        var answer = await _catalog.UpdateStateMachineAsync(new UpdateStateMachineRequest(Arn, null, "mine", null, null), CancellationToken.None);
        Assert.Equal("ConflictException", answer.Error!.Code);
    }

    [Fact]
    public async Task Deleting_is_idempotent_and_frees_the_name()
    {
        await CreateAsync();
        for (var i = 0; i < 2; i++)
            Assert.Null((await _catalog.DeleteStateMachineAsync(new DeleteStateMachineRequest(Arn), CancellationToken.None)).Error);
        Assert.Null((await _catalog.CreateStateMachineAsync(
            new CreateStateMachineRequest("m", Succeed, "role", "STANDARD", null, false), CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Tags_are_kept_at_the_creation_and_ignored_on_a_repeat()
    {
        foreach (var value in (string[])["first", "again"])
        {
            var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = value };
            await _catalog.CreateStateMachineAsync(
                new CreateStateMachineRequest("m", Pass, "role", "STANDARD", null, false, tags), CancellationToken.None);
        }

        await UpdateAsync(role: "other");
        Assert.Equal("""{"k":"first"}""", await _store.ReadTagsAsync("a", "r", "m", CancellationToken.None));
    }

    [Theory]
    [InlineData(Pass, false, 100, true, false)]
    [InlineData("{", false, 100, false, false, "ERROR INVALID_JSON_DESCRIPTION")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}""", false, 100, false, false, "ERROR MISSING_TRANSITION_TARGET /States/A/Next", "ERROR MISSING_END_STATE")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}""", false, 1, false, true, "ERROR MISSING_TRANSITION_TARGET /States/A/Next")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"$.x","End":true}}}""", false, 100, true, false)]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"$.x","End":true}}}""", true, 100, true, false, "WARNING PASS_RESULT_IS_STATIC /States/A/Result")]
    public async Task A_definition_is_judged_and_nothing_is_written(
        string definition, bool warnings, int most, bool valid, bool truncated, params string[] told)
    {
        var answer = (await _catalog.ValidateStateMachineDefinitionAsync(
            new ValidateStateMachineDefinitionRequest(definition, "STANDARD", warnings, most), CancellationToken.None)).Value!;
        Assert.Equal((valid, truncated), (answer.IsValid, answer.IsTruncated));
        Assert.Equal(told, answer.Diagnostics.Select(found => $"{found.Severity} {found.Code} {found.Location}".TrimEnd()));
        Assert.Empty(await _store.ListAsync("a", "r", after: null, 10, CancellationToken.None));
    }

    private async Task<long> CreateAsync(string role = "role") => (await _catalog.CreateStateMachineAsync(
        new CreateStateMachineRequest("m", Pass, role, "STANDARD", null, false), CancellationToken.None)).Value!.CreationDate;

    private async Task<UpdateStateMachineResponse> UpdateAsync(string? definition = null, string? role = null) =>
        (await _catalog.UpdateStateMachineAsync(new UpdateStateMachineRequest(Arn, definition, role, null, null), CancellationToken.None)).Value!;

    private async Task<StateMachineRow> MachineAsync() => (await _store.FindAsync("a", "r", "m", CancellationToken.None))!;

    private sealed class Secrets : ISecretSource
    {
        private byte _next;

        public void Fill(Span<byte> destination) => destination.Fill(++_next);
    }

    /// <summary>A store in which somebody else turns tracing on just before an update, so often.</summary>
    private sealed class RacingStore : IStateMachineStore
    {
        private readonly InMemoryStateMachineStore _store = new();

        public int Races { get; set; }

        public ValueTask<StateMachineRow?> CreateAsync(StateMachineRow machine, string definition, string tags, CancellationToken cancellation) =>
            _store.CreateAsync(machine, definition, tags, cancellation);

        public async ValueTask<bool> UpdateAsync(StateMachineRow machine, string? definition, long expectedVersion, CancellationToken cancellation)
        {
            if (Races-- > 0)
            {
                var current = (await FindAsync(machine.Account, machine.Region, machine.Name, cancellation))!;
                await _store.UpdateAsync(current with { Tracing = true }, definition: null, current.Version, cancellation);
            }

            return await _store.UpdateAsync(machine, definition, expectedVersion, cancellation);
        }

        public ValueTask<bool> DeleteAsync(string account, string region, string name, CancellationToken cancellation) =>
            _store.DeleteAsync(account, region, name, cancellation);

        public ValueTask<StateMachineRow?> FindAsync(string account, string region, string name, CancellationToken cancellation) =>
            _store.FindAsync(account, region, name, cancellation);

        public ValueTask<IReadOnlyList<StateMachineRow>> ListAsync(
            string account, string region, string? after, int limit, CancellationToken cancellation) =>
            _store.ListAsync(account, region, after, limit, cancellation);

        public ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation) =>
            _store.ReadTagsAsync(account, region, name, cancellation);

        public ValueTask<bool> ReplaceTagsAsync(
            string account, string region, string name, string expected, string tags, CancellationToken cancellation) =>
            _store.ReplaceTagsAsync(account, region, name, expected, tags, cancellation);

        public ValueTask<string?> ReadDefinitionAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellation) =>
            _store.ReadDefinitionAsync(hash, cancellation);
    }
}
