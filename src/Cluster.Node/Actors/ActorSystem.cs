using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Actors;

/// <summary>The actors of one process: makes them, runs them, ends them.</summary>
/// <remarks>
/// An actor that throws, in PreStart, Receive or PostStop, ends: it is logged once with its name, counted, and its supervisor gets
/// <see cref="Terminated"/>. A supervisor that cannot go on without the one that failed throws <see cref="ChildFailedException"/>. Ending an actor does not end those that it spawned; its PostStop does that where it is wanted.
/// </remarks>
public sealed partial class ActorSystem
{
    private readonly ILogger _log;
    private int _live;

    /// <summary>A system without actors.</summary>
    /// <param name="dispatcher">Where turns run.</param>
    /// <param name="time">The clock of everything in this system.</param>
    /// <param name="log">Where failures of actors are told; null for nowhere.</param>
    /// <param name="metrics">What is counted; null for the counters of the process.</param>
    public ActorSystem(IDispatcher dispatcher, TimeProvider time, ILogger? log = null, ActorMetrics? metrics = null)
    {
        Dispatcher = dispatcher;
        Time = time;
        Metrics = metrics ?? ActorMetrics.OfProcess;
        _log = log ?? NullLogger.Instance;
    }

    /// <summary>Where turns run.</summary>
    public IDispatcher Dispatcher { get; }

    /// <summary>The clock of everything in this system.</summary>
    public TimeProvider Time { get; }

    /// <summary>How many actors live: spawned and not yet ended.</summary>
    public int Live => Volatile.Read(ref _live);

    internal ActorMetrics Metrics { get; }

    /// <summary>
    /// Sees each message just before its actor does, and fails the actor when it throws: the simulator's way in. Null in production.
    /// </summary>
    internal Action<ActorRef, object>? Delivering { get; init; }

    /// <summary>Starts an actor.</summary>
    /// <param name="name">Its name, for logs.</param>
    /// <param name="actor">The actor, not yet started and in no other system.</param>
    /// <param name="supervisor">Who gets <see cref="Terminated"/> and <see cref="DeadLetter"/>; with null nobody hears of them.</param>
    public ActorRef Spawn(string name, Actor actor, ActorRef? supervisor = null)
    {
        if (actor.Self is not null)
            throw new InvalidOperationException($"{name}: this actor was spawned before, as {actor.Self.Name}");
        var cell = new ActorCell(name, actor, supervisor, this);
        Interlocked.Increment(ref _live);
        Metrics.Spawned();
        Dispatcher.Schedule(cell);
        return cell;
    }

    /// <summary>
    /// Ends an actor after the message that it is handling; safe from any thread and any number of times. What it has not read goes to its
    /// supervisor in <see cref="Terminated"/>.
    /// </summary>
    public void Stop(ActorRef actor)
    {
        if (actor is not ActorCell cell)
            throw new ArgumentException($"{actor.Name} is no actor of this system", nameof(actor));
        cell.Stop();
    }

    internal void Ended()
    {
        Interlocked.Decrement(ref _live);
        Metrics.Ended();
    }

    internal void Failed(ActorRef actor, Exception failure)
    {
        Metrics.Failed();
        if (failure is not ChildFailedException)
            LogFailure(_log, failure, actor.Name);
    }
}
