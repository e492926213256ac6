using Cluster.Node.Actors;
using Xunit;

namespace Cluster.Node.Tests.Actors;

public sealed class ActorTests
{
    private readonly ManualDispatcher _dispatcher = new();
    private readonly RecordingActor _actor = new();
    private readonly ActorSystem _system;

    public ActorTests() => _system = new ActorSystem(_dispatcher, TimeProvider.System);

    [Fact]
    public void An_actor_starts_before_its_first_message_and_reads_in_order()
    {
        var actor = _system.Spawn("a", _actor);
        for (var i = 0; i < 5; i++)
            actor.Tell(i);
        _dispatcher.RunAll();
        Assert.Equal(["start", 0, 1, 2, 3, 4], _actor.Seen);
        Assert.Same(actor, _actor.Self);
        Assert.Equal("a", actor.Name);
    }

    [Fact]
    public void Many_messages_are_one_turn()
    {
        var actor = _system.Spawn("a", _actor);
        actor.Tell(1);
        actor.Tell(2);
        Assert.Equal(1, _dispatcher.Waiting);
        _dispatcher.RunOne();
        Assert.Equal(0, _dispatcher.Waiting);
        actor.Tell(3);
        actor.Tell(4);
        Assert.Equal(1, _dispatcher.Waiting);
    }

    [Fact]
    public void A_busy_actor_gives_the_thread_to_others_after_its_share()
    {
        var other = new RecordingActor();
        var busy = _system.Spawn("busy", _actor);
        var idle = _system.Spawn("idle", other);
        _dispatcher.RunAll();
        for (var i = 0; i < ActorCell.MessagesPerTurn * 2; i++)
            busy.Tell(i);
        idle.Tell("mine");
        _dispatcher.RunOne();
        Assert.Equal(ActorCell.MessagesPerTurn, _actor.Envelopes.Count);
        _dispatcher.RunOne();
        Assert.Equal(["start", "mine"], other.Seen);
        _dispatcher.RunAll();
        Assert.Equal(ActorCell.MessagesPerTurn * 2, _actor.Envelopes.Count);
    }

    [Fact]
    public void A_message_told_to_itself_comes_after_those_that_wait()
    {
        var actor = _system.Spawn("a", _actor);
        actor.Tell((Action)(() => actor.Tell("self")));
        actor.Tell("other");
        _dispatcher.RunAll();
        Assert.Equal(["other", "self"], _actor.Seen.Skip(2));
    }

    [Fact]
    public void The_sender_travels_with_its_message()
    {
        var sender = _system.Spawn("sender", new RecordingActor());
        _system.Spawn("a", _actor).Tell("hello", sender);
        _dispatcher.RunAll();
        Assert.Same(sender, Assert.Single(_actor.Envelopes).Sender);
    }

    [Fact]
    public void An_actor_knows_whether_more_mail_waits()
    {
        var mail = new List<bool>();
        var actor = _system.Spawn("a", _actor);
        for (var i = 0; i < 2; i++)
            actor.Tell((Action)(() => mail.Add(_actor.MailBehind)));
        _dispatcher.RunAll();
        Assert.Equal([true, false], mail);
    }

    [Fact]
    public void A_request_to_end_that_a_turn_meets_unawares_is_no_message_for_the_actor()
    {
        // So it is when another thread asks between the turn's look and the letter.
        var actor = _system.Spawn("a", _actor);
        actor.Tell(ActorCell.StopRequest);
        actor.Tell("next");
        _dispatcher.RunAll();
        Assert.Equal(["start", "next"], _actor.Seen);
        _system.Stop(actor);
        _dispatcher.RunAll();
        Assert.Equal(["start", "next", "stop"], _actor.Seen);
    }

    [Fact]
    public void An_actor_is_spawned_once()
    {
        _system.Spawn("a", _actor);
        Assert.Throws<InvalidOperationException>(() => _system.Spawn("b", _actor));
    }

    [Fact]
    public void Ten_thousand_idle_actors_take_at_most_300_bytes_each_beside_their_own_state()
    {
        const int Actors = 10_000;
        var kept = new ActorRef[Actors];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Actors; i++)
        {
            kept[i] = _system.Spawn("an actor's name", new IdleActor());
            _dispatcher.RunAll();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Actors, 1, 300);
        Assert.Equal(Actors, _system.Live);
    }

    private sealed class IdleActor : Actor
    {
        public override void Receive(in Envelope message)
        {
        }
    }
}
