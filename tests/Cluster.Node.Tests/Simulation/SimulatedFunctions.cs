using System.Text;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The functions as one life of a node calls them: they answer quickly, late, twice, never, with errors, or throttle. Their names say what
/// they are: those that begin with <c>pure</c> are idempotent.
/// </summary>
internal sealed class SimulatedFunctions(World world, NodeLife life, Lease lease, SimulationRandom random) : ITaskRunner
{
    private static readonly TimeSpan QuickTravel = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SlowTravel = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ShortQueue = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongQueue = TimeSpan.FromSeconds(5);

    private readonly Dictionary<TaskKey, TaskCall> _open = [];

    /// <summary>Sees each call at the moment in which it leaves the node.</summary>
    internal required Action<TaskCall> Leaving { get; init; }

    /// <summary>Calls that were neither answered nor given up.</summary>
    internal int Open => _open.Count;

    public void Start(TaskCall call, ITaskReply reply)
    {
        if (!life.IsAlive)
            return;
        var queue = world.Faults.Dice(FaultKind.CallQueued, 0.05) is { } dice ? dice.Span(QuickTravel, LongQueue) : random.Span(TimeSpan.Zero, ShortQueue);
        _open.Add(call.Key, call);
        world.Agenda.In(queue, () => life.Do(() => Leave(call, reply)));
    }

    public void Cancel(in TaskKey key) => _open.Remove(key);

    public bool MayResend(TaskCall call) => IsIdempotent(call);

    /// <summary>Whether the function that is called may be called again with the same key.</summary>
    internal static bool IsIdempotent(TaskCall call) => FunctionOf(call).StartsWith("pure", StringComparison.Ordinal);

    private void Leave(TaskCall call, ITaskReply reply)
    {
        // Forgotten before it is asked for: it may be started again at once.
        if (!IsOpen(call))
            return;
        _open.Remove(call.Key);
        var isHeld = lease.IsHeld;
        if (!reply.MayLeave(call))
        {
            if (!isHeld)
                world.Faults.Passed(Landmark.CallHeld);
            return;
        }

        _open.Add(call.Key, call);
        Leaving(call);
        world.Stepped(life, "call", call.Key.ToString(), call.Resent ? "again" : "");
        world.Agenda.In(Travel(), () => Arrive(call, reply));
    }

    private void Arrive(TaskCall call, ITaskReply reply)
    {
        if (!life.IsAlive && random.Chance(0.5))
        {
            world.Faults.Count(FaultKind.CallLostWithDeath);
            return;
        }

        if (!life.IsAlive)
            world.Faults.Count(FaultKind.CallArrivedAfterDeath);
        var number = world.Log.Reached(call);
        if (call.Token is { } token)
            world.Workers.Handed(token);
        var outcome = Outcome();
        if (world.Faults.Strikes(FaultKind.FunctionNever, 0.02))
        {
            GiveUp(call, reply);
            return;
        }

        world.Log.Answers(call, number, outcome);
        if (world.Faults.Strikes(FaultKind.FunctionTwice, 0.05))
            world.Agenda.In(Travel() + Travel(), () => life.Do(() => Answer(call, reply, outcome, closes: false)));
        var back = world.Faults.Dice(FaultKind.FunctionLate, 0.05) is { } dice ? dice.Span(QuickTravel, SlowTravel) : Travel();
        world.Agenda.In(back, () => life.Do(() => Answer(call, reply, outcome, closes: true)));
    }

    /// <summary>
    /// Who never answers is given up in the end, as long as any call may take. An execution that lives here must have given the call up
    /// long before; who has lost the shard never hears of that.
    /// </summary>
    private void GiveUp(TaskCall call, ITaskReply reply)
    {
        var shard = ShardRange.IndexOf(call.Key.Execution.Bucket, world.Store.ShardCount);
        var epoch = world.Register.EpochOf(shard);
        world.Agenda.In(LongestCall, () => life.Do(() =>
        {
            if (world.Register.EpochOf(shard) != epoch)
                Answer(call, reply, new TaskOutcome.Failed("Lambda.Unknown", "No answer."), closes: true);
        }));
    }

    private void Answer(TaskCall call, ITaskReply reply, TaskOutcome outcome, bool closes)
    {
        if (!IsOpen(call))
            return;
        if (closes)
            _open.Remove(call.Key);
        world.Stepped(life, "answer", call.Key.ToString(), outcome.GetType().Name);
        if (life.IsAlive)
            reply.Answered(call, outcome);
    }

    /// <summary>The same call may have been given up and started anew.</summary>
    private bool IsOpen(TaskCall call) => _open.TryGetValue(call.Key, out var open) && ReferenceEquals(open, call);

    private TaskOutcome Outcome()
    {
        if (world.Faults.Dice(FaultKind.FunctionError, 0.15) is { } dice)
            return new TaskOutcome.Failed(dice.Of("OutOfStock", "Declined", "Lambda.Unknown"), """{"errorMessage":"simulated"}""");
        if (world.Faults.Strikes(FaultKind.FunctionThrottled, 0.05))
            return new TaskOutcome.Failed("Lambda.TooManyRequestsException", "Rate Exceeded.");
        return new TaskOutcome.Succeeded(Encoding.UTF8.GetBytes($$"""{"n":{{random.Below(10)}},"w":{{random.Below(4)}}}"""));
    }

    private TimeSpan Travel() => random.Span(TimeSpan.Zero, QuickTravel);

    internal static string FunctionOf(TaskCall call)
    {
        const string Field = "\"FunctionName\":\"";
        var text = call.Resource;
        if (!text.Contains(":function:", StringComparison.Ordinal))
        {
            var input = Encoding.UTF8.GetString(call.Input.Span);
            var at = input.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
            text = input[at..input.IndexOf('"', at)];
        }

        return text[(text.LastIndexOf(':') + 1)..];
    }
}
