using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Arns;

namespace Cluster.Node.Executions.Activities;

/// <summary>The activities of a node that anybody has polled. Safe from any thread.</summary>
/// <remarks>An activity that was polled once is kept: it is small, and there are no more of them than an account may make.</remarks>
public sealed class ActivityRegion(ActorSystem system) : ITaskOffers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ActivityName, PolledActivity> _byName = [];
    private readonly List<ActorRef> _all = [];
    private bool _closed;

    /// <summary>What the activities share; set before the first of them is polled.</summary>
    public ActivityRoom Room { get; set; } = null!;

    /// <summary>How many activities live in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    /// <summary>A worker waits for a task; the sender gets an <see cref="ActivityAnswer"/>.</summary>
    public void Poll(ActivityName activity, PollActivity poll, ActorRef sender)
    {
        if (Of(activity) is { } polled)
            polled.Actor.Tell(poll, sender);
        else
            sender.Tell(ActivityAnswer.Nothing.Instance);
    }

    /// <summary>The worker went away.</summary>
    public void Abandon(ActivityName activity, ActorRef poller) => Of(activity)?.Actor.Tell(new PollAbandoned(poller));

    /// <inheritdoc/>
    /// <remarks>An activity that nobody has polled here need not hear of it: it is in the store.</remarks>
    public void Offer(PendingTask task)
    {
        PolledActivity? activity;
        lock (_gate)
            _byName.TryGetValue(new ActivityName(task.Account, task.Region, task.Activity), out activity);
        activity?.Actor.Tell(new TaskOffered(task));
    }

    /// <summary>Sends all workers away, and those that come: the node ends. A task that is being handed out still arrives.</summary>
    public void Close()
    {
        List<ActorRef> all;
        lock (_gate)
        {
            _closed = true;
            all = [.. _all];
        }

        foreach (var activity in all)
            activity.Tell(SendWorkersHome.Instance);
    }

    /// <summary>Has a poll told that it is lost, when nobody has answered it by then.</summary>
    internal MessageTimer Guard(ActorRef poll, long lostAt)
    {
        var guard = new MessageTimer(poll, ActivityAnswer.Lost.Instance);
        Room.Timers.Set(guard, lostAt);
        return guard;
    }

    /// <summary>The poll was answered.</summary>
    internal void Unguard(MessageTimer guard) => Room.Timers.Cancel(guard);

    /// <summary>The ARN of an activity.</summary>
    internal ActivityArn ArnOf(ActivityName name) => new(Room.Partition, name.Region, name.Account, name.Name);

    /// <summary>An activity, in memory from now on; null when the node ends.</summary>
    internal PolledActivity? Of(ActivityName name)
    {
        lock (_gate)
        {
            if (_closed)
                return null;
            if (_byName.TryGetValue(name, out var activity))
                return activity;
            activity = new PolledActivity(name, system.Spawn($"activity-{name.Name}", new ActivityActor(name, Room), new Keeper(this, name)));
            _byName.Add(name, activity);
            _all.Add(activity.Actor);
            return activity;
        }
    }

    /// <summary>An activity has ended; where it failed, whoever asks next gets another one.</summary>
    private void Ended(ActivityName name, ActorRef actor)
    {
        lock (_gate)
        {
            if (!_all.Remove(actor))
                return;
            _byName.Remove(name);
        }
    }

    /// <summary>A letter to an activity that has ended goes to the next one, unless the node ends.</summary>
    private void PassOn(ActivityName name, in Envelope letter)
    {
        if (Of(name) is { } activity)
            activity.Actor.Tell(letter.Message, letter.Sender);
        else if (letter.Message is PollActivity)
            letter.Sender!.Tell(ActivityAnswer.Nothing.Instance);
    }

    /// <summary>Hears of the end of one activity's actor.</summary>
    private sealed class Keeper(ActivityRegion region, ActivityName name) : ActorRef
    {
        public override string Name => "activities";

        public override void Tell(object message, ActorRef? sender = null)
        {
            switch (message)
            {
                case Terminated ended:
                    region.Ended(name, ended.Actor);
                    foreach (var letter in ended.Unread)
                        region.PassOn(name, letter);
                    break;
                case DeadLetter late:
                    region.PassOn(name, late.Letter);
                    break;
            }
        }
    }
}
