using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Node.Tests.Actors;
using Cluster.Node.Tests.Timers;
using Cluster.Node.Timers;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Sharding;

public sealed class ShardCoordinatorTests
{
    private const int Shards = 4;
    private static readonly NodeEntry Me = new(1, "one", "http://one", IsLeaving: false);
    private static readonly NodeEntry Two = new(2, "two", "http://two", IsLeaving: false);
    private static readonly LeaseSettings Settings = new() { HandOffPatience = TimeSpan.FromSeconds(1) };

    private readonly ManualDispatcher _turns = new();
    private readonly ManualClock _clock = new();
    private readonly Register _register = new();
    private readonly Entities _entities = new();
    private readonly Lease _lease;
    private readonly ShardRegion _region;
    private readonly ActorRef _coordinator;
    private readonly Heard _joined = new();

    public ShardCoordinatorTests()
    {
        var system = new ActorSystem(_turns, _clock);
        _lease = new Lease(_clock);
        var shards = new ShardRoom { Entities = _entities, Wakes = new NoWakes(), Timers = new TimerQueue(_clock), Chance = new Counter() };
        _region = new ShardRegion(system, Shards, shards);
        _coordinator = system.Spawn("coordinator", new ShardCoordinator(
            new CoordinatorRoom
            {
                Register = _register,
                Region = _region,
                Lease = _lease,
                Settings = Settings,
                Joined = _joined,
                Log = NullLogger.Instance,
            },
            Me));
        _turns.RunAll();
        Advance(TimeSpan.Zero);
    }

    [Fact]
    public void It_joins_and_takes_what_nobody_holds_and_says_so()
    {
        Assert.Equal(Me, _register.Last<RegisterRequest.Renew>().Me);
        Renewed(View([Me], (0, 0)));
        Assert.Empty(_joined.All);
        Grant(1);
        Renewed(View([Me], (1, 1)));
        Assert.Equal(Shards, _region.Shards.Count);
        Assert.Single(_joined.All);
        Assert.True(_lease.IsHeld);
    }

    [Fact]
    public void The_lease_ends_a_margin_before_what_was_granted_counted_from_when_it_was_asked()
    {
        Renewed(View([Me], (1, 1)), after: TimeSpan.FromSeconds(3));
        Advance(Settings.Lease - Settings.Margin - TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        Assert.True(_lease.IsHeld);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void A_jump_of_the_wall_clock_changes_nothing_of_the_lease()
    {
        Renewed(View([Me], (1, 1)));
        _clock.Jump(TimeSpan.FromHours(1));
        Assert.True(_lease.IsHeld);
        _clock.Jump(TimeSpan.FromHours(-2));
        Advance(Settings.Lease);
        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void When_the_lease_cannot_be_renewed_it_is_over_until_it_can()
    {
        Renewed(View([Me], (1, 1)));
        Advance(Settings.Renew);
        Answer(new RegisterAnswer.Failed(_register.Last<RegisterRequest.Renew>(), "planted"));
        Assert.False(_lease.IsHeld);
        Advance(Settings.Renew);
        Renewed(View([Me], (1, 1)));
        Assert.True(_lease.IsHeld);
        Assert.Equal(Shards, _entities.Regained);
    }

    [Fact]
    public void A_renewal_that_fails_is_asked_again_at_once_and_then_at_the_pace_of_the_pulse()
    {
        Renewed(View([Me], (1, 1)));
        Advance(Settings.Renew);
        var asked = _register.Count<RegisterRequest.Renew>();
        Answer(new RegisterAnswer.Failed(_register.Last<RegisterRequest.Renew>(), "planted"));
        Assert.Equal(asked + 1, _register.Count<RegisterRequest.Renew>());
        Answer(new RegisterAnswer.Failed(_register.Last<RegisterRequest.Renew>(), "planted"));
        Assert.Equal(asked + 1, _register.Count<RegisterRequest.Renew>());
        Advance(Settings.Renew);
        Assert.Equal(asked + 2, _register.Count<RegisterRequest.Renew>());
    }

    [Fact]
    public void A_shard_that_another_got_ends_here_and_its_callers_hear_where_it_is()
    {
        Renewed(View([Me], (1, 1)));
        Advance(Settings.Renew);
        Renewed(View([Me, Two], (2, 2)));
        Assert.Empty(_region.Shards);
        Assert.Equal(Shards, _entities.LostHolds);
        Assert.Equal(new NotOwner(0, Two.Address), Ask());
    }

    [Fact]
    public void An_older_view_neither_ends_nor_starts_a_shard()
    {
        Renewed(View([Me], (0, 0)));
        Grant(5);
        Renewed(View([Me, Two], (2, 4)));
        Assert.Equal(Shards, _region.Shards.Count);
        Renewed(View([Me, Two], (2, 6)));
        Advance(Settings.Renew);
        Renewed(View([Me], (1, 5)));
        Assert.Empty(_region.Shards);
    }

    [Fact]
    public void A_take_whose_answer_was_lost_is_seen_in_the_next_view()
    {
        Renewed(View([Me], (0, 0)));
        Answer(new RegisterAnswer.Failed(_register.Last<RegisterRequest.Take>(), "planted"));
        Advance(Settings.Renew);
        Renewed(View([Me], (1, 1)));
        Assert.Equal(Shards, _region.Shards.Count);
    }

    [Fact]
    public void A_fenced_shard_ends_and_is_not_started_again_at_that_epoch()
    {
        Renewed(View([Me], (1, 3)));
        _region.Shards[0].Tell(Fenced.Instance);
        _turns.RunAll();
        Assert.Equal(Shards - 1, _region.Shards.Count);
        Renewed(View([Me], (1, 3)));
        Assert.Equal(Shards - 1, _region.Shards.Count);
        var take = _register.Last<RegisterRequest.Take>();
        Assert.Equal([new ShardStanding(0, 1, 3)], take.AsSeen);
        Assert.Equal(3, take.EpochAbove);
    }

    [Fact]
    public void A_shard_that_fails_is_taken_anew_with_a_higher_epoch()
    {
        Renewed(View([Me], (1, 3)));
        _region.Shards[2].Tell("no message for a shard");
        _turns.RunAll();
        Assert.Equal(Shards - 1, _region.Shards.Count);
        Advance(Settings.Renew);
        Renewed(View([Me], (1, 3)));
        Assert.Equal([new ShardStanding(2, 1, 3)], _register.Last<RegisterRequest.Take>().AsSeen);
        Answer(new RegisterAnswer.Granted(_register.Last<RegisterRequest.Take>(), [new ShardStanding(2, 1, 4)]));
        Assert.Equal(Shards, _region.Shards.Count);
    }

    [Fact]
    public void A_store_with_another_past_makes_it_take_everything_anew_above_all_it_has_seen()
    {
        Renewed(View([Me], (1, 9)));
        Advance(Settings.Renew);
        Renewed(View([Me], (1, 4)) with { StoreLine = "another" });
        Assert.Empty(_region.Shards);
        var take = _register.Last<RegisterRequest.Take>();
        Assert.Equal((Shards, 9), (take.AsSeen.Count, take.EpochAbove));
    }

    [Fact]
    public void A_joiner_gets_its_part_after_calls_under_way_have_ended()
    {
        _entities.InFlight = 1;
        Renewed(View([Me, Two], (1, 3)));
        Assert.Equal(0, _register.Count<RegisterRequest.HandOver>());
        _entities.InFlight = 0;
        Advance(TimeSpan.FromMilliseconds(20));
        var handOver = _register.Last<RegisterRequest.HandOver>();
        Assert.Equal((1, 2), (handOver.From, handOver.To));
        var shard = Assert.Single(handOver.Shards);
        Answer(new RegisterAnswer.Granted(handOver, [shard with { Incarnation = 2, Epoch = 4 }]));
        Assert.Equal(Shards - 1, _region.Shards.Count);
    }

    [Fact]
    public void What_comes_while_a_shard_is_handed_over_hears_of_its_new_owner()
    {
        Renewed(View([Me, Two], (1, 3)));
        var caller = Ask(shard: 3);
        Assert.Null(caller);
        var handOver = _register.Last<RegisterRequest.HandOver>();
        Answer(new RegisterAnswer.Granted(handOver, [new ShardStanding(3, 2, 4)]));
        Assert.Equal(new NotOwner(3, Two.Address), _heard.All[^1]);
    }

    [Fact]
    public void A_successor_that_has_gone_does_not_get_it_and_the_shard_comes_back()
    {
        Renewed(View([Me, Two], (1, 3)));
        var handOver = _register.Last<RegisterRequest.HandOver>();
        Answer(new RegisterAnswer.Granted(handOver, []));
        Renewed(View([Me], (1, 3)));
        var take = _register.Last<RegisterRequest.Take>();
        Assert.Contains(new ShardStanding(3, 1, 3), take.AsSeen);
        Answer(new RegisterAnswer.Granted(take, [.. take.AsSeen.Select(shard => shard with { Epoch = 4 })]));
        Assert.Equal(Shards, _region.Shards.Count);
        Ask(shard: 3);
        Assert.Single(_entities.Restored);
    }

    [Fact]
    public void A_node_that_is_not_present_is_passed_over_only_after_a_while()
    {
        var absent = View([Me, Two], (2, 3)) with { Nodes = [Standing(Me), Standing(Two) with { IsPresent = false }] };
        Renewed(absent);
        Assert.Equal(0, _register.Count<RegisterRequest.Take>());
        Assert.Empty(_joined.All);
        Advance(Settings.Absence);
        Renewed(absent);
        var take = _register.Last<RegisterRequest.Take>();
        Assert.Equal((Shards, 2L), (take.AsSeen.Count, Assert.Single(take.AbsentSince)));
    }

    [Fact]
    public void For_a_lease_after_its_own_connection_broke_it_passes_over_nobody_who_is_not_present()
    {
        var absent = View([Me, Two], (2, 3)) with { Nodes = [Standing(Me), Standing(Two) with { IsPresent = false }] };
        Renewed(absent);
        Advance(Settings.Renew);
        Answer(new RegisterAnswer.Failed(_register.Last<RegisterRequest.Renew>(), "planted"));
        Advance(Settings.Absence);
        Renewed(absent);
        Advance(Settings.Absence);
        Renewed(absent);
        Assert.Equal(0, _register.Count<RegisterRequest.Take>());
        Advance(Settings.Lease);
        Renewed(absent);
        Advance(Settings.Absence);
        Renewed(absent);
        Assert.Equal(1, _register.Count<RegisterRequest.Take>());
    }

    [Fact]
    public void While_the_store_has_not_been_up_for_a_lease_nobody_is_passed_over_who_is_not_present()
    {
        var absent = View([Me, Two], (2, 3)) with { Nodes = [Standing(Me), Standing(Two) with { IsPresent = false }], StoreUp = TimeSpan.FromSeconds(1) };
        Renewed(absent);
        Advance(Settings.Absence);
        Renewed(absent);
        Advance(Settings.Absence);
        Renewed(absent);
        Assert.Equal(0, _register.Count<RegisterRequest.Take>());
        var later = absent with { StoreUp = Settings.Lease };
        Advance(Settings.Lease);
        Renewed(later);
        Advance(Settings.Absence);
        Renewed(later);
        Assert.Equal(1, _register.Count<RegisterRequest.Take>());
    }

    [Fact]
    public void A_node_that_leaves_hands_all_over_and_then_goes()
    {
        Renewed(View([Me, Two], (1, 3)) with { Nodes = [Standing(Me), Standing(Two, age: 0)] });
        var left = new Heard();
        _coordinator.Tell(LeaveCluster.Instance, left);
        _turns.RunAll();
        Assert.True(_register.Last<RegisterRequest.Renew>().Me.IsLeaving);
        Renewed(View([Me, Two], (1, 3)));
        var handOver = _register.Last<RegisterRequest.HandOver>();
        Answer(new RegisterAnswer.Granted(handOver, [.. handOver.Shards.Select(shard => shard with { Incarnation = 2, Epoch = 4 })]));
        for (var more = 0; more < Shards && _region.Shards.Count > 0; more++)
        {
            handOver = _register.Last<RegisterRequest.HandOver>();
            Answer(new RegisterAnswer.Granted(handOver, [.. handOver.Shards.Select(shard => shard with { Incarnation = 2, Epoch = 4 })]));
        }

        Renewed(View([Me, Two], (2, 4)));
        Answer(new RegisterAnswer.Left(_register.Last<RegisterRequest.Leave>()));
        Assert.Equal([HasLeft.Instance], left.All);
        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void The_last_node_leaves_its_shards_to_nobody()
    {
        Renewed(View([Me], (1, 3)));
        _coordinator.Tell(LeaveCluster.Instance);
        _turns.RunAll();
        Renewed(View([Me], (1, 3)));
        var handOver = _register.Last<RegisterRequest.HandOver>();
        Assert.Equal(0, handOver.To);
        Assert.NotEmpty(handOver.Shards);
    }

    private readonly Heard _heard = new();

    private object? Ask(int shard = 0)
    {
        var before = _heard.All.Count;
        _region.Tell(new ToEntity(ExecutionId.Create(1, ShardRange.Of(shard, Shards).FirstBucket, 1, 1), "a"), _heard);
        _turns.RunAll();
        return _heard.All.Count > before ? _heard.All[^1] : null;
    }

    private void Advance(TimeSpan by)
    {
        _clock.Advance(by);
        _turns.RunAll();
    }

    private void Renewed(RegisterView view, TimeSpan after = default)
    {
        var request = _register.Last<RegisterRequest.Renew>();
        Advance(after);
        Answer(new RegisterAnswer.Renewed(request, view));
    }

    private void Grant(long epoch)
    {
        var take = _register.Last<RegisterRequest.Take>();
        Answer(new RegisterAnswer.Granted(take, [.. take.AsSeen.Select(shard => shard with { Incarnation = 1, Epoch = epoch })]));
    }

    private void Answer(RegisterAnswer answer)
    {
        _coordinator.Tell(answer);
        _turns.RunAll();
    }

    private static NodeStanding Standing(NodeEntry node, double age = 60) =>
        new(node, IsPresent: true, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(age));

    private static RegisterView View(NodeEntry[] nodes, (long Holder, long Epoch) all) => new(
        "line",
        [.. nodes.Select(node => Standing(node))],
        [.. Enumerable.Range(0, Shards).Select(shard => new ShardStanding(shard, all.Holder, all.Epoch))]);

    private sealed class Register : IRegisterPort
    {
        private readonly List<RegisterRequest> _asked = [];

        public void Ask(RegisterRequest request, ActorRef replyTo) => _asked.Add(request);

        public T Last<T>()
            where T : RegisterRequest => _asked.OfType<T>().Last();

        public int Count<T>()
            where T : RegisterRequest => _asked.OfType<T>().Count();
    }

    private sealed class Entities : IEntityFactory
    {
        public List<ExecutionId> Restored { get; } = [];

        public int LostHolds { get; private set; }

        public int Regained { get; private set; }

        public int InFlight { get; set; }

        public Actor Start(ExecutionId id, EntityName name, ShardHold hold) => throw new InvalidOperationException("Nothing starts here.");

        public Actor Restore(ExecutionId id, ShardHold hold, bool wasHere)
        {
            Restored.Add(id);
            return new Entity(id, hold);
        }

        public void Held(ShardHold hold)
        {
        }

        public void Lost(ShardHold hold) => LostHolds++;

        public void LeaseRegained(ShardHold hold) => Regained++;

        public int EffectsInFlight(int shard) => InFlight;
    }

    private sealed class Entity(ExecutionId id, ShardHold hold) : Actor
    {
        public override void Receive(in Envelope message)
        {
            if (message.Message is HandOffStop)
                hold.Shard.Tell(new Passivate(id, WakeAt: null));
        }
    }

    private sealed class NoWakes : IWakeSource
    {
        public void Read(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo) =>
            replyTo.Tell(new WakePage([], IsLast: true, Failed: false));
    }

    private sealed class Counter : IChance
    {
        private ulong _next;

        public ulong Next() => ++_next;
    }

    private sealed class Heard : ActorRef
    {
        public List<object> All { get; } = [];

        public override string Name => "heard";

        public override void Tell(object message, ActorRef? sender = null) => All.Add(message);
    }
}
