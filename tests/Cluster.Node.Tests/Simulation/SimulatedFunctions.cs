using System.Text;
using Cluster.Node.Tasks;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The functions as one life of a node calls them: they answer quickly, late, twice, never, with errors, or throttle. Their names say what
/// they are: those that begin with <c>pure</c> are idempotent.
/// </summary>
internal sealed class SimulatedFunctions(
    Agenda agenda, NodeLife life, Faults faults, SimulationRandom random, World world) : ITaskRunner
{
    private static readonly TimeSpan QuickTravel = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SlowTravel = TimeSpan.FromSeconds(15);

    private readonly HashSet<TaskKey> _open = [];

    /// <summary>Sees each call at the moment in which it leaves the node.</summary>
    internal required Action<TaskCall> Leaving { get; init; }

    /// <summary>Calls that were neither answered nor given up.</summary>
    internal int Open => _open.Count;

    public void Start(TaskCall call, ITaskReply reply)
    {
        if (!life.IsAlive || !reply.MayLeave(call))
            return;
        Leaving(call);
        world.Stepped("call", call.Key.ToString(), call.Resent ? "again" : "");
        _open.Add(call.Key);
        agenda.In(Travel(), () => Arrive(call, reply));
    }

    public void Cancel(in TaskKey key) => _open.Remove(key);

    public bool MayResend(TaskCall call) => IsIdempotent(call);

    /// <summary>Whether the function that is called may be called again with the same key.</summary>
    internal static bool IsIdempotent(TaskCall call) => FunctionOf(call).StartsWith("pure", StringComparison.Ordinal);

    private void Arrive(TaskCall call, ITaskReply reply)
    {
        if (!life.IsAlive)
            faults.Count(random.Chance(0.5) ? FaultKind.CallArrivedAfterDeath : FaultKind.CallLostWithDeath);
        var outcome = Outcome();
        if (faults.Strikes(FaultKind.FunctionNever, 0.02))
            return;
        if (faults.Strikes(FaultKind.FunctionTwice, 0.05))
            agenda.In(Travel() + Travel(), () => Answer(call, reply, outcome, closes: false));
        var back = faults.Strikes(FaultKind.FunctionLate, 0.05) ? random.Span(QuickTravel, SlowTravel) : Travel();
        agenda.In(back, () => Answer(call, reply, outcome, closes: true));
    }

    private void Answer(TaskCall call, ITaskReply reply, TaskOutcome outcome, bool closes)
    {
        if (!life.IsAlive || !_open.Contains(call.Key))
            return;
        if (closes)
            _open.Remove(call.Key);
        world.Stepped("answer", call.Key.ToString(), outcome.GetType().Name);
        if (life.IsAlive)
            reply.Answered(call, outcome);
    }

    private TaskOutcome Outcome()
    {
        if (faults.Strikes(FaultKind.FunctionError, 0.15))
            return new TaskOutcome.Failed(random.Of("OutOfStock", "Declined", "Lambda.Unknown"), """{"errorMessage":"simulated"}""");
        if (faults.Strikes(FaultKind.FunctionThrottled, 0.05))
            return new TaskOutcome.Failed("Lambda.TooManyRequestsException", "Rate Exceeded.");
        return new TaskOutcome.Succeeded(Encoding.UTF8.GetBytes($$"""{"n":{{random.Below(10)}},"w":{{random.Below(4)}}}"""));
    }

    private TimeSpan Travel() => random.Span(TimeSpan.Zero, QuickTravel);

    private static string FunctionOf(TaskCall call)
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
