using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Node.Tests.Actors;
using Cluster.Node.Tests.Timers;
using Cluster.Node.Timers;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Sharding;

/// <summary>A shard with entities that only keep what they are told: who lives, who is woken and when, and where mail goes.</summary>
public sealed class ShardTests
{
    private static readonly ExecutionId One = ExecutionId.Create(1, 0, 1, 1);
    private static readonly ExecutionId Two = ExecutionId.Create(2, 0, 2, 2);

    private readonly ManualDispatcher _turns = new();
    private readonly ManualClock _clock = new();
    private readonly Entities _entities = new();
    private readonly Pages _pages = new();
    private readonly Caller _caller = new();
    private readonly Caller _keeper = new();
    private readonly ActorSystem _system;
    private readonly ActorRef _shard;

    public ShardTests()
    {
        _system = new ActorSystem(_turns, _clock);
        var room = new ShardRoom { Entities = _entities, Wakes = _pages, Timers = new TimerQueue(_clock), Chance = new Counter() };
        _shard = _system.Spawn("shard", new Shard(ShardRange.Of(0, 64), 7, room, _keeper), _keeper);
        _turns.RunAll();
    }

    [Fact]
    public void A_message_wakes_its_entity_once_and_the_next_finds_it_awake()
    {
        Tell(new ToEntity(One, "a"));
        Tell(new ToEntity(One, "b"));
        Tell(new ToEntity(Two, "c"));
        Assert.Equal([(One, 2), (Two, 1)], _entities.Restored.Select(e => (e.Id, e.Messages)));
    }

    [Fact]
    public void Mail_for_an_entity_that_ends_goes_to_the_next_one()
    {
        Tell(new ToEntity(One, "a"));
        _shard.Tell(new Passivate(One, WakeAt: null));
        _shard.Tell(new ToEntity(One, "b"));
        _turns.RunAll();
        Assert.Equal([1, 1], _entities.Restored.Select(e => e.Messages));
        Assert.Equal(1, Report().Live);
    }

    [Fact]
    public void An_entity_that_fails_comes_back_after_a_second_and_its_mail_at_once()
    {
        Tell(new ToEntity(One, (Action)(() => throw new InvalidOperationException("planted"))));
        Assert.Equal((1, 1, 0), (_entities.Restored.Count, Report().Sleepers, Report().Live));
        Advance(TimeSpan.FromMilliseconds(WakeWindow.RestartMilliseconds - 1));
        Assert.Single(_entities.Restored);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _entities.Restored.Count);
    }

    [Fact]
    public void Those_of_a_page_are_woken_at_their_times_and_not_before()
    {
        _pages.Answer(isLast: true, new Sleeper(One, 0), new Sleeper(Two, _clock.NowMs + 5_000));
        Run();
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([One], _entities.Restored.Select(e => e.Id));
        Advance(TimeSpan.FromMilliseconds(4_998));
        Assert.Single(_entities.Restored);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([One, Two], _entities.Restored.Select(e => e.Id));
    }

    [Fact]
    public void Pages_are_read_until_the_last_each_after_the_one_before()
    {
        _pages.Answer(isLast: false, new Sleeper(One, 3));
        Run();
        Assert.Equal([null, new Sleeper(One, 3)], _pages.Asked.Select(a => a.After));
        _pages.Answer(isLast: true);
        Run();
        Assert.Equal(2, _pages.Asked.Count);
        Advance(TimeSpan.FromMilliseconds(WakeWindow.ScanMilliseconds));
        Assert.Equal([null, new Sleeper(One, 3), null], _pages.Asked.Select(a => a.After));
    }

    [Fact]
    public void A_page_that_could_not_be_read_is_asked_for_again_soon()
    {
        _pages.Fail();
        Run();
        Advance(TimeSpan.FromMilliseconds(499));
        Assert.Single(_pages.Asked);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _pages.Asked.Count);
    }

    [Fact]
    public void One_that_lives_is_not_woken_by_a_page_and_one_that_was_woken_has_no_timer()
    {
        Tell(new ToEntity(One, "a"));
        _pages.Answer(isLast: true, new Sleeper(One, 0), new Sleeper(Two, _clock.NowMs + 5_000));
        Run();
        Tell(new ToEntity(Two, "b"));
        Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([(One, 1), (Two, 1)], _entities.Restored.Select(e => (e.Id, e.Messages)));
        Assert.Equal(0, Report().Sleepers);
    }

    [Fact]
    public void One_that_sleeps_beyond_the_window_is_left_to_the_store()
    {
        Tell(new ToEntity(One, "a"));
        Tell(new Passivate(One, _clock.NowMs + WakeWindow.WindowMilliseconds + 1));
        Assert.Equal((0, 0), (Report().Live, Report().Sleepers));
        Tell(new ToEntity(One, "a"));
        Tell(new Passivate(One, _clock.NowMs + WakeWindow.WindowMilliseconds));
        Assert.Equal((0, 1), (Report().Live, Report().Sleepers));
    }

    [Fact]
    public void A_shard_that_was_lost_ends_its_entities_and_answers_that_it_is_not_the_owner()
    {
        Tell(new ToEntity(One, "a"));
        Tell(Fenced.Instance);
        Tell(new ToEntity(One, "b"));
        Tell(new StartEntity(new EntityName("a", "r", "m", "n"), "start"));
        Assert.Equal([new NotOwner(0), new NotOwner(0)], _caller.All);
        Assert.True(Report() is { Lost: true, Live: 0, Sleepers: 0 });
    }

    [Fact]
    public void A_shard_that_is_handed_off_delivers_until_its_effects_have_ended_then_stops_its_entities_and_keeps_what_comes()
    {
        Tell(new ToEntity(One, "a"));
        _entities.InFlight = 1;
        Tell(new HandOff(TimeSpan.FromSeconds(5)));
        Tell(new ToEntity(One, "b"));
        Assert.Equal(2, _entities.Restored[0].Messages);
        _entities.InFlight = 0;
        Advance(TimeSpan.FromMilliseconds(20));
        Tell(new ToEntity(Two, "c"));
        Assert.Equal([2, 1], [_entities.Restored[0].Messages - 1, _entities.Restored.Count]);
        Assert.Empty(_keeper.All);
        _shard.Tell(new Passivate(One, WakeAt: null));
        _turns.RunAll();
        Assert.Equal([new ShardStopped(0, 7)], _keeper.All);
        Assert.Single(_entities.LostHolds);
        Assert.Empty(_caller.All);
        Tell(new ShardGiven("http://other"));
        Assert.Equal([new NotOwner(0, "http://other")], _caller.All);
        Assert.Single(_entities.LostHolds);
    }

    [Fact]
    public void Starts_under_way_and_those_behind_them_are_answered_when_their_shard_is_given_away()
    {
        var name = new EntityName("a", "r", "m", "n");
        Tell(new StartEntity(name, 1));
        Tell(new StartEntity(name, 2));
        Tell(new ShardGiven("http://other"));
        Assert.Equal([StartLost.Instance, new NotOwner(0, "http://other")], _caller.All);
    }

    [Fact]
    public void Only_an_entity_that_asked_to_be_rebuilt_is_known_to_have_been_here()
    {
        Tell(new ToEntity(One, "a"));
        Tell(new ToEntity(Two, (Action)(() => throw new InvalidOperationException("planted"))));
        _shard.Tell(new Rebuild(One));
        _turns.RunAll();
        Advance(TimeSpan.FromMilliseconds(WakeWindow.RestartMilliseconds));
        Tell(new ToEntity(One, "b"));
        Assert.Equal((4, One), (_entities.Restored.Count, Assert.Single(_entities.WereHere)));
        _shard.Tell(new Passivate(One, WakeAt: null));
        _turns.RunAll();
        Tell(new ToEntity(One, "c"));
        Assert.Single(_entities.WereHere);
    }

    [Fact]
    public void A_hand_off_waits_for_effects_no_longer_than_its_patience()
    {
        _entities.InFlight = 1;
        Tell(new HandOff(TimeSpan.FromSeconds(5)));
        Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_keeper.All);
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([new ShardStopped(0, 7)], _keeper.All);
    }

    [Fact]
    public void The_answer_of_an_effect_that_left_late_is_still_taken_while_the_shard_stops()
    {
        Tell(new ToEntity(One, "a"));
        Tell(new HandOff(TimeSpan.FromSeconds(5)));
        _entities.InFlight = 1;
        _shard.Tell(new Passivate(One, WakeAt: null));
        _turns.RunAll();
        Assert.Empty(_keeper.All);
        _shard.Tell(new ToEntity(One, "answer"));
        _turns.RunAll();
        Assert.Equal(2, _entities.Restored[1].Messages);
        _entities.InFlight = 0;
        _shard.Tell(new Passivate(One, WakeAt: null));
        _turns.RunAll();
        Assert.Equal([new ShardStopped(0, 7)], _keeper.All);
    }

    [Fact]
    public void Starts_of_a_name_wait_for_each_other_and_those_of_other_names_do_not()
    {
        var name = new EntityName("a", "r", "m", "n");
        Tell(new StartEntity(name, 1));
        Tell(new StartEntity(name, 2));
        Tell(new StartEntity(name with { Name = "o" }, 3));
        Assert.Equal(2, _entities.Started.Count);
        Tell(new StartSettled(_entities.Started[0].Id));
        Assert.Equal(3, _entities.Started.Count);
        Assert.Equal(3, _entities.Started.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void A_start_whose_entity_fails_is_told_so_and_lets_the_next_one_begin()
    {
        var name = new EntityName("a", "r", "m", "n");
        Tell(new StartEntity(name, 1));
        Tell(new StartEntity(name, 2));
        Tell(new ToEntity(_entities.Started[0].Id, (Action)(() => throw new InvalidOperationException("planted"))));
        Assert.Equal([StartLost.Instance], _caller.All);
        Assert.Equal(2, _entities.Started.Count);
    }

    private void Tell(object message)
    {
        _shard.Tell(message, _caller);
        Run();
    }

    private void Run() => _turns.RunAll();

    private void Advance(TimeSpan by)
    {
        _clock.Advance(by);
        Run();
    }

    private ShardReport Report()
    {
        var answer = new Caller();
        _shard.Tell(InspectShard.Instance, answer);
        Run();
        return (ShardReport)answer.All.Single();
    }

    private sealed class Caller : ActorRef
    {
        public List<object> All { get; } = [];

        public override string Name => "caller";

        public override void Tell(object message, ActorRef? sender = null) => All.Add(message);
    }

    private sealed class Entity(ExecutionId id) : Actor
    {
        public ExecutionId Id => id;

        public int Messages { get; private set; }

        public override void Receive(in Envelope message)
        {
            Messages++;
            ((message.Message as ToEntity)?.Message as Action)?.Invoke();
        }
    }

    private sealed class Entities : IEntityFactory
    {
        public List<ShardHold> LostHolds { get; } = [];

        public List<ExecutionId> WereHere { get; } = [];

        public int InFlight { get; set; }

        public List<Entity> Started { get; } = [];

        public List<Entity> Restored { get; } = [];

        public Actor Start(ExecutionId id, EntityName name, ShardHold hold) => Kept(Started, id);

        public Actor Restore(ExecutionId id, ShardHold hold, bool wasHere)
        {
            if (wasHere)
                WereHere.Add(id);
            return Kept(Restored, id);
        }

        public void Held(ShardHold hold)
        {
        }

        public void Lost(ShardHold hold) => LostHolds.Add(hold);

        public void LeaseRegained(ShardHold hold)
        {
        }

        public int EffectsInFlight(int shard) => InFlight;

        private static Entity Kept(List<Entity> list, ExecutionId id)
        {
            list.Add(new Entity(id));
            return list[^1];
        }
    }

    private sealed class Pages : IWakeSource
    {
        private ActorRef? _replyTo;

        public List<(long Until, Sleeper? After)> Asked { get; } = [];

        public void Read(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo)
        {
            Asked.Add((until, after));
            _replyTo = replyTo;
        }

        public void Answer(bool isLast, params Sleeper[] sleepers) => _replyTo!.Tell(new WakePage(sleepers, isLast, Failed: false));

        public void Fail() => _replyTo!.Tell(new WakePage([], IsLast: false, Failed: true));
    }

    private sealed class Counter : IChance
    {
        private ulong _next;

        public ulong Next() => ++_next;
    }
}
