using Cluster.Asl.Interpreter;
using Cluster.Testing.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>What holds for every machine, every command and every moment. The seed stands in each failure.</summary>
public sealed class RandomRunTests
{
    private const int Runs = 250;

    /// <summary>Some seeds that are always the same, and one of the day.</summary>
    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6, 7, 8, (int)(TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerDay)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_fold_is_what_lives_and_history_is_dense_chained_and_in_order_of_time(int seed)
    {
        var ended = new HashSet<ExecutionState>();
        for (var i = 0; i < Runs; i++)
        {
            var run = new RandomRun((seed * Runs) + i);
            try
            {
                ended.Add(Check(run).State);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {(seed * Runs) + i}: {run.Text}", e);
            }
        }

        // The runs see something: each end comes.
        Assert.All([ExecutionState.Succeeded, ExecutionState.Failed, ExecutionState.TimedOut, ExecutionState.Aborted], end => Assert.Contains(end, ended));
    }

    private static Execution Check(RandomRun run)
    {
        var live = run.Start;
        var events = new List<ExecutionEvent>();
        foreach (var step in run.Steps())
        {
            var decision = step.Decision;
            live = decision.Events.Aggregate(live, ExecutionEvolution.Evolve);
            Assert.Equal(decision.Execution, live);
            events.AddRange(decision.Events);
            AssertEffects(step);
            Assert.True(decision.Events.Length <= step.Context.Limits.DecisionEvents + 1);
            if (step.Before.IsClosed)
                Assert.Equal((CommandReply.AlreadyClosed, 0), (decision.Reply, decision.Events.Length));
            var again = ExecutionDecider.Decide(step.Before, step.Command, step.Context);
            Assert.Equal(decision.Events, again.Events);
            Assert.Equal(decision.Effects, again.Effects);
            Assert.Equal((decision.Reply, decision.Execution), (again.Reply, again.Execution));
        }

        AssertHistory([.. events.Where(e => e.IsHistory)]);
        PayloadReferenceTests.AssertNoChains(events);
        return live;
    }

    /// <summary>The effects lead from what was outstanding before to what is outstanding now.</summary>
    private static void AssertEffects(RunStep step)
    {
        var calls = step.Decision.Effects.OfType<Effect.Call>().Select(e => e.What).ToArray();
        var (before, after) = (step.Before.Outstanding, step.Decision.Execution.Outstanding);
        Assert.Equal(after.Except(before), calls);
        Assert.All(
            step.Decision.Effects.OfType<Effect.CancelCall>(),
            c => Assert.Contains((c.Scope, c.Visit, c.Attempt), before.Select(call => (call.Scope, call.Visit, call.Attempt))));
        if (step.Decision.Execution.IsClosed)
            Assert.Null(step.Decision.Execution.WakeAt);
    }

    private static void AssertHistory(ExecutionEvent[] history)
    {
        for (var i = 0; i < history.Length; i++)
        {
            var e = history[i];
            Assert.Equal(i + 1, e.Id);
            if (i < 2 || e is ExecutionAborted or ExecutionTimedOut)
            {
                Assert.Equal(0, e.PreviousId);
                continue;
            }

            Assert.Equal(i, e.PreviousId);
            Assert.True(e.At >= history[i - 1].At, $"event {e.Id} is before its parent");
        }

        Assert.True(history[..^1].All(e => !e.IsTerminal), "something follows the end");
    }
}
