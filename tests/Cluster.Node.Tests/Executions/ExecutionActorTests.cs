using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>What leaves an execution and when, and what it does when the journal answers otherwise.</summary>
public sealed class ExecutionActorTests
{
    private const string Pass = "\"A\":{\"Type\":\"Pass\",\"End\":true}";
    private const string Call = "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\",\"End\":true}";
    private const string Wait = "\"A\":{\"Type\":\"Wait\",\"Seconds\":3600,\"End\":true}";

    [Fact]
    public void Neither_answer_nor_call_leaves_before_the_commit()
    {
        var bench = new ExecutionBench(Call) { Journal = { Holds = true } };
        var answers = bench.Start();
        Assert.Equal((1, 0, 0), (bench.Journal.Waiting, answers.All.Count, bench.Functions.Started.Count));
        bench.Journal.Release();
        bench.Run();
        Assert.IsType<ExecutionAnswer.Started>(Assert.Single(answers.All));
        Assert.Single(bench.Functions.Started);
    }

    [Fact]
    public void A_refusal_that_was_judged_on_events_waits_for_their_commit_too()
    {
        var bench = new ExecutionBench(Call);
        bench.Start();
        var id = bench.Row().Id;
        bench.Journal.Holds = true;
        var first = bench.Stop(id);
        var second = bench.Stop(id);
        Assert.Equal((0, 0), (first.All.Count, second.All.Count));
        bench.Journal.Release();
        bench.Run();
        Assert.Equal(CommandReply.Done, Assert.IsType<ExecutionAnswer.Handled>(Assert.Single(first.All)).Reply);
        Assert.Equal(CommandReply.AlreadyClosed, Assert.IsType<ExecutionAnswer.Handled>(Assert.Single(second.All)).Reply);
        Assert.Single(bench.Functions.Cancelled);
    }

    [Fact]
    public void At_most_one_append_is_on_its_way_and_the_next_holds_all_that_was_decided_meanwhile()
    {
        var bench = new ExecutionBench(Call) { Journal = { Holds = true } };
        bench.Start();
        var id = bench.Journal.Appends[0].Id;
        bench.Stop(id);
        bench.Stop(id);
        Assert.Single(bench.Journal.Appends);
        bench.Journal.Release();
        bench.Run();
        Assert.Equal(2, bench.Journal.Appends.Count);
        bench.Journal.Release();
        bench.Run();
        Assert.Equal(ExecutionStatus.Aborted, bench.Row().Status);
    }

    [Fact]
    public void A_run_without_calls_is_one_append()
    {
        var bench = new ExecutionBench(Pass);
        bench.Start();
        var row = Assert.Single(bench.Journal.Appends).Row!;
        Assert.Equal((1L, 4L, true), (row.FirstHistoryId, row.LastHistoryId, row.Terminal));
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void The_same_start_is_answered_with_the_first_ones_date_while_it_runs_and_any_other_with_its_holder()
    {
        var bench = new ExecutionBench(Call);
        var first = Assert.IsType<ExecutionAnswer.Started>(Assert.Single(bench.Start(input: "{\"a\":1}").All));
        bench.Advance(TimeSpan.FromSeconds(5));
        var again = Assert.IsType<ExecutionAnswer.Started>(Assert.Single(bench.Start(input: "{\"a\":1}").All));
        Assert.Equal((first.StartDate, true), (again.StartDate, again.Before is not null));
        Assert.Null(first.Before);
        Assert.IsType<ExecutionAnswer.NameTaken>(Assert.Single(bench.Start(input: "{\"a\":2}").All));
        Assert.Equal(1, bench.Live);
        bench.Answer("1");
        var taken = Assert.IsType<ExecutionAnswer.NameTaken>(Assert.Single(bench.Start(input: "{\"a\":1}").All));
        Assert.Equal(ExecutionStatus.Succeeded, taken.Holder.Status);
        Assert.Single(bench.Functions.Started);
    }

    [Fact]
    public void Starts_of_one_name_are_settled_one_after_the_other()
    {
        var bench = new ExecutionBench(Call) { Journal = { Holds = true } };
        var first = bench.Start();
        var second = bench.Start();
        var third = bench.Start(input: "[]");
        Assert.Single(bench.Journal.Appends);
        for (var i = 0; i < 3; i++)
        {
            bench.Journal.Release();
            bench.Run();
        }

        var begun = Assert.IsType<ExecutionAnswer.Started>(Assert.Single(first.All));
        Assert.Equal(begun, Assert.IsType<ExecutionAnswer.Started>(Assert.Single(second.All)) with { Before = null });
        Assert.IsType<ExecutionAnswer.NameTaken>(Assert.Single(third.All));
        Assert.Equal(1, bench.Live);
    }

    [Fact]
    public void A_start_that_the_store_does_not_take_never_was()
    {
        var bench = new ExecutionBench(Call);
        bench.Journal.Outcomes.Enqueue((AppendOutcomeKind.Unavailable, Written: false));
        Assert.IsType<ExecutionAnswer.Refused>(Assert.Single(bench.Start().All));
        Assert.Equal((0, 0), (bench.Live, bench.Functions.Started.Count));
        Assert.IsType<ExecutionAnswer.Started>(Assert.Single(bench.Start().All));
    }

    [Theory]
    [InlineData(AppendOutcomeKind.Conflict, false)]
    [InlineData(AppendOutcomeKind.Unknown, false)]
    [InlineData(AppendOutcomeKind.Unknown, true)]
    public void An_append_that_was_refused_or_is_unknown_builds_the_execution_anew(AppendOutcomeKind outcome, bool written)
    {
        var bench = new ExecutionBench(Call);
        bench.Start();
        var id = bench.Row().Id;
        bench.Journal.Outcomes.Enqueue((outcome, written));
        Assert.IsType<ExecutionAnswer.Unavailable>(Assert.Single(bench.Stop(id).All));
        bench.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(bench.Journal.LoadsFromSnapshot);
        Assert.Equal(written ? ExecutionStatus.Aborted : ExecutionStatus.Running, bench.Row().Status);
        Assert.Single(bench.Functions.Started);
        if (!written)
        {
            // The call is still out in this process: its answer is taken, it is not made again.
            bench.Answer("1");
            Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
        }
    }

    [Fact]
    public void An_answer_whose_append_was_lost_is_given_again()
    {
        var bench = new ExecutionBench(Call);
        bench.Start();
        bench.Journal.Outcomes.Enqueue((AppendOutcomeKind.Unknown, Written: false));
        bench.Answer("7");
        bench.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
        Assert.Single(bench.Functions.Started);
        Assert.Equal(0, bench.Entities.CallsInFlight);
    }

    [Fact]
    public void A_fenced_append_ends_the_shard()
    {
        var bench = new ExecutionBench(Call);
        bench.Start();
        var id = bench.Row().Id;
        bench.Journal.Outcomes.Enqueue((AppendOutcomeKind.Fenced, Written: false));
        Assert.IsType<ExecutionAnswer.Unavailable>(Assert.Single(bench.Stop(id).All));
        Assert.IsType<NotOwner>(Assert.Single(bench.Stop(id).All));
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void An_execution_that_only_waits_sleeps_and_is_woken_at_its_time()
    {
        var bench = new ExecutionBench(Wait);
        bench.Start();
        Assert.Equal(0, bench.Live);
        var row = bench.Row();
        Assert.Equal(row.StartDate + 3_600_000, row.WakeAt);
        Assert.DoesNotContain(bench.Journal.Appends, a => a.Snapshot is not null);
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(row.Id, Wake.Instance);
        Assert.Equal((ExecutionStatus.Succeeded, row.StartDate + 3_600_000), (bench.Row().Status, bench.Row().StopDate));
    }

    [Fact]
    public void A_short_wait_is_waited_in_memory()
    {
        var bench = new ExecutionBench("\"A\":{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}");
        bench.Start();
        Assert.Equal(1, bench.Live);
        bench.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(ExecutionStatus.Running, bench.Row().Status);
        bench.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
    }

    [Fact]
    public void Mail_that_comes_while_the_sleep_is_stored_is_not_lost()
    {
        // 120 states: more than 200 events, so that the sleep is stored with a snapshot.
        var bench = new ExecutionBench(Long(120)) { Journal = { Holds = true } };
        bench.Start();
        bench.Journal.Release();
        bench.Run();
        Assert.NotNull(bench.Journal.Appends[^1].Snapshot);
        var answer = bench.Stop(bench.Row().Id);
        Assert.Empty(answer.All);
        bench.Journal.Holds = false;
        bench.Journal.Release();
        bench.Run();
        Assert.IsType<ExecutionAnswer.Handled>(Assert.Single(answer.All));
        Assert.Equal(ExecutionStatus.Aborted, bench.Row().Status);
    }

    [Fact]
    public void After_200_events_a_sleep_writes_a_snapshot_from_which_the_execution_is_read_back()
    {
        var bench = new ExecutionBench(Long(120));
        bench.Start();
        Assert.Equal(0, bench.Live);
        Assert.Single(bench.Journal.Appends, a => a.Snapshot is not null);
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(bench.Row().Id, Wake.Instance);
        Assert.Equal([true], bench.Journal.LoadsFromSnapshot);
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_read_is_dropped_and_the_whole_journal_is_read()
    {
        var bench = new ExecutionBench(Long(120)) { Journal = { SpoilsSnapshots = true } };
        bench.Start();
        bench.Advance(TimeSpan.FromSeconds(3600));
        bench.Tell(bench.Row().Id, Wake.Instance);
        Assert.Equal([true, false], bench.Journal.LoadsFromSnapshot);
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
    }

    [Fact]
    public void A_sleep_that_is_refused_builds_the_execution_anew()
    {
        var bench = new ExecutionBench(Long(120)) { Journal = { Holds = true } };
        bench.Start();
        bench.Journal.Release();
        bench.Run();
        bench.Journal.Holds = false;
        bench.Journal.Outcomes.Enqueue((AppendOutcomeKind.Conflict, Written: false));
        bench.Journal.Release();
        bench.Run();
        bench.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(bench.Journal.LoadsFromSnapshot);
        Assert.Equal(ExecutionStatus.Running, bench.Row().Status);
    }

    [Fact]
    public void Decided_events_beyond_4_MiB_wait_for_the_commit_before_anything_more_is_decided()
    {
        var bench = new ExecutionBench("""
            "A":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"Z"}],"Default":"A"},"Z":{"Type":"Succeed"}
            """) { Journal = { Holds = true } };
        bench.Start();
        Assert.Single(bench.Journal.Appends);
        bench.Journal.Release();
        bench.Run();

        // The loop ends at event 25,000, some 3 MiB: all that was decided while the first append flew is the second.
        Assert.Equal(2, bench.Journal.Appends.Count);
        bench.Journal.Release();
        bench.Run();
        Assert.Equal(ExecutionStatus.Failed, bench.Row().Status);
    }

    [Fact]
    public void A_command_to_an_execution_that_does_not_exist_is_answered()
    {
        var bench = new ExecutionBench(Pass);
        Assert.IsType<ExecutionAnswer.Unknown>(Assert.Single(bench.Stop(Protocol.Identity.ExecutionId.Create(1, 2, 3, 4)).All));
        Assert.Equal(0, bench.Live);
    }

    /// <summary>So many Pass states, then a wait of an hour.</summary>
    private static string Long(int states) =>
        string.Concat(Enumerable.Range(0, states).Select(i => $"\"{(i == 0 ? "A" : $"S{i}")}\":{{\"Type\":\"Pass\",\"Next\":\"{(i == states - 1 ? "W" : $"S{i + 1}")}\"}},"))
        + "\"W\":{\"Type\":\"Wait\",\"Seconds\":3600,\"End\":true}";

    [Fact]
    public void A_command_that_meets_a_refused_passivation_is_answered_once()
    {
        var bench = new ExecutionBench(Call.Replace("\"End\":true", "\"Next\":\"B\"", StringComparison.Ordinal) + "," + Wait.Replace("\"A\"", "\"B\"", StringComparison.Ordinal));
        bench.Start();
        var id = bench.Row().Id;
        bench.Journal.Holds = true;
        bench.Answer("{}");
        bench.Journal.Release();
        bench.Run();
        Assert.Null(bench.Journal.Appends[^1].Row);
        var answers = bench.Stop(id);
        bench.Journal.Outcomes.Enqueue((AppendOutcomeKind.Conflict, false));
        bench.Journal.Release();
        bench.Run();
        Assert.IsType<ExecutionAnswer.Unavailable>(Assert.Single(answers.All));
    }

    [Fact]
    public void A_command_that_came_after_a_look_that_found_nothing_is_answered_by_another_look()
    {
        var bench = new ExecutionBench(Wait);
        bench.Start();
        Assert.Equal(0, bench.Live);
        bench.Journal.LoadsThatMiss = 1;
        var answers = bench.Stop(bench.Row().Id);
        Assert.Equal(CommandReply.Done, Assert.IsType<ExecutionAnswer.Handled>(Assert.Single(answers.All)).Reply);
    }

    [Fact]
    public void A_command_to_an_execution_that_never_was_is_answered_so()
    {
        var bench = new ExecutionBench(Wait);
        bench.Start();
        bench.Journal.LoadsThatMiss = int.MaxValue;
        Assert.IsType<ExecutionAnswer.Unknown>(Assert.Single(bench.Stop(bench.Row().Id).All));
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void Asked_to_sleep_an_execution_leaves_memory_in_a_short_wait_and_stays_while_a_call_is_out()
    {
        var waiting = new ExecutionBench("\"A\":{\"Type\":\"Wait\",\"Seconds\":1,\"End\":true}");
        waiting.Start();
        Assert.Equal(1, waiting.Live);
        waiting.Tell(waiting.Row().Id, GoToSleep.Instance);
        Assert.Equal(0, waiting.Live);
        waiting.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(ExecutionStatus.Succeeded, waiting.Row().Status);

        var calling = new ExecutionBench(Call);
        calling.Start();
        calling.Tell(calling.Row().Id, GoToSleep.Instance);
        Assert.Equal(1, calling.Live);
    }
}
