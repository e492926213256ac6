using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Cluster.Testing.Interpreter;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>What goes through the journal's bytes comes back as it was, for every machine and every command. The seed stands in each failure.</summary>
public sealed class CodecTests
{
    private const int Runs = 200;

    private static readonly EventCodec Codec = new(new IdentityPayloadCodec());

    public static TheoryData<int> Seeds => [1, 2, 3, 4, (int)(TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Folding_the_bytes_of_each_append_gives_what_lives(int seed) => ForEachRun(seed, run =>
    {
        var (read, appends) = (run.Start, new List<byte[]>());
        foreach (var step in run.Steps())
        {
            if (step.Decision.Events.IsEmpty)
                continue;
            appends.Add(Codec.Encode(step.Decision.Events));
            read = Codec.Fold(read, appends[^1]);
            Assert.Equal(step.Decision.Execution, read);
        }

        Assert.Equal(read, appends.Aggregate(run.Start, (execution, bytes) => Codec.Fold(execution, bytes)));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_of_each_open_execution_reads_back_as_it_was_and_goes_on_alike(int seed) => ForEachRun(seed, run =>
    {
        foreach (var step in run.Steps())
        {
            if (step.Before.State == ExecutionState.NotStarted || step.Before.IsClosed)
                continue;
            var read = SnapshotCodec.TryDecode(SnapshotCodec.Encode(step.Before), run.Start.Definition);
            Assert.Equal(step.Before, read);
            var decision = ExecutionDecider.Decide(read!, Again(step.Command, step.Before, read!), step.Context);
            Assert.Equal(step.Decision.Events, decision.Events);
            Assert.Equal(step.Decision.Execution, decision.Execution);
            Assert.Equal(step.Decision.Effects, decision.Effects);
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_execution_that_is_put_away_and_read_back_now_and_then_has_the_same_history(int seed) => ForEachRun(seed, run =>
    {
        var chance = new Random(seed);
        var (carried, history, expected) = (run.Start, new List<ExecutionEvent>(), new List<ExecutionEvent>());
        foreach (var step in run.Steps())
        {
            if (carried.State == ExecutionState.Running && chance.Next(4) == 0)
                carried = SnapshotCodec.TryDecode(SnapshotCodec.Encode(carried), run.Start.Definition)!;
            var decision = ExecutionDecider.Decide(carried, Again(step.Command, step.Before, carried), step.Context);
            carried = decision.Execution;
            history.AddRange(decision.Events);
            expected.AddRange(step.Decision.Events);
        }

        Assert.Equal(expected, history);
    });

    [Fact]
    public void A_snapshot_that_cannot_be_read_is_dropped()
    {
        var run = Enumerable.Range(1, Runs).Select(seed => new RandomRun(seed)).First(run => Open(run) is not null);
        var open = Open(run)!;
        var bytes = SnapshotCodec.Encode(open);
        Assert.Null(SnapshotCodec.TryDecode(bytes.AsMemory(..^1), run.Start.Definition));
        Assert.Null(SnapshotCodec.TryDecode(ReadOnlyMemory<byte>.Empty, run.Start.Definition));
    }

    private static Execution? Open(RandomRun run) =>
        run.Steps().FirstOrDefault(step => step.Decision.Execution.State == ExecutionState.Running)?.Decision.Execution;

    /// <summary>
    /// The command as it would come to an execution that was read back: a branch that was run apart since then is one of its scopes, and what
    /// was run before then is of none.
    /// </summary>
    private static ExecutionCommand Again(ExecutionCommand command, Execution before, Execution read) =>
        command is ExecutionCommand.Accept { What: var decided } && ReferenceEquals(before.Find(decided.Basis.Path), decided.Basis)
            ? new ExecutionCommand.Accept(decided with { Basis = read.Find(decided.Basis.Path)! })
            : command;

    private static void ForEachRun(int seed, Action<RandomRun> check)
    {
        for (var i = 0; i < Runs; i++)
        {
            var run = new RandomRun((seed * Runs) + i);
            try
            {
                check(run);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {(seed * Runs) + i}: {run.Text}", e);
            }
        }
    }
}
