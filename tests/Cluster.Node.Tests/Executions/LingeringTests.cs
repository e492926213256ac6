using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>Executions that wait for another's word, and the workers who bring it.</summary>
public sealed class LingeringTests
{
    private const string Arn = "arn:aws:states:us-east-1:123456789012:activity:act";
    private const string Task = "\"A\":{\"Type\":\"Task\",\"Resource\":\"" + Arn + "\",\"End\":true}";

    private static readonly ActivityName Name = ActivityName.Of(Arn);

    [Fact]
    public void An_execution_whose_task_waits_for_a_worker_stays_in_memory_for_a_second_and_sleeps_without_a_write()
    {
        var bench = new ExecutionBench(Task);
        bench.Start();
        Assert.Equal(1, bench.Live);
        bench.Advance(TimeSpan.FromMilliseconds(ExecutionActor.Lingering - 1));
        Assert.Equal(1, bench.Live);
        bench.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, bench.Live);
        Assert.Single(bench.Journal.Appends);
    }

    [Fact]
    public void Whoever_begins_its_task_lets_it_stay_for_another_second()
    {
        var bench = new ExecutionBench(Task);
        bench.Start();
        bench.Advance(TimeSpan.FromMilliseconds(ExecutionActor.Lingering - 1));
        Begin(bench);
        bench.Advance(TimeSpan.FromMilliseconds(ExecutionActor.Lingering - 1));
        Assert.Equal(1, bench.Live);
        bench.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void A_round_trip_with_a_worker_at_hand_is_three_appends()
    {
        var bench = new ExecutionBench(Task);
        bench.Start();
        var token = Begin(bench).Token;
        bench.Command(bench.Row().Id, new ExecutionCommand.EndTask("", 1, 0, token, TaskWord.Success("1"u8.ToArray())));
        Assert.Equal(ExecutionStatus.Succeeded, bench.Row().Status);
        Assert.Equal(3, bench.Journal.Appends.Count);
        Assert.Empty(bench.Journal.LoadsFromSnapshot);
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void An_execution_that_is_to_sleep_does_not_linger()
    {
        var bench = new ExecutionBench(Task);
        bench.Start();
        bench.Tell(bench.Row().Id, GoToSleep.Instance);
        Assert.Equal(0, bench.Live);
    }

    [Fact]
    public void Workers_that_wait_are_sent_home_and_those_that_come_later_too()
    {
        var (bench, region) = Region();
        var early = Poll(bench, region);
        Assert.Empty(early.All);
        region.Close();
        bench.Run();
        Assert.Equal([ActivityAnswer.Nothing.Instance], early.All);
        Assert.Equal([ActivityAnswer.Nothing.Instance], Poll(bench, region).All);
    }

    [Fact]
    public void A_task_that_is_being_handed_out_still_reaches_its_worker_when_all_are_sent_home()
    {
        var (bench, region) = Region();
        bench.Start();
        bench.Journal.Holds = true;
        var worker = Poll(bench, region);
        region.Offer(Waiting(bench));
        bench.Run();
        region.Close();
        bench.Run();
        Assert.Empty(worker.All);
        bench.Journal.Release();
        bench.Run();
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(worker.All));
    }

    [Fact]
    public void A_worker_that_left_while_a_task_was_asked_for_in_vain_does_not_stand_in_line_again()
    {
        var (bench, region) = Region();
        bench.Start();
        var task = Waiting(bench);
        Begin(bench);
        var gone = Poll(bench, region);
        region.Offer(task);
        region.Abandon(Name, gone);
        var second = Poll(bench, region);
        bench.Start("other");
        region.Offer(Waiting(bench, "other"));
        bench.Run();
        Assert.DoesNotContain(gone.All, answer => answer is ActivityAnswer.Given);
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(second.All));
    }

    [Fact]
    public void An_activity_that_fails_sends_its_workers_home_and_serves_the_next()
    {
        var (bench, region) = Region();
        var lost = Poll(bench, region);
        var isBroken = true;
        bench.Delivering = (_, message) => Assert.False(isBroken && message is PollAbandoned);
        region.Abandon(Name, lost);
        bench.Run();
        isBroken = false;
        Assert.Equal([ActivityAnswer.Nothing.Instance], lost.All);
        bench.Start();
        var next = Poll(bench, region);
        region.Offer(Waiting(bench));
        bench.Run();
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(next.All));
    }

    private static ExecutionAnswer.ActivityStarted Begin(ExecutionBench bench) => Assert.IsType<ExecutionAnswer.ActivityStarted>(
        Assert.Single(bench.Command(bench.Row().Id, new ExecutionCommand.StartActivity("", 1, 0, "w")).All));

    private static (ExecutionBench Bench, ActivityRegion Region) Region()
    {
        var bench = new ExecutionBench(Task);
        var region = new ActivityRegion(bench.System);
        region.Room = new ActivityRoom { Region = bench.Region, Tasks = new NothingStored(), Timers = bench.Room.Timers, Time = bench.Clock };
        return (bench, region);
    }

    private static ExecutionBench.Answers Poll(ExecutionBench bench, ActivityRegion region)
    {
        var worker = new ExecutionBench.Answers();
        region.Poll(Name, new PollActivity("w", bench.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 60_000), worker);
        bench.Run();
        return worker;
    }

    private static PendingTask Waiting(ExecutionBench bench, string name = "run") =>
        Assert.Single(bench.Journal.Appends.Where(append => append.Id == bench.Row(name).Id).SelectMany(append => append.Offered));

    /// <summary>What waits is only known from what is offered.</summary>
    private sealed class NothingStored : IPendingTaskSource
    {
        public void Read(ActivityName activity, PendingTask? after, ActorRef replyTo) => replyTo.Tell(new PendingPage([], IsLast: true, Failed: false));
    }
}
