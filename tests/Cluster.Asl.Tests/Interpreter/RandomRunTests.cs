using Cluster.Asl.Interpreter;
using Cluster.Checker.Histories;
using Cluster.Testing.Histories;
using Cluster.Testing.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>What holds for every machine, every command and every moment. The seed stands in each failure.</summary>
public sealed class RandomRunTests(ITestOutputHelper output)
{
    private const int Runs = 300;

    /// <summary>Some seeds that are always the same, and one of the day.</summary>
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8, (int)(TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_fold_is_what_lives_and_history_is_dense_chained_and_in_order_of_time(int seed)
    {
        for (var i = 0; i < Runs; i++)
        {
            var run = new RandomRun((seed * Runs) + i);
            try
            {
                Check(run);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {(seed * Runs) + i}: {run.Text}", e);
            }
        }
    }

    [Fact]
    public void The_runs_come_by_every_kind_of_event_at_every_depth_and_by_branches_that_are_late()
    {
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        var (depth, dropped, accepted) = (0, 0, 0);
        for (var i = 0; i < Runs * 8; i++)
        {
            foreach (var step in new RandomRun(i).Steps())
            {
                foreach (var e in step.Decision.Events)
                {
                    var kind = e switch { StateEntered s => $"{s.Type}StateEntered", StateAborted s => $"{s.Type}StateAborted", BranchesFailed s => $"{s.Type}StateFailed", BranchesSucceeded s => $"{s.Type}StateSucceeded", _ => e.GetType().Name };
                    kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                    depth = Math.Max(depth, e.Scope.Count(c => c == '/'));
                }

                if (step.Command is ExecutionCommand.Accept && step.Decision.Reply == CommandReply.NotWaitedFor)
                    dropped++;
                else if (step.Command is ExecutionCommand.Accept)
                    accepted++;
            }
        }

        output.WriteLine($"{Runs * 8} runs, depth {depth}, {accepted} accepted, {dropped} dropped: {string.Join(", ", kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key} {k.Value}"))}");
        Assert.Equal(36, kinds.Count);
        Assert.True(depth >= 10);
        Assert.True(dropped > 100 && accepted > 1000);
    }

    private static void Check(RandomRun run)
    {
        var live = run.Start;
        var events = new List<ExecutionEvent>();
        foreach (var step in run.Steps())
        {
            var decision = step.Decision;
            live = decision.Events.Aggregate(live, ExecutionEvolution.Evolve);
            Assert.True(decision.Execution.Equals(live), "the fold is not what lives");
            events.AddRange(decision.Events);
            AssertEffects(step);
            AssertBounded(step);
            if (step.Before.IsClosed)
                Assert.Equal((CommandReply.AlreadyClosed, 0), (decision.Reply, decision.Events.Length));
            var again = ExecutionDecider.Decide(step.Before, step.Command, step.Context);
            Assert.True(decision.Events.SequenceEqual(again.Events) && decision.Effects.SequenceEqual(again.Effects), "decided again, it is another");
            Assert.True(decision.Reply == again.Reply && decision.Execution.Equals(again.Execution), "decided again, it is another");
            Assert.True(decision.Ready.SequenceEqual(again.Ready), "decided again, others are ready");
        }

        Assert.Equal(live, events.Aggregate(run.Start, ExecutionEvolution.Evolve));
        if (HistoryRules.Check(run.Text, HistoryLines.Of(events)) is { } wrong)
            Assert.Fail(wrong);
        PayloadReferenceTests.AssertNoChains(events);
    }

    /// <summary>The effects lead from what was outstanding before to what is outstanding now; a call that was answered is not given up.</summary>
    private static void AssertEffects(RunStep step)
    {
        var (before, after) = (step.Before.Outstanding, step.Decision.Execution.Outstanding);
        Assert.Equal(
            after.Except(before).OrderBy(call => call.Scope, StringComparer.Ordinal),
            step.Decision.Effects.OfType<Effect.Call>().Select(e => e.What).OrderBy(call => call.Scope, StringComparer.Ordinal));
        var answered = step.Decision.Events.Where(e => e is TaskSucceeded or TaskFailed).Select(e => e.Scope).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            before.Except(after).Where(call => !answered.Contains(call.Scope)).Select(call => (call.Scope, call.Visit, call.Attempt)).Order(),
            step.Decision.Effects.OfType<Effect.CancelCall>().Select(c => (c.Scope, c.Visit, c.Attempt)).Order());
        if (step.Decision.Execution.IsClosed)
        {
            Assert.Null(step.Decision.Execution.WakeAt);
            Assert.Empty(after);
            Assert.Empty(step.Decision.Ready);
        }
    }

    /// <summary>A full decision may end with one failure that cuts many branches short, and takes in what was decided apart.</summary>
    private static void AssertBounded(RunStep step)
    {
        var limit = step.Context.Limits.DecisionEvents;
        var accepted = step.Command is ExecutionCommand.Accept accept ? accept.What.Events.Length : 0;
        var scopes = Scopes(step.Before.Root);
        Assert.True(
            step.Decision.Events.Length <= ((2 * limit) + accepted + (3 * scopes) + 3),
            $"{step.Decision.Events.Length} events where {limit} are a full decision");
    }

    private static int Scopes(Scope? scope) =>
        scope?.Branches is { } branches ? branches.Lanes.Sum(lane => lane.Scope is null ? 0 : 1 + Scopes(lane.Scope)) : 0;
}
