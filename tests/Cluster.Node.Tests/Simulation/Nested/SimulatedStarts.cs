using Cluster.Node.Tasks;
using Cluster.Node.Tasks.StepFunctions;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>
/// The calls of one life of a node, in front of what makes them: those that start executions wait a little before they leave, are watched, and
/// their answers are steps of the world.
/// </summary>
internal sealed class SimulatedStarts(World world, NodeLife life, ITaskRunner inner, SimulationRandom random) : ITaskRunner
{
    private static readonly TimeSpan ShortQueue = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongQueue = TimeSpan.FromSeconds(3);

    public void Start(TaskCall call, ITaskReply reply)
    {
        if (!StartExecutionRunner.Takes(call.Resource))
        {
            inner.Start(call, reply);
            return;
        }

        if (!life.IsAlive)
            return;
        var queue = world.Faults.Dice(FaultKind.ChildStartQueued, 0.05) is { } dice ? dice.Span(ShortQueue, LongQueue) : random.Span(TimeSpan.Zero, ShortQueue);
        world.Agenda.In(queue, () => life.Do(() => inner.Start(call, new Watched(this, reply))));
    }

    public void Cancel(in TaskKey key) => inner.Cancel(key);

    public bool MayResend(TaskCall call) => inner.MayResend(call);

    private sealed class Watched(SimulatedStarts starts, ITaskReply reply) : ITaskReply
    {
        private readonly World _world = starts.World;
        private readonly NodeLife _life = starts.Life;

        public bool MayLeave(TaskCall call)
        {
            if (!_life.IsAlive || !reply.MayLeave(call))
                return false;
            _world.Stepped(_life, "start", call.Key.ToString(), call.Resent ? "again" : "");
            _world.Nested.Leaving(call, _life);
            return _life.IsAlive;
        }

        public void Answered(TaskCall call, TaskOutcome outcome)
        {
            if (!_life.IsAlive)
                return;
            _world.Stepped(_life, "start answered", call.Key.ToString(), outcome.GetType().Name);
            if (_life.IsAlive)
                reply.Answered(call, outcome);
        }
    }

    private World World => world;

    private NodeLife Life => life;
}
