using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cluster.Node.Journal;
using Cluster.Node.StateMachines;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What every store removes when its time is over, and what it keeps.</summary>
[Trait("Suite", "Contract")]
public abstract class RetentionContract
{
    private const long Day = 24L * 60 * 60 * 1000;
    private const long NameTime = 90 * Day;

    private readonly ManualClock _clock = new();

    private long Now => _clock.NowMs;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task An_execution_goes_with_all_that_belongs_to_it_when_its_time_is_over_and_not_before()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var old = await EndedAsync(driver, "old", Now);
        await driver.SendAsync(driver.Next(old, 2, row: null, new ExecutionChange(null, null, null, null), new StoredSnapshot(2, JournalDriver.Bytes(9))));
        await store.Suspects.BookAsync([old], 5, Now, CancellationToken.None);
        var young = await EndedAsync(driver, "young", Now + 1);

        _clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal((1L, 2L), await RemovedAsync(store, RetentionRules.Default));

        Assert.Null(await driver.LoadAsync(old));
        Assert.Null(await FindAsync(store, "old"));
        Assert.Null(await store.Queries.GetAsync(old, CancellationToken.None));
        Assert.Empty(await store.Queries.ReadHistoryAsync(old, 1, 100, CancellationToken.None));
        Assert.Null(await store.Queries.ReadLastAsync(old, CancellationToken.None));
        Assert.Equal([young], await ListAsync(store));
        Assert.Equal(2, (await driver.LoadAsync(young))!.Rows.Count);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("old", Now), "old", Now)));
        Assert.Equal(AppendOutcomeKind.NameTaken, await driver.KindAsync(driver.Start(driver.Mint("young", Now), "young", Now)));
    }

    [Fact]
    public async Task What_is_open_or_must_be_woken_is_kept_however_old_it_is()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var open = driver.Mint("open", Now);
        await driver.SendAsync(driver.Start(open, "open", Now, wakeAt: null));
        var telling = driver.Mint("telling", Now);
        await driver.SendAsync(driver.Start(telling, "telling", Now));
        await driver.SendAsync(driver.Next(
            telling, 1, JournalDriver.Row(2, terminal: true), new ExecutionChange(ExecutionStatus.Failed, Now, WakeAt: 0, Now + NameTime)));

        _clock.Advance(TimeSpan.FromDays(1_000));
        Assert.Equal((0L, 0L), await RemovedAsync(store, RetentionRules.Default));
        Assert.Equal([telling, open], await ListAsync(store));

        await driver.SendAsync(driver.Next(telling, 2, row: null, new ExecutionChange(null, null, null, null)));
        Assert.Equal((1L, 2L), await RemovedAsync(store, RetentionRules.Default));
        Assert.Equal([open], await ListAsync(store));
    }

    [Theory]
    [InlineData(ExecutionStatus.Succeeded)]
    [InlineData(ExecutionStatus.Failed)]
    [InlineData(ExecutionStatus.TimedOut)]
    [InlineData(ExecutionStatus.Aborted)]
    public async Task A_name_outlives_its_execution_until_its_own_time_is_over(ExecutionStatus status)
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var started = Now;
        var id = await EndedAsync(driver, "a", started, status);

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1L, 2L), await RemovedAsync(store, TimeSpan.FromDays(1)));
        Assert.Null(await FindAsync(store, "a"));
        var refused = await driver.SendAsync(driver.Start(driver.Mint("a", Now), "a", Now));
        Assert.Equal(AppendOutcomeKind.NameTaken, refused.Kind);
        Assert.Equal(
            (id, "a", status, started, (long?)started, true),
            (refused.NameHolder!.Id, refused.NameHolder.Name, refused.NameHolder.Status, refused.NameHolder.StartDate, refused.NameHolder.StopDate,
                refused.NameHolder.InputHash.IsEmpty));

        _clock.Advance(TimeSpan.FromDays(89) - TimeSpan.FromMilliseconds(1));
        await RunAsync(store, new RetentionRules(TimeSpan.FromDays(1), []));
        Assert.Equal(AppendOutcomeKind.NameTaken, await driver.KindAsync(driver.Start(driver.Mint("a", Now), "a", Now)));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await RunAsync(store, new RetentionRules(TimeSpan.FromDays(1), [])))!.Names);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("a", Now), "a", Now)));
    }

    [Fact]
    public async Task A_name_whose_time_is_over_is_taken_again_before_anybody_has_removed_it_and_then_belongs_to_the_new_one()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        await EndedAsync(driver, "a", Now);
        _clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(store, new RetentionRules(TimeSpan.FromDays(1), []));

        _clock.Advance(TimeSpan.FromDays(90));
        var next = driver.Mint("a", Now);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(next, "a", Now)));
        Assert.Equal(0, (await RunAsync(store, new RetentionRules(TimeSpan.FromDays(1), [])))!.Names);

        Assert.Equal(next, (await FindAsync(store, "a"))!.Id);
        var refused = await driver.SendAsync(driver.Start(driver.Mint("a", Now), "a", Now));
        Assert.Equal((AppendOutcomeKind.NameTaken, next), (refused.Kind, refused.NameHolder!.Id));
    }

    [Fact]
    public async Task A_name_that_a_later_execution_has_is_left_to_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var first = await EndedAsync(driver, "a", Now);
        _clock.Advance(TimeSpan.FromDays(90));
        var second = driver.Mint("a", Now);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(second, "a", Now)));

        Assert.Equal(1, (await RunAsync(store, new RetentionRules(RetentionRules.Default, [])))!.Executions);

        Assert.Null(await driver.LoadAsync(first));
        Assert.Equal(second, (await FindAsync(store, "a"))!.Id);
        Assert.Equal(AppendOutcomeKind.NameTaken, await driver.KindAsync(driver.Start(driver.Mint("a", Now), "a", Now)));
    }

    [Fact]
    public async Task Machines_have_rules_of_their_own_of_which_the_first_that_fits_counts()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var kept = new List<ExecutionId>();
        foreach (var machine in new[] { "audit-orders", "audit-scratch", "noise-1", "noise", "orders" })
        {
            var id = driver.Mint("a", Now, machine);
            await driver.SendAsync(driver.Start(id, "a", Now, machine));
            await driver.SendAsync(driver.End(id, 1, Now, Now + NameTime));
            kept.Add(id);
        }

        var rules = new RetentionRules(TimeSpan.FromDays(10),
        [
            new MachineRetention("audit-scratch", TimeSpan.FromDays(1)),
            new MachineRetention("audit-*", TimeSpan.FromDays(1_000)),
            new MachineRetention("noise-*", TimeSpan.FromDays(1)),
        ]);
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, (await RunAsync(store, rules))!.Executions);
        Assert.Equal([kept[0], kept[3], kept[4]], await LeftAsync(driver, kept));
        _clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(2, (await RunAsync(store, rules))!.Executions);
        Assert.Equal([kept[0]], await LeftAsync(driver, kept));
    }

    [Fact]
    public async Task More_than_fits_into_a_step_is_removed_all_the_same_and_nothing_beside_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var old = new List<ExecutionId>();
        for (var i = 0; i < (RetentionLimits.StepExecutions * 2) + 7; i++)
        {
            var status = (ExecutionStatus)(1 + (i % 4));
            old.Add(await EndedAsync(driver, string.Create(CultureInfo.InvariantCulture, $"old{i}"), Now, status));
        }

        var young = await EndedAsync(driver, "young", Now + 1);
        _clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal(((long)old.Count, old.Count * 2L), await RemovedAsync(store, RetentionRules.Default));
        Assert.Equal([young], await ListAsync(store));
        Assert.Equal((0L, 0L), await RemovedAsync(store, RetentionRules.Default));
    }

    [Fact]
    public async Task A_journal_that_is_longer_than_a_step_goes_in_several_and_is_never_seen_in_parts()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a", Now);
        await driver.SendAsync(driver.Start(id, "a", Now));
        const int Rows = (RetentionLimits.SliceRows * RetentionLimits.StepSlices * 2) + 10;
        for (var row = 2; row < Rows; row++)
            await driver.SendAsync(driver.Next(id, row - 1, JournalDriver.Row(row, row + 1, row + 1)));
        await driver.SendAsync(driver.End(id, Rows - 1, Now, Now + NameTime));
        _clock.Advance(TimeSpan.FromDays(90));

        var moment = new RetentionMoment(Now, Now - NameTime, Now - NameTime);
        await using (var turn = await store.Retention.TryBeginAsync(moment, CancellationToken.None))
        {
            var machine = await turn!.NextMachineAsync(null, CancellationToken.None);
            await turn.RemoveExecutionsAsync(machine!, moment.KeptFrom, from: null, CancellationToken.None);
        }

        Assert.Null(await driver.LoadAsync(id));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("a", Now), "a", Now)));
        await RunAsync(store, new RetentionRules(RetentionRules.Default, []));
        Assert.Empty(await store.Queries.ReadHistoryAsync(id, 1, Rows * 2, CancellationToken.None));
        Assert.True((await RunAsync(store, new RetentionRules(RetentionRules.Default, [])))!.IsNothing);
    }

    [Fact]
    public async Task A_definition_lives_as_long_as_a_machine_or_an_execution_refers_to_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        await CreateAsync(store, "m", "used");
        await CreateAsync(store, "n", "never started");
        await StartOfAsync(driver, "a", "used");
        await store.StateMachines.DeleteAsync(JournalDriver.Account, JournalDriver.Region, "m", CancellationToken.None);
        await store.StateMachines.DeleteAsync(JournalDriver.Account, JournalDriver.Region, "n", CancellationToken.None);
        await CreateAsync(store, "o", "has a machine");

        Assert.Equal(0, await DefinitionsRemovedAsync(store));
        _clock.Advance(RetentionLimits.Doubt - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await DefinitionsRemovedAsync(store));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await DefinitionsRemovedAsync(store));
        Assert.Equal(("used", null, "has a machine"), (await ReadAsync(store, "used"), await ReadAsync(store, "never started"), await ReadAsync(store, "has a machine")));

        _clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(1, await DefinitionsRemovedAsync(store));
        Assert.Equal((null, "has a machine"), (await ReadAsync(store, "used"), await ReadAsync(store, "has a machine")));
    }

    [Fact]
    public async Task A_definition_that_a_machine_takes_up_again_is_not_judged_by_the_doubts_of_before()
    {
        using var store = Open();
        await CreateAsync(store, "m", "back and forth");
        await store.StateMachines.DeleteAsync(JournalDriver.Account, JournalDriver.Region, "m", CancellationToken.None);
        Assert.Equal(0, await DefinitionsRemovedAsync(store));
        _clock.Advance(RetentionLimits.Doubt);

        await CreateAsync(store, "m", "back and forth");
        await store.StateMachines.DeleteAsync(JournalDriver.Account, JournalDriver.Region, "m", CancellationToken.None);
        Assert.Equal(0, await DefinitionsRemovedAsync(store));
        Assert.Equal("back and forth", await ReadAsync(store, "back and forth"));
        _clock.Advance(RetentionLimits.Doubt);
        Assert.Equal(1, await DefinitionsRemovedAsync(store));
    }

    protected static async Task<ExecutionId> EndedAsync(
        JournalDriver driver, string name, long at, ExecutionStatus status = ExecutionStatus.Succeeded)
    {
        var id = driver.Mint(name, at);
        await driver.SendAsync(driver.Start(id, name, at));
        await driver.SendAsync(driver.Next(
            id, 1, JournalDriver.Row(2, terminal: true), new ExecutionChange(status, at, WakeAt: null, at + NameTime)));
        return id;
    }

    private async Task StartOfAsync(JournalDriver driver, string name, string definition)
    {
        var id = driver.Mint(name, Now);
        var start = driver.Start(id, name, Now);
        await driver.SendAsync(start with { NewExecution = start.NewExecution! with { DefinitionHash = Hash(definition) } });
        await driver.SendAsync(driver.End(id, 1, Now, Now + NameTime));
    }

    private static async Task CreateAsync(StoreUnderTest store, string name, string definition) => Assert.Null(await store.StateMachines.CreateAsync(
        new StateMachineRow
        {
            Account = JournalDriver.Account,
            Region = JournalDriver.Region,
            Name = name,
            Type = "STANDARD",
            RoleArn = "role",
            DefinitionHash = Hash(definition),
            CreationDate = 1,
            UpdateDate = 1,
        },
        definition,
        "{}",
        CancellationToken.None));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static ValueTask<string?> ReadAsync(StoreUnderTest store, string definition) =>
        store.StateMachines.ReadDefinitionAsync(Hash(definition), CancellationToken.None);

    private async Task<long> DefinitionsRemovedAsync(StoreUnderTest store) =>
        (await RunAsync(store, new RetentionRules(RetentionRules.Default, [])))!.Definitions;

    private async Task<(long Executions, long Rows)> RemovedAsync(StoreUnderTest store, TimeSpan keep)
    {
        var tally = (await RunAsync(store, new RetentionRules(keep, [])))!;
        return (tally.Executions, tally.Rows);
    }

    private async Task<RetentionTally?> RunAsync(StoreUnderTest store, RetentionRules rules)
    {
        using var meter = new Meter("test");
        var round = new RetentionRound(store.Retention, rules, _clock, TimeSpan.Zero, new RetentionMetrics(meter));
        return await round.RunAsync(CancellationToken.None);
    }

    private static async Task<List<ExecutionId>> LeftAsync(JournalDriver driver, List<ExecutionId> ids)
    {
        var left = new List<ExecutionId>();
        foreach (var id in ids)
        {
            if (await driver.LoadAsync(id) is not null)
                left.Add(id);
        }

        return left;
    }

    private static ValueTask<ExecutionRow?> FindAsync(StoreUnderTest store, string name) => store.Queries.FindAsync(
        JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, name, CancellationToken.None);

    private static async Task<List<ExecutionId>> ListAsync(StoreUnderTest store)
    {
        var rows = await store.Queries.ListAsync(
            JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, status: null, after: null, 1_000, CancellationToken.None);
        return [.. rows.Select(row => row.Id)];
    }
}

public sealed class InMemoryRetentionTests : RetentionContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqliteRetentionTests : RetentionContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);
}

public sealed class PostgresRetentionTests : RetentionContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);
}
