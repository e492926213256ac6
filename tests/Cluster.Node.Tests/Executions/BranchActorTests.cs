using Cluster.Asl.Interpreter.Branches;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>Parallel and Map through the real actors: who runs what when, what is written, and what becomes of it when something fails.</summary>
public sealed class BranchActorTests
{
    private const string Call = "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"";
    private const string Calls =
        "\"A\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"L\",\"States\":{\"L\":{" + Call + ",\"End\":true}}},"
        + "{\"StartAt\":\"R\",\"States\":{\"R\":{" + Call + ",\"Next\":\"S\"},\"S\":{\"Type\":\"Pass\",\"End\":true}}}],\"End\":true}";

    private const string Waits =
        "\"A\":{\"Type\":\"Map\",\"ItemProcessor\":{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"SecondsPath\":\"$\",\"End\":true}}},\"End\":true}";

    [Fact]
    public void Branches_of_a_Parallel_run_side_by_side_and_the_execution_numbers_their_events()
    {
        var bench = new ExecutionBench("""
            "A":{"Type":"Parallel","Branches":[
              {"StartAt":"L","States":{"L":{"Type":"Pass","Result":1,"End":true}}},
              {"StartAt":"R","States":{"R":{"Type":"Pass","Result":2,"Next":"S"},"S":{"Type":"Pass","End":true}}}],"End":true}
            """);
        bench.Start();
        Assert.Equal("[1,2]", bench.Output());
        Assert.Equal(
            [
                "1 0 ExecutionStarted", "2 0 ParallelStateEntered", "3 2 ParallelStateStarted",
                "4 3 PassStateEntered", "5 4 PassStateExited",
                "6 3 PassStateEntered", "7 6 PassStateExited", "8 7 PassStateEntered", "9 8 PassStateExited",
                "10 9 ParallelStateSucceeded", "11 9 ParallelStateExited", "12 11 ExecutionSucceeded",
            ],
            bench.History());
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void Iterations_of_a_Map_follow_one_another_in_their_lanes()
    {
        var bench = new ExecutionBench("""
            "A":{"Type":"Map","MaxConcurrency":2,"ItemProcessor":{"StartAt":"P","States":{
              "P":{"Type":"Pass","Parameters":{"n.$":"$$.Map.Item.Index"},"End":true}}},"End":true}
            """);
        bench.Start(input: "[7,8,9]");
        Assert.Equal("[{\"n\":0},{\"n\":1},{\"n\":2}]", bench.Output());
        Assert.Equal(
            [
                "1 0 ExecutionStarted", "2 0 MapStateEntered", "3 2 MapStateStarted", "4 3 MapIterationStarted", "5 3 MapIterationStarted",
                "6 4 PassStateEntered", "7 6 PassStateExited", "8 7 MapIterationSucceeded", "9 7 MapIterationStarted",
                "10 5 PassStateEntered", "11 10 PassStateExited", "12 11 MapIterationSucceeded",
                "13 9 PassStateEntered", "14 13 PassStateExited", "15 14 MapIterationSucceeded",
                "16 15 MapStateSucceeded", "17 15 MapStateExited", "18 17 ExecutionSucceeded",
            ],
            bench.History());
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void Branches_start_before_the_commit_of_what_made_them_ready_and_their_calls_leave_after_it()
    {
        var bench = new ExecutionBench(Calls) { Journal = { Holds = true } };
        var runs = 0;
        bench.Delivering = (_, message) => runs += message is RunBranch ? 1 : 0;
        bench.Start();
        Assert.Equal((2, 1, 0), (runs, bench.Journal.Waiting, bench.Functions.Started.Count));
        bench.Journal.Release();
        bench.Run();
        Assert.Empty(bench.Functions.Started);
        bench.Journal.Release();
        bench.Run();
        Assert.Equal(2, bench.Functions.Started.Count);
    }

    [Fact]
    public void A_branch_that_fails_cuts_the_others_short_and_their_calls_are_given_up()
    {
        var bench = new ExecutionBench(Calls);
        bench.Start();
        bench.Fail(bench.Functions.Started[1], "Broken");
        Assert.Equal(ExecutionStatus.Failed, bench.Row().Status);
        Assert.Equal([bench.Functions.Started[0].Key], bench.Functions.Cancelled);
        Assert.Equal((0, 0), (bench.Live, bench.Entities.CallsInFlight));
    }

    [Fact]
    public void A_stop_gives_up_the_calls_of_all_branches()
    {
        var bench = new ExecutionBench(Calls);
        bench.Start();
        bench.Stop(bench.Row().Id);
        Assert.Equal(ExecutionStatus.Aborted, bench.Row().Status);
        Assert.Equal(bench.Functions.Started.Select(call => call.Key), bench.Functions.Cancelled);
        Assert.Equal(0, bench.Live);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Built_anew_in_the_middle_an_execution_goes_on_where_its_branches_were(bool written)
    {
        var bench = new ExecutionBench(Calls);
        bench.Start();
        bench.Journal.Outcomes.Enqueue((AppendOutcomeKind.Unknown, written));
        bench.Answer(bench.Functions.Started[1], "\"right\"");
        bench.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(bench.Journal.LoadsFromSnapshot);
        bench.Answer(bench.Functions.Started[0], "\"left\"");
        Assert.Equal("[\"left\",\"right\"]", bench.Output());
        Assert.Equal(2, bench.Functions.Started.Count);
        Assert.Equal((0, 0), (bench.Live, bench.Entities.CallsInFlight));
    }

    [Fact]
    public void While_all_branches_wait_an_hour_the_execution_sleeps()
    {
        var bench = new ExecutionBench(Waits);
        bench.Start(input: "[3600,7200,3600]");
        Assert.Equal(0, bench.Live);
        var row = bench.Row();
        Assert.Equal(row.StartDate + 3_600_000, row.WakeAt);
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(row.Id, Wake.Instance);
        Assert.Equal((0, row.StartDate + 7_200_000), (bench.Live, bench.Row().WakeAt));
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(row.Id, Wake.Instance);
        Assert.Equal("[3600,7200,3600]", bench.Output());
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void After_many_branches_a_sleep_writes_a_snapshot_from_which_they_are_read_back()
    {
        var bench = new ExecutionBench(Waits);
        bench.Start(input: $"[{string.Join(',', Enumerable.Repeat("0", 100))},3600]");
        Assert.Equal(0, bench.Live);
        Assert.Single(bench.Journal.Appends, a => a.Snapshot is not null);
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(bench.Row().Id, Wake.Instance);
        Assert.Equal([true], bench.Journal.LoadsFromSnapshot);
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
    }

    [Fact]
    public void While_one_branch_calls_the_other_is_woken_in_memory()
    {
        var bench = new ExecutionBench(
            "\"A\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"L\",\"States\":{\"L\":{" + Call + ",\"End\":true}}},"
            + "{\"StartAt\":\"R\",\"States\":{\"R\":{\"Type\":\"Wait\",\"Seconds\":5,\"Next\":\"S\"},\"S\":{" + Call + ",\"End\":true}}}],\"End\":true}");
        bench.Start();
        Assert.Single(bench.Functions.Started);
        bench.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, bench.Functions.Started.Count);
        bench.Answer("2");
        bench.Answer(bench.Functions.Started[0], "1");
        Assert.Equal("[1,2]", bench.Output());
    }

    [Fact]
    public void A_branch_whose_actor_fails_fails_its_execution_which_is_told_once_and_built_anew()
    {
        var bench = new ExecutionBench(Calls);
        var failures = 1;
        bench.Delivering = (_, message) =>
        {
            if (message is RunBranch && failures-- > 0)
                throw new InvalidTimeZoneException("a fault of the test");
        };
        bench.Start();
        Assert.Equal(0, bench.Live);
        var id = bench.Row().Id;
        Assert.Contains(id.ToString(), Assert.Single(bench.Log.Errors), StringComparison.Ordinal);
        bench.Advance(TimeSpan.FromSeconds(10));
        bench.Tell(id, Wake.Instance);
        bench.Answer(bench.Functions.Started[0], "1");
        bench.Answer(bench.Functions.Started[1], "2");
        Assert.Equal("[1,2]", bench.Output());
        Assert.Equal((0, 2), (bench.Live, bench.Functions.Started.Count));
    }

    [Fact]
    public void Of_a_wide_state_only_so_many_branches_are_run_at_a_time()
    {
        const int Width = 200;
        var branch = "{\"StartAt\":\"#\",\"States\":{\"#\":{\"Type\":\"Pass\",\"End\":true}}}";
        var branches = Enumerable.Range(0, Width).Select(i => branch.Replace("#", $"P{i}", StringComparison.Ordinal));
        var bench = new ExecutionBench($"\"A\":{{\"Type\":\"Parallel\",\"Branches\":[{string.Join(',', branches)}],\"End\":true}}");
        var (told, all, most) = (0, 0, 0);
        bench.Delivering = (_, message) =>
        {
            told += message is RunBranch ? 1 : message is ScopeDecision ? -1 : 0;
            all += message is RunBranch ? 1 : 0;
            most = Math.Max(most, told);
        };
        bench.Start();
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
        Assert.Equal((bench.Room.BranchesAtATime, Width, 0), (most, all, bench.Live));
    }

    [Fact]
    public void A_draining_node_runs_no_branch()
    {
        var bench = new ExecutionBench(Calls);
        bench.Start();
        bench.Drain.Begin();
        var runs = 0;
        bench.Delivering = (_, message) => runs += message is RunBranch ? 1 : 0;
        bench.Answer(bench.Functions.Started[0], "1");
        bench.Answer(bench.Functions.Started[1], "2");
        Assert.Equal(0, runs);
        Assert.Equal(ExecutionStatus.Running, bench.Row().Status);
    }

    [Fact]
    public void With_4_MiB_waiting_for_their_commit_no_more_branches_are_run_until_it_has_come()
    {
        var bench = new ExecutionBench("""
            "A":{"Type":"Map","ItemsPath":"$.items","ItemProcessor":{"StartAt":"B","States":{
              "B":{"Type":"Pass","Parameters":{"x.$":"$$.Execution.Input.big","i.$":"$$.Map.Item.Index"},"Next":"C"},
              "C":{"Type":"Pass","Result":1,"End":true}}},"ResultPath":null,"End":true}
            """) { Journal = { Holds = true } };
        var items = string.Join(',', Enumerable.Range(0, 100));
        bench.Start(input: $"{{\"items\":[{items}],\"big\":\"{new string('x', 200_000)}\"}}");
        var appends = 0;
        while (bench.Journal.Waiting > 0)
        {
            bench.Journal.Release();
            bench.Run();
            appends++;
        }

        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
        Assert.InRange(appends, 5, 20);
        Assert.All(bench.Journal.Appends, a => Assert.InRange(a.Row?.Events.Length ?? 0, 0, ExecutionActor.MostWaitingBytes + (1 << 20)));
        Assert.Equal(0, bench.Live);
    }
}
