namespace Cluster.Node.Actors;

/// <summary>
/// What holds an actor: its address, its mailbox and its turns. When the actor has ended the cell stays as its address and passes what still
/// comes to the supervisor.
/// </summary>
internal sealed class ActorCell : ActorRef, IRunnable
{
    /// <summary>Messages that an actor handles before others get the thread.</summary>
    internal const int MessagesPerTurn = 64;

    /// <summary>Gives a turn to an actor that is to end. It is no message for the actor itself.</summary>
    internal static readonly object StopRequest = new();

    private readonly ActorSystem _system;
    private readonly ActorRef? _supervisor;
    private Actor? _actor;
    private Mailbox _mailbox;
    private bool _started;
    private volatile bool _stopping;

    internal ActorCell(string name, Actor actor, ActorRef? supervisor, ActorSystem system)
    {
        Name = name;
        _actor = actor;
        _supervisor = supervisor;
        _system = system;
        actor.Self = this;
        actor.System = system;
        _mailbox.Open();
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Whether messages wait; for the actor in its own turn.</summary>
    internal bool HasMail => _mailbox.HasLetters;

    /// <inheritdoc/>
    public override void Tell(object message, ActorRef? sender = null)
    {
        var owed = _mailbox.Put(new Envelope(message, sender), out var crowded);
        if (crowded)
            _system.Metrics.Crowded();
        if (owed)
            _system.Dispatcher.Schedule(this);
    }

    /// <summary>Ends the actor after the message that it is handling.</summary>
    internal void Stop()
    {
        if (_stopping)
            return;
        _stopping = true;
        Tell(StopRequest);
    }

    /// <summary>One turn.</summary>
    public void Run()
    {
        if (!_started)
            Start();
        var handled = 0;
        while (handled < MessagesPerTurn)
        {
            if (_stopping && _actor is not null)
                End(failure: null);
            if (_mailbox.TryTake(out var envelope))
            {
                Handle(envelope);
                handled++;
            }
            else if (_mailbox.TryRest())
            {
                _system.Metrics.Handled(handled);
                return;
            }
        }

        _system.Metrics.Handled(handled);
        _system.Dispatcher.Schedule(this);
    }

    private void Start()
    {
        _started = true;
        try
        {
            _actor!.PreStart();
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    private void Handle(in Envelope envelope)
    {
        if (_actor is null)
        {
            PassOn(envelope);
            return;
        }

        // Another thread may have asked since this turn looked whether it was to end: it looks again before the next letter.
        if (envelope.Message == StopRequest)
            return;
        try
        {
            _system.Delivering?.Invoke(this, envelope.Message);
            _actor.Receive(envelope);
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    private void End(Exception? failure)
    {
        var actor = _actor!;
        _stopping = true;
        _actor = null;
        if (failure is not null)
            _system.Failed(this, failure);
        try
        {
            actor.PostStop();
        }
        catch (Exception late)
        {
            _system.Failed(this, late);
            failure ??= late;
        }

        _system.Ended();
        var unread = new List<Envelope>();
        while (unread.Count < Mailbox.SoftLimit && _mailbox.TryTake(out var envelope))
        {
            if (envelope.Message != StopRequest)
                unread.Add(envelope);
        }

        _supervisor?.Tell(new Terminated(this, failure, unread), this);
        _system.Metrics.DeadLetters(unread.Count);
    }

    /// <summary>
    /// A letter to the dead goes to the supervisor of the dead. What a dead supervisor was told about others goes up as it is; its
    /// <see cref="Terminated"/> is nobody's business any more, but the letters in it are.
    /// </summary>
    private void PassOn(in Envelope envelope)
    {
        if (envelope.Message == StopRequest)
            return;
        switch (envelope.Message)
        {
            case DeadLetter:
                _supervisor?.Tell(envelope.Message, envelope.Sender);
                break;
            case Terminated terminated:
                foreach (var letter in terminated.Unread)
                    _supervisor?.Tell(new DeadLetter(terminated.Actor, letter), letter.Sender);
                break;
            default:
                _system.Metrics.DeadLetters(1);
                _supervisor?.Tell(new DeadLetter(this, envelope), envelope.Sender);
                break;
        }
    }
}
