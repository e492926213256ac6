using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Tests.Golden;
using Cluster.Testing.Interpreter;
using Google.Protobuf;
using Xunit;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.Tests.Executions;

/// <summary>Branches through the journal's bytes and through snapshots. The seed stands in each failure.</summary>
public sealed class BranchCodecTests
{
    private const int Runs = 300;

    private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

    [Fact]
    public void Folding_the_bytes_of_each_append_gives_what_lives() => ForEachRun(run =>
    {
        var read = run.Start;
        foreach (var step in run.Steps())
        {
            if (!step.Decision.Events.IsEmpty)
                read = Codec.Fold(read, Codec.Encode(step.Decision.Events));
            Assert.Equal(step.Decision.Execution, read);
        }
    });

    [Fact]
    public void A_snapshot_in_every_phase_reads_back_as_it_was_and_goes_on_alike()
    {
        var phases = new HashSet<ScopePhase>();
        ForEachRun(run =>
        {
            foreach (var step in run.Steps())
            {
                if (step.Before.State != ExecutionState.Running)
                    continue;
                var read = SnapshotCodec.TryDecode(SnapshotCodec.Encode(step.Before), run.Start.Definition);
                Assert.Equal(step.Before, read);
                foreach (var scope in All(step.Before.Root!))
                {
                    phases.Add(scope.Phase);
                    var same = read!.Find(scope.Path)!;
                    Assert.Same(scope.Definition, same.Definition);
                    Assert.Equal(scope.Item?.Value, same.Item?.Value);
                }

                if (step.Command is ExecutionCommand.Accept)
                    continue;
                var decision = ExecutionDecider.Decide(read!, step.Command, step.Context);
                Assert.Equal(step.Decision.Events, decision.Events);
                Assert.Equal(step.Decision.Execution, decision.Execution);
                Assert.Equal(step.Decision.Effects, decision.Effects);
            }
        });
        Assert.Equal(Enum.GetValues<ScopePhase>().Except([ScopePhase.Pending, ScopePhase.Delegated]).Order(), phases.Order());
    }

    [Fact]
    public void A_payload_that_many_scopes_hold_is_in_a_snapshot_once()
    {
        var execution = Branching(new BranchRun(0));
        var wire = Wire.ExecutionSnapshot.Parser.ParseFrom(SnapshotCodec.Encode(execution));
        Assert.Equal(2, wire.Inside.Count);
        Assert.Equal(execution.Input!.Origin, wire.Root.Data.Origin);
        Assert.All([wire.Root.Data, .. wire.Inside.Select(scope => scope.Data)], data => Assert.True(data.Text.IsEmpty));
        var read = SnapshotCodec.TryDecode(wire.ToByteArray(), execution.Definition)!;
        Assert.All(read.Root!.Branches!.Lanes, lane => Assert.Same(read.Input, lane.Scope!.Data));
    }

    [Fact]
    public void Branches_nested_64_deep_as_a_definition_may_nest_them_are_read_back()
    {
        const int Depth = 64;
        var opening = string.Concat(Enumerable.Range(0, Depth).Select(i => $"{{\"StartAt\":\"P{i}\",\"States\":{{\"P{i}\":{{\"Type\":\"Parallel\",\"End\":true,\"Branches\":["));
        var text = opening + "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}}}" + string.Concat(Enumerable.Repeat("]}}}", Depth));
        var execution = new GoldenScript(text, "{}").Execution;
        Assert.Equal(Depth + 1, All(execution.Root!).Count());
        Assert.Equal(execution, SnapshotCodec.TryDecode(SnapshotCodec.Encode(execution), execution.Definition));
    }

    [Fact]
    public void A_snapshot_of_the_version_before_is_read()
    {
        var execution = Enumerable.Range(1, Runs).SelectMany(seed => new RandomRun(seed).Steps())
            .First(step => step.Before is { State: ExecutionState.Running, Root: { Branches: null, TaskInput: null, Result: null } }).Before;
        var wire = Wire.ExecutionSnapshot.Parser.ParseFrom(SnapshotCodec.Encode(execution));
        wire.FormatVersion = 1;
        wire.Root.Data.Text = UnsafeByteOperations.UnsafeWrap(execution.Input!.Utf8);
        Assert.Equal(execution, SnapshotCodec.TryDecode(wire.ToByteArray(), execution.Definition));
        wire.FormatVersion = SnapshotCodec.FormatVersion + 1;
        Assert.Null(SnapshotCodec.TryDecode(wire.ToByteArray(), execution.Definition));
    }

    [Fact]
    public void A_snapshot_that_does_not_fit_the_definition_is_dropped()
    {
        var bytes = SnapshotCodec.Encode(Branching(new BranchRun(0)));
        var other = DefinitionParser.Parse("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}"u8.ToArray()).Definition!;
        Assert.Null(SnapshotCodec.TryDecode(bytes, other));
        var wire = Wire.ExecutionSnapshot.Parser.ParseFrom(bytes);
        wire.Inside.Add(new Wire.ScopeSnapshot());
        Assert.Null(SnapshotCodec.TryDecode(wire.ToByteArray(), new BranchRun(0).Start.Definition));
        wire.Inside.Clear();
        Assert.Null(SnapshotCodec.TryDecode(wire.ToByteArray(), new BranchRun(0).Start.Definition));
    }

    private static Execution Branching(BranchRun run) =>
        run.Steps().First(step => step.Before.Root?.Branches is not null).Before;

    private static IEnumerable<Scope> All(Scope scope) =>
        [scope, .. scope.Branches?.Lanes.Where(lane => lane.IsTaken).SelectMany(lane => All(lane.Scope!)) ?? []];

    private static void ForEachRun(Action<BranchRun> check)
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            try
            {
                check(new BranchRun(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }
}
