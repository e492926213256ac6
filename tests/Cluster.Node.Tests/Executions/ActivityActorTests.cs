using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Tests.Simulation;
using Xunit;

namespace Cluster.Node.Tests.Executions;

/// <summary>An activity goes on whatever fails beside it.</summary>
public sealed class ActivityActorTests
{
    private const string Task = "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:us-east-1:123456789012:activity:approve\",\"HeartbeatSeconds\":5,\"End\":true}";

    private static readonly ActivityName Approve = new("123456789012", "us-east-1", "approve");

    private readonly ExecutionBench _bench = new(Task);
    private readonly ActivityRegion _activities;
    private readonly Pages _pages;

    public ActivityActorTests()
    {
        _pages = new Pages(_bench);
        _activities = new ActivityRegion(_bench.System);
        _activities.Room = new ActivityRoom { Region = _bench.Region, Tasks = _pages, Timers = _bench.Room.Timers, Time = _bench.Clock };
    }

    [Fact]
    public void A_worker_whose_task_is_not_answered_for_goes_without_and_the_task_can_be_had_again()
    {
        _bench.Start();
        var failed = 0;
        _bench.Delivering = (_, message) =>
        {
            if (message is ToEntity { Message: RunCommand { What: ExecutionCommand.StartActivity } } && ++failed == 2)
                throw new InvalidOperationException("on purpose");
        };
        var first = Poll();
        Assert.Equal(2, failed);
        _bench.Advance(TimeSpan.FromMilliseconds(ActivityActor.LongestHandOut - 1));
        Assert.Empty(first.All);
        _bench.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<ActivityAnswer.Nothing>(Assert.Single(first.All));
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(Poll().All));
    }

    [Fact]
    public void Workers_of_an_activity_that_has_failed_are_sent_away_and_those_that_come_are_served()
    {
        var waiting = Poll();
        _bench.Delivering = (_, message) =>
        {
            if (message is PollActivity { WorkerName: "unlucky" })
                throw new InvalidOperationException("on purpose");
        };
        Poll("unlucky");
        Assert.IsType<ActivityAnswer.Nothing>(Assert.Single(waiting.All));
        Assert.Equal(0, _activities.Count);
        _bench.Start();
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(Poll().All));
        Assert.Equal(1, _activities.Count);
    }

    [Fact]
    public void A_store_that_cannot_be_read_is_asked_again_after_a_pause()
    {
        _pages.Fail = true;
        var worker = Poll();
        Assert.Equal(1, _pages.Reads);
        _bench.Advance(TimeSpan.FromMilliseconds(ActivityActor.LookEvery));
        Assert.Equal(2, _pages.Reads);
        _pages.Fail = false;
        _bench.Start();
        _bench.Advance(TimeSpan.FromMilliseconds(ActivityActor.LookEvery));
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(worker.All));
    }

    [Fact]
    public void A_worker_that_has_gone_away_gets_nothing_and_takes_no_task()
    {
        var gone = Poll();
        _activities.Abandon(Approve, gone);
        _bench.Run();
        _bench.Start();
        var here = Poll();
        _bench.Advance(TimeSpan.FromMilliseconds(ActivityActor.LookEvery));
        Assert.IsType<ActivityAnswer.Given>(Assert.Single(here.All));
        Assert.Empty(gone.All);
    }

    private ExecutionBench.Answers Poll(string worker = "worker")
    {
        var answers = new ExecutionBench.Answers();
        _activities.Poll(Approve, new PollActivity(worker, _bench.Clock.NowMs + 60_000), answers);
        _bench.Run();
        return answers;
    }

    private sealed class Pages(ExecutionBench bench) : IPendingTaskSource
    {
        public bool Fail { get; set; }

        public int Reads { get; private set; }

        public void Read(ActivityName activity, PendingTask? after, ActorRef replyTo)
        {
            Reads++;
            var tasks = Fail ? [] : World.Now(bench.Store.ReadPendingAsync(activity.Account, activity.Region, activity.Name, after, 10, CancellationToken.None));
            replyTo.Tell(new PendingPage(tasks, IsLast: true, Fail));
        }
    }
}
