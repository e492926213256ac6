using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// The calls of a shard that run or whose answers are not taken yet, by execution: those of one execution are a chain, newest first, which
/// is one long almost always, and as long as branches call side by side at most.
/// </summary>
internal sealed class OpenCalls
{
    private readonly Dictionary<ExecutionId, Call> _newest = [];

    public int Count { get; private set; }

    public Call? Find(in TaskKey key)
    {
        var call = _newest.GetValueOrDefault(key.Execution);
        while (call is not null && call.Key != key)
            call = call.Older;
        return call;
    }

    /// <summary>Adds a call that is not there.</summary>
    public void Add(in TaskKey key, TaskOutcome? answer)
    {
        _newest[key.Execution] = new Call(key) { Answer = answer, Older = _newest.GetValueOrDefault(key.Execution) };
        Count++;
    }

    /// <summary>Takes a call out; null when it is not there.</summary>
    public Call? Remove(in TaskKey key)
    {
        Call? newer = null;
        for (var call = _newest.GetValueOrDefault(key.Execution); call is not null; newer = call, call = call.Older)
        {
            if (call.Key != key)
                continue;
            Unlink(call, newer);
            return call;
        }

        return null;
    }

    /// <summary>Takes out every call of an execution but some.</summary>
    public IReadOnlyList<Call> RemoveOthers(ExecutionId execution, IReadOnlyCollection<TaskKey> kept)
    {
        List<Call>? removed = null;
        for (var call = _newest.GetValueOrDefault(execution); call is not null; call = call.Older)
        {
            if (!kept.Contains(call.Key))
                (removed ??= []).Add(call);
        }

        foreach (var call in removed ?? [])
            Remove(call.Key);
        return removed ?? (IReadOnlyList<Call>)[];
    }

    private void Unlink(Call call, Call? newer)
    {
        if (newer is not null)
            newer.Older = call.Older;
        else if (call.Older is not null)
            _newest[call.Key.Execution] = call.Older;
        else
            _newest.Remove(call.Key.Execution);
        Count--;
    }

    /// <summary>A call.</summary>
    internal sealed class Call(TaskKey key)
    {
        public TaskKey Key { get; } = key;

        /// <summary>Its answer, or null while it runs.</summary>
        public TaskOutcome? Answer { get; set; }

        internal Call? Older { get; set; }
    }
}
