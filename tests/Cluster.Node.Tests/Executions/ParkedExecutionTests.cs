using System.Diagnostics.Metrics;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>Executions that are not run: how they are found out, what callers hear, and how they run again.</summary>
public sealed class ParkedExecutionTests
{
    private const string Wait = "\"A\":{\"Type\":\"Wait\",\"Seconds\":3600,\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"End\":true}";

    [Fact]
    public void A_quarantined_execution_is_neither_folded_nor_stopped_and_others_go_on()
    {
        var (bench, log) = Bench(Wait);
        bench.Start("poison");
        bench.Start("other");
        var id = bench.Row("poison").Id;
        Quarantine(bench, id);

        for (var i = 0; i < 3; i++)
        {
            var refused = Assert.IsType<ExecutionAnswer.Parked>(Assert.Single(bench.Stop(id).All));
            Assert.Contains("quarantined", refused.Words, StringComparison.Ordinal);
            bench.Tell(id, Wake.Instance);
            bench.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(0, bench.Live);
        Assert.Equal(ExecutionStatus.Running, bench.Row("poison").Status);
        Assert.Contains($"{id} is quarantined: 3 lives", Assert.Single(log.Errors), StringComparison.Ordinal);
        Assert.Equal((id, ParkReason.Quarantined), (Assert.Single(bench.Room.Parked.All).Id, bench.Room.Parked.All[0].Reason));
        bench.Stop(bench.Row("other").Id);
        Assert.Equal(ExecutionStatus.Aborted, bench.Row("other").Status);
    }

    [Fact]
    public void Released_in_the_store_it_runs_when_it_is_woken()
    {
        var (bench, _) = Bench(Wait);
        bench.Start();
        var id = bench.Row().Id;
        Quarantine(bench, id);
        bench.Stop(id);
        bench.Advance(TimeSpan.FromSeconds(3600));

        Assert.Equal(3, Simulation.World.Now(bench.Store.ReleaseAsync(id, CancellationToken.None)));
        bench.Tell(id, Wake.Instance);

        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
        Assert.Empty(bench.Room.Parked.All);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_that_cannot_be_read_parks_its_execution_once_and_for_all_until_it_is_released(bool foundByStore)
    {
        var (bench, log) = Bench(Wait);
        bench.Start();
        var id = bench.Row().Id;
        (bench.Journal.SpoilsRows, bench.Journal.FindsDamage) = (!foundByStore, foundByStore);

        for (var i = 0; i < 5; i++)
        {
            Assert.IsType<ExecutionAnswer.Parked>(Assert.Single(bench.Stop(id).All));
            bench.Tell(id, Wake.Instance);
            bench.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Single(bench.Journal.LoadsFromSnapshot);
        Assert.Contains("is parked (Damaged)", Assert.Single(log.Errors), StringComparison.Ordinal);
        Assert.Empty(bench.Log.Errors);
        Assert.Equal(0, bench.Live);

        bench.Journal.SpoilsRows = bench.Journal.FindsDamage = false;
        bench.Room.Parked.Remove(id);
        Assert.IsType<ExecutionAnswer.Handled>(Assert.Single(bench.Stop(id).All));
        Assert.Equal(ExecutionStatus.Aborted, bench.Row().Status);
        Assert.Empty(bench.Room.Parked.All);
    }

    [Fact]
    public void A_command_that_meets_an_execution_that_fails_as_it_is_read_back_is_answered_and_calls_for_no_second_try()
    {
        var faults = new Watch(new OneSlot());
        var bench = new ExecutionBench(Wait, furnish: room => room with { FaultPoints = faults });
        bench.Start();
        faults.Fails = true;

        Assert.IsType<ExecutionAnswer.Unavailable>(Assert.Single(bench.Stop(bench.Row().Id).All));
        Assert.Single(bench.Log.Errors);
        faults.Fails = false;
        Assert.IsType<ExecutionAnswer.Handled>(Assert.Single(bench.Stop(bench.Row().Id).All));
    }

    [Fact]
    public void What_is_parked_is_counted_once_by_its_reason()
    {
        using var meter = new Meter("parked");
        var parked = new ParkedExecutions(new ExecutionMetrics(meter));
        var (a, b) = (ExecutionId.Create(1, 1, 1, 1), ExecutionId.Create(1, 1, 1, 2));

        Assert.True(parked.Add(Of(a, ParkReason.Quarantined)));
        Assert.False(parked.Add(Of(a, ParkReason.Quarantined)));
        Assert.True(parked.Add(Of(b, ParkReason.Quarantined)));
        Assert.True(parked.Add(Of(b, ParkReason.Damaged)));
        parked.Remove(a);
        parked.Remove(a);

        Assert.Equal((0, 1, 0), Counts(meter));
        Assert.Equal([b], parked.All.Select(one => one.Id));
    }

    [Fact]
    public void What_is_parked_in_a_shard_that_is_lost_is_no_longer_counted_here()
    {
        var (bench, _) = Bench(Wait);
        bench.Start("poison");
        var id = bench.Row("poison").Id;
        Quarantine(bench, id);
        bench.Stop(id);
        Assert.Single(bench.Room.Parked.All);

        var shard = ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount);
        bench.Entities.Lost(new ShardHold((shard + 1) % ShardRange.DefaultCount, 1, new ExecutionBench.Answers(), new DrainSwitch()));
        Assert.Single(bench.Room.Parked.All);
        bench.Entities.Lost(new ShardHold(shard, 1, new ExecutionBench.Answers(), new DrainSwitch()));
        Assert.Empty(bench.Room.Parked.All);
    }

    [Fact]
    public async Task A_start_has_all_quarantined_executions_looked_at_so_that_they_are_told_and_counted()
    {
        var (bench, log) = Bench(Wait);
        bench.Start("a");
        bench.Start("b");
        bench.Start("c");
        Quarantine(bench, bench.Row("a").Id);
        Quarantine(bench, bench.Row("c").Id);

        await new Suspicion(bench.Store, folder: "", bench.Clock, NullLogger<Suspicion>.Instance).LookAtAllAsync(bench.Region, CancellationToken.None);
        bench.Run();

        Assert.Equal(
            new[] { bench.Row("a").Id, bench.Row("c").Id }.Order(), bench.Room.Parked.All.Select(parked => parked.Id));
        Assert.Equal(2, log.Errors.Count);
    }

    [Fact]
    public void Beyond_the_limit_they_are_parked_and_not_remembered()
    {
        using var meter = new Meter("crowded");
        var parked = new ParkedExecutions(new ExecutionMetrics(meter));
        for (var i = 0; i <= ParkedExecutions.Most; i++)
            Assert.True(parked.Add(Of(ExecutionId.Create(1, 1, 1, (ulong)i), ParkReason.Damaged)));
        Assert.Equal(ParkedExecutions.Most, parked.All.Count);
        Assert.Equal((0, ParkedExecutions.Most, 0), Counts(meter));
    }

    [Fact]
    public void A_thread_keeps_the_execution_that_it_works_for_in_its_slot_and_empties_it_when_the_actor_fails_too()
    {
        var slots = new OneSlot();
        var faults = new Watch(slots);
        const string Branches = """
            "A":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"X","States":{"X":{"Type":"Pass","End":true}}},
              {"StartAt":"Y","States":{"Y":{"Type":"Wait","Seconds":3600,"End":true}}}]}
            """;
        var bench = new ExecutionBench(Branches, furnish: room => room with { Slots = slots, FaultPoints = faults });
        bench.Start();
        var id = bench.Row().Id;
        Assert.True(faults.Seen.Count > 3);
        Assert.All(faults.Seen, seen => Assert.Equal(id, seen));
        Assert.Null(slots.Held);

        faults.Fails = true;
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(id, Wake.Instance);
        Assert.Single(bench.Log.Errors);
        Assert.Null(slots.Held);

        faults.Fails = false;
        bench.Journal.SpoilsRows = true;
        bench.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(id, slots.Last);
        Assert.Null(slots.Held);
    }

    private static (ExecutionBench Bench, ExecutionBench.CollectedLog Log) Bench(string states)
    {
        var log = new ExecutionBench.CollectedLog();
        return (new ExecutionBench(states, furnish: room => room with { Log = log }), log);
    }

    private static void Quarantine(ExecutionBench bench, ExecutionId id)
    {
        for (var incarnation = 1; incarnation <= ISuspectStore.Crashes; incarnation++)
            Assert.True(bench.Store.BookAsync([id], incarnation, 1_000, CancellationToken.None).IsCompletedSuccessfully);
    }

    private static ParkedExecution Of(ExecutionId id, ParkReason reason) => new(id, reason, "words", Since: 1);

    private static (long Quarantined, long Damaged, long Newer) Counts(Meter meter)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == meter && instrument.Name == "cluster_executions_parked")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counts[(string)tags[0].Value!] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return (counts["quarantined"], counts["damaged"], counts["needs_newer_node"]);
    }

    private sealed class OneSlot : IDecisionSlots
    {
        public ExecutionId? Held { get; private set; }

        public ExecutionId Last { get; private set; }

        public void Enter(ExecutionId id)
        {
            Assert.Null(Held);
            Held = Last = id;
        }

        public void Leave()
        {
            Assert.NotNull(Held);
            Held = null;
        }
    }

    private sealed class Watch(OneSlot slots) : IFaultPoints
    {
        public List<ExecutionId?> Seen { get; } = [];

        public bool Fails { get; set; }

        public void Hit(string point)
        {
        }

        public void Deciding(Execution execution)
        {
            if (Fails)
                throw new InvalidOperationException("a fault of the test");
            Seen.Add(slots.Held);
        }
    }
}
