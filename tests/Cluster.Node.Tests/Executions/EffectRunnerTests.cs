using Cluster.Node.Actors;
using Cluster.Node.Executions;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Executions;

public sealed class EffectRunnerTests
{
    private static readonly ExecutionId Execution = ExecutionId.Create(1, 2, 3, 4);
    private const long Epoch = 1;
    private static readonly TaskOutcome Answer = new TaskOutcome.Succeeded("1"u8.ToArray());

    private readonly FakeRunner _runner = new();
    private readonly FakeShard _shard = new();
    private readonly EffectRunner _effects;

    public EffectRunnerTests()
    {
        _effects = new EffectRunner(_runner, ExecutionMetrics.OfProcess, Lease.Endless);
        _effects.Held(new ShardHold(0, Epoch, _shard, new DrainSwitch()));
    }

    private IEnumerable<TaskKey> Told => _shard.Messages.Cast<ToEntity>().Select(m => ((TaskAnswered)m.Message).Key);

    [Fact]
    public void A_call_is_made_once_and_its_answer_is_told_once()
    {
        var call = Call(visit: 1);
        _effects.Run(call, Epoch);
        _effects.Run(call, Epoch);
        _effects.Answered(call, Answer);
        _effects.Answered(call, Answer);
        Assert.Equal([call], _runner.Started);
        Assert.Equal([call.Key], Told);
    }

    [Fact]
    public void A_rebuilt_execution_gets_an_answer_again_until_it_is_taken()
    {
        var call = Call(visit: 1);
        _effects.Run(call, Epoch);
        _effects.Answered(call, Answer);
        _effects.Recover(call, Epoch);
        Assert.Equal([call.Key, call.Key], Told);
        Assert.Single(_runner.Started);
        _effects.Taken(call.Key);
        Assert.Equal(0, _effects.Count);
    }

    [Fact]
    public void A_rebuilt_execution_does_not_repeat_what_still_runs()
    {
        var call = Call(visit: 1);
        _effects.Run(call, Epoch);
        _effects.Recover(call, Epoch);
        Assert.Single(_runner.Started);
        Assert.Empty(_shard.Messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_of_an_earlier_owner_is_sent_again_only_where_that_is_safe(bool idempotent)
    {
        _runner.Resends = idempotent;
        var call = Call(visit: 1);
        _effects.Recover(call, Epoch);
        if (idempotent)
        {
            Assert.Equal(call with { Resent = true }, Assert.Single(_runner.Started));
            return;
        }

        Assert.Empty(_runner.Started);
        var answered = (TaskAnswered)((ToEntity)Assert.Single(_shard.Messages)).Message;
        var failed = Assert.IsType<TaskOutcome.Failed>(answered.Outcome);
        Assert.Equal("States.TaskFailed", failed.Error);
        Assert.StartsWith("Outcome unknown:", failed.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_is_given_up_is_cancelled_and_its_answer_is_nobodys()
    {
        var call = Call(visit: 1);
        _effects.Run(call, Epoch);
        _effects.Cancel(call.Key);
        _effects.Answered(call, Answer);
        Assert.Equal([call.Key], _runner.Cancelled);
        Assert.Empty(_shard.Messages);
    }

    [Fact]
    public void What_a_read_back_execution_does_not_wait_for_is_dropped()
    {
        var running = Call(visit: 1);
        var answered = Call(visit: 2);
        var outstanding = Call(visit: 3);
        var others = new TaskCall(running.Key with { Execution = ExecutionId.Create(9, 9, 9, 9) }, "r", default, Resent: false);
        foreach (var call in (TaskCall[])[running, answered, outstanding, others])
            _effects.Run(call, Epoch);
        _effects.Answered(answered, Answer);
        _effects.Keep(Execution, new HashSet<TaskKey> { outstanding.Key });
        Assert.Equal([running.Key], _runner.Cancelled);
        Assert.Equal(2, _effects.Count);
        _effects.Keep(Execution, new HashSet<TaskKey>());
        Assert.Equal(1, _effects.Count);
    }

    private static TaskCall Call(long visit) => new(new TaskKey(Execution, 1, "", visit, 0), "r", default, Resent: false);

    private sealed class FakeShard : ActorRef
    {
        internal List<object> Messages { get; } = [];

        public override string Name => "shard";

        public override void Tell(object message, ActorRef? sender = null) => Messages.Add(message);
    }

    private sealed class FakeRunner : ITaskRunner
    {
        internal bool Resends { get; set; }

        internal List<TaskCall> Started { get; } = [];

        internal List<TaskKey> Cancelled { get; } = [];

        public void Start(TaskCall call, ITaskReply reply) => Started.Add(call);

        public void Cancel(in TaskKey key) => Cancelled.Add(key);

        public bool MayResend(TaskCall call) => Resends;
    }
}
