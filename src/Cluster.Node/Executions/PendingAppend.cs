using System.Runtime.InteropServices;
using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Tasks;

namespace Cluster.Node.Executions;

/// <summary>
/// What was decided together and becomes durable together: the events, and what may leave once they have committed, in the order in which
/// it was decided.
/// </summary>
internal sealed class PendingAppend
{
    private List<Release>? _releases;

    public List<ExecutionEvent> Events { get; } = new(8);

    /// <summary>The tasks that wait for a worker from its commit on.</summary>
    public IReadOnlyList<PendingTask> Offered { get; set; } = [];

    /// <summary>About how much memory the events hold, in bytes.</summary>
    public long Bytes { get; private set; }

    public void Add(Decision decision)
    {
        foreach (var e in decision.Events)
        {
            Events.Add(e);
            Bytes += EventBytes + (e.Payload is { } payload && payload.Origin == e.Id ? payload.Size : 0);
        }

        foreach (var effect in decision.Effects)
            Releases.Add(new Release(Effect: effect));
    }

    public void Reply(ActorRef sender, ExecutionAnswer answer) => Releases.Add(new Release(Sender: sender, Answer: answer));

    public void Take(TaskKey key) => Releases.Add(new Release(Taken: key));

    /// <summary>What waits for the commit, in order. Nothing is added while it is walked: the append has flown.</summary>
    public ReadOnlySpan<Release> All => CollectionsMarshal.AsSpan(_releases);

    private List<Release> Releases => _releases ??= new List<Release>(2);

    /// <summary>What an event without payload is taken to hold.</summary>
    private const int EventBytes = 128;

    /// <summary>One thing that waits: an effect, an answer, or an answered call that need not be kept any longer.</summary>
    public readonly record struct Release(
        Effect? Effect = null, ActorRef? Sender = null, ExecutionAnswer? Answer = null, TaskKey? Taken = null);
}
