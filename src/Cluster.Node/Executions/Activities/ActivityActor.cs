using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Executions.Activities;

/// <summary>
/// An activity on one node: brings its waiting workers, first come first served, and its waiting tasks, oldest first, together. What it
/// knows of tasks are hints: a task's own execution alone decides who gets it, once, so that several nodes may serve one activity.
/// </summary>
/// <remarks>
/// Always: a task is asked for by one worker at a time here; a worker that waits is answered, with a task or at its time, or a little later
/// when an execution does not answer; no more than <see cref="MostHints"/> tasks are kept, however many wait in the store.
/// </remarks>
public sealed class ActivityActor : Actor
{
    /// <summary>How many workers may wait for one activity on a node (C48).</summary>
    public const int MostPollers = 1_000;

    /// <summary>How many tasks are kept in memory.</summary>
    public const int MostHints = 1_000;

    /// <summary>How often the store is asked while workers wait and nothing is offered here, in milliseconds: other nodes may have offered.</summary>
    public const long LookEvery = 1_000;

    /// <summary>
    /// How long an execution may take to answer for its task, in milliseconds. Then the task may be asked for again, and the worker goes
    /// without.
    /// </summary>
    public const long LongestHandOut = 30_000;

    private readonly ActivityName _name;
    private readonly ActivityRoom _room;
    private readonly LinkedList<Poller> _pollers = new();
    private readonly Dictionary<ActorRef, LinkedListNode<Poller>> _waiting = [];
    private readonly LinkedList<HandOut> _handOuts = new();
    private readonly LinkedList<PendingTask> _hints = new();
    private readonly HashSet<PendingTask> _known = [];
    private PendingTask? _lastRead;
    private MessageTimer? _timer;
    private bool _reading;
    private bool _mayBeMore = true;
    private long _lookAt;
    private bool _closed;

    /// <summary>An activity without workers.</summary>
    public ActivityActor(ActivityName name, ActivityRoom room)
    {
        _name = name;
        _room = room;
    }

    /// <inheritdoc/>
    public override void Receive(in Envelope message)
    {
        switch (message.Message)
        {
            case PollActivity poll:
                Wait(poll, message.Sender!);
                break;
            case PollAbandoned abandoned:
                Forget(abandoned.Poller);
                break;
            case TaskOffered offered:
                Hint(offered.Task);
                break;
            case PendingPage page:
                Read(page);
                break;
            case HandOutAnswered answered:
                Answered(answered);
                break;
            case SendWorkersHome:
                _closed = true;
                SendHome();
                break;
            case Tick:
                break;
            default:
                throw new InvalidOperationException($"An activity has no use for {message.Message.GetType().Name}.");
        }

        Expire();
        Serve();
        SetTimer();
        if (_closed && _handOuts.Count == 0)
            System.Stop(Self);
    }

    /// <inheritdoc/>
    public override void PostStop()
    {
        if (_timer is not null)
            _room.Timers.Cancel(_timer);
        SendHome();
    }

    private void SendHome()
    {
        foreach (var poller in _pollers)
            poller.Who.Tell(ActivityAnswer.Nothing.Instance);
        _pollers.Clear();
        _waiting.Clear();
    }

    private void Wait(PollActivity poll, ActorRef sender)
    {
        if (_closed)
            sender.Tell(ActivityAnswer.Nothing.Instance);
        else if (_waiting.Count >= MostPollers)
            sender.Tell(ActivityAnswer.TooMany.Instance);
        else
            _waiting[sender] = _pollers.AddLast(new Poller(sender, poll.WorkerName, poll.Until));
    }

    private void Forget(ActorRef poller)
    {
        if (_waiting.Remove(poller, out var node))
        {
            _pollers.Remove(node);
            return;
        }

        foreach (var handOut in _handOuts)
            handOut.IsAbandoned |= ReferenceEquals(handOut.Poller.Who, poller);
    }

    private void Hint(PendingTask task)
    {
        if (_hints.Count >= MostHints)
            _mayBeMore = true;
        else if (_known.Add(task))
            _hints.AddLast(task);
    }

    private void Read(PendingPage page)
    {
        _reading = false;
        _lookAt = _room.Now + LookEvery;
        if (page.Failed)
        {
            // After a pause it is tried where it ended.
            _mayBeMore = false;
            return;
        }

        foreach (var task in page.Tasks)
            Hint(task);
        _mayBeMore = !page.IsLast;
        _lastRead = page.IsLast ? null : page.Tasks[^1];
    }

    /// <summary>Gives tasks to workers as long as there are both; reads on when there are only workers.</summary>
    private void Serve()
    {
        while (_pollers.First is { } poller && _hints.First is { } hint)
        {
            _pollers.RemoveFirst();
            _waiting.Remove(poller.Value.Who);
            _hints.RemoveFirst();
            var task = hint.Value;
            var handOut = new HandOut(Self, poller.Value, task, _room.Now + LongestHandOut);
            handOut.Place = _handOuts.AddLast(handOut);
            _room.Region.Tell(
                new ToEntity(task.Id, new RunCommand(new ExecutionCommand.StartActivity(task.Scope, task.Visit, task.Attempt, poller.Value.WorkerName))),
                handOut);
        }

        if (_pollers.Count == 0 || _reading || (!_mayBeMore && _room.Now < _lookAt))
            return;
        _reading = true;
        _room.Tasks.Read(_name, _lastRead, Self);
    }

    /// <summary>An execution gave its task, or has it no more; then the worker is the next in line again.</summary>
    private void Answered(HandOutAnswered answered)
    {
        var handOut = answered.What;
        if (!TryEnd(handOut))
            return;
        var poller = handOut.Poller;
        if (answered.Answer is ExecutionAnswer.ActivityStarted started)
            poller.Who.Tell(new ActivityAnswer.Given(started.Token, started.Input));
        else if (_closed || handOut.IsAbandoned || poller.Until <= _room.Now)
            poller.Who.Tell(ActivityAnswer.Nothing.Instance);
        else
            _waiting[poller.Who] = _pollers.AddFirst(poller);
    }

    /// <summary>A hand-out is over; false when it was before. It may be one of the actor before this one, which has failed.</summary>
    private bool TryEnd(HandOut handOut)
    {
        if (handOut.Place is not { } place)
            return false;
        handOut.Place = null;
        place.List!.Remove(place);
        _known.Remove(handOut.Task);
        return true;
    }

    /// <summary>All poll for the same time, so the first in line is the first whose time is over.</summary>
    private void Expire()
    {
        var now = _room.Now;
        while (_pollers.First is { } first && first.Value.Until <= now)
        {
            Forget(first.Value.Who);
            first.Value.Who.Tell(ActivityAnswer.Nothing.Instance);
        }

        while (_handOuts.First is { } lost && lost.Value.Until <= now)
        {
            TryEnd(lost.Value);
            lost.Value.Poller.Who.Tell(ActivityAnswer.Nothing.Instance);
        }
    }

    private void SetTimer()
    {
        var line = _pollers.First is { } first ? Math.Min(first.Value.Until, Math.Max(_lookAt, _room.Now + 1)) : (long?)null;
        var next = _handOuts.First is { } oldest ? Math.Min(line ?? oldest.Value.Until, oldest.Value.Until) : line;
        if (next is { } at)
            _room.Timers.Set(_timer ??= new MessageTimer(Self, Tick.Instance), at);
        else if (_timer is not null)
            _room.Timers.Cancel(_timer);
    }

    /// <summary>A worker that waits.</summary>
    private readonly record struct Poller(ActorRef Who, string? WorkerName, long Until);

    /// <summary>Takes the answer of one execution back to the activity, with whom and what it was about.</summary>
    private sealed class HandOut(ActorRef activity, Poller poller, PendingTask task, long until) : ActorRef
    {
        public override string Name => "hand-out";

        public Poller Poller => poller;

        public PendingTask Task => task;

        /// <summary>Until when it is waited for, in Unix milliseconds.</summary>
        public long Until => until;

        /// <summary>Whether the worker has gone away meanwhile.</summary>
        public bool IsAbandoned { get; set; }

        /// <summary>Its place among those that are waited for; null once it is over.</summary>
        public LinkedListNode<HandOut>? Place { get; set; }

        public override void Tell(object message, ActorRef? sender = null) => activity.Tell(new HandOutAnswered(this, message));
    }

    private sealed record HandOutAnswered(HandOut What, object Answer);

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }
}
