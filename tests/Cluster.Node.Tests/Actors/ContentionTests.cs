using Cluster.Node.Actors;
using Cluster.Node.Hosting;
using Xunit;

namespace Cluster.Node.Tests.Actors;

/// <summary>Real threads against one mailbox; bounded, so that they fit into a quick run.</summary>
public sealed class ContentionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ActorSystem _system = new(new ThreadPoolDispatcher(), TimeProvider.System);

    [Fact]
    public async Task Every_message_arrives_once_in_its_senders_order_and_one_turn_runs_at_a_time()
    {
        const int Senders = 4;
        const int Each = 50_000;
        var counting = new CountingActor(Senders, Each);
        var actor = _system.Spawn("counting", counting);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                actor.Tell((sender, i));
        })));
        await counting.Done.WaitAsync(Patience);
        Assert.Equal(0, counting.Disorders);
        Assert.Equal(0, counting.Overlaps);
    }

    [Fact]
    public async Task No_wake_up_is_lost_when_a_message_meets_the_end_of_a_turn()
    {
        const int Rounds = 100_000;
        var left = new EchoActor(Rounds);
        var right = new EchoActor(Rounds);
        var leftRef = _system.Spawn("left", left);
        var rightRef = _system.Spawn("right", right);
        rightRef.Tell("ball", leftRef);
        await left.Done.WaitAsync(Patience);
    }

    [Fact]
    public async Task Others_get_their_turns_beside_actors_that_always_have_mail()
    {
        const int Rounds = 200;
        var restless = Enumerable.Range(0, Environment.ProcessorCount * 4).Select(i => _system.Spawn($"restless-{i}", new RestlessActor())).ToList();
        foreach (var actor in restless)
            actor.Tell("again");
        var left = new EchoActor(Rounds);
        var right = new EchoActor(Rounds);
        var leftRef = _system.Spawn("left", left);
        var rightRef = _system.Spawn("right", right);
        rightRef.Tell("ball", leftRef);
        await left.Done.WaitAsync(Patience);
        foreach (var actor in restless)
            _system.Stop(actor);
    }

    [Fact]
    public async Task Each_message_is_either_read_or_a_dead_letter_when_a_stop_races_with_senders()
    {
        const int Rounds = 200;
        const int Each = 100;
        for (var round = 0; round < Rounds; round++)
        {
            var supervisor = new TallyActor(Each);
            var supervisorRef = _system.Spawn("supervisor", supervisor);
            var actor = _system.Spawn("child", new ForwardingActor(supervisorRef), supervisorRef);
            var sending = Task.Run(() =>
            {
                for (var i = 0; i < Each; i++)
                    actor.Tell(i);
            });
            _system.Stop(actor);
            await sending;
            await supervisor.Done.WaitAsync(Patience);
            Assert.Equal(Enumerable.Range(0, Each), supervisor.Seen);
        }
    }

    private sealed class RestlessActor : Actor
    {
        public override void Receive(in Envelope message) => Self.Tell(message.Message);
    }

    private sealed class CountingActor(int senders, int each) : Actor
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly int[] _next = new int[senders];
        private int _inside;
        private int _left = senders * each;

        internal Task Done => _done.Task;

        internal int Disorders { get; private set; }

        internal int Overlaps { get; private set; }

        public override void Receive(in Envelope message)
        {
            if (Interlocked.Increment(ref _inside) != 1)
                Overlaps++;
            var (sender, number) = ((int, int))message.Message;
            if (_next[sender]++ != number)
                Disorders++;
            Interlocked.Decrement(ref _inside);
            if (--_left == 0)
                _done.SetResult();
        }
    }

    private sealed class EchoActor(int rounds) : Actor
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = rounds;

        internal Task Done => _done.Task;

        public override void Receive(in Envelope message)
        {
            if (--_left == 0)
                _done.SetResult();
            if (_left >= 0)
                message.Sender!.Tell(message.Message, Self);
        }
    }

    private sealed class ForwardingActor(ActorRef to) : Actor
    {
        public override void Receive(in Envelope message) => to.Tell(message.Message);
    }

    private sealed class TallyActor(int expected) : Actor
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal List<int> Seen { get; } = [];

        internal Task Done => _done.Task;

        public override void Receive(in Envelope message)
        {
            switch (message.Message)
            {
                case int number:
                    Seen.Add(number);
                    break;
                case DeadLetter dead:
                    Seen.Add((int)dead.Letter.Message);
                    break;
                case Terminated terminated:
                    Seen.AddRange(terminated.Unread.Select(u => (int)u.Message));
                    break;
            }

            if (Seen.Count == expected)
                _done.TrySetResult();
        }
    }
}
