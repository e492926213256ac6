using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// The calls of a shard that run or whose answers are not taken yet, by key. Those of one execution are a chain too, newest first: it is
/// one long almost always, and as long as branches call side by side at most.
/// </summary>
internal sealed class OpenCalls
{
    private readonly Dictionary<TaskKey, Call> _byKey = [];
    private readonly Dictionary<ExecutionId, Call> _newest = [];

    public int Count => _byKey.Count;

    public Call? Find(in TaskKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>Adds a call that is not there.</summary>
    public void Add(TaskCall what, TaskOutcome? answer)
    {
        var key = what.Key;
        var call = new Call(what) { Answer = answer, Older = _newest.GetValueOrDefault(key.Execution) };
        if (call.Older is { } older)
            older.Newer = call;
        _newest[key.Execution] = call;
        _byKey.Add(key, call);
    }

    /// <summary>Takes a call out; null when it is not there.</summary>
    public Call? Remove(in TaskKey key)
    {
        if (!_byKey.Remove(key, out var call))
            return null;
        if (call.Older is { } older)
            older.Newer = call.Newer;
        if (call.Newer is { } newer)
            newer.Older = call.Older;
        else if (call.Older is not null)
            _newest[key.Execution] = call.Older;
        else
            _newest.Remove(key.Execution);
        return call;
    }

    /// <summary>Takes out every call of an execution but some.</summary>
    public IReadOnlyList<Call> RemoveOthers(ExecutionId execution, IReadOnlySet<TaskKey> kept)
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

    /// <summary>Takes out every call that does not run outside: those that are answered, and those that have not left.</summary>
    public IReadOnlyList<Call> RemoveWhatIsHere()
    {
        var removed = _byKey.Values.Where(call => call.Answer is not null || !call.HasLeft).ToList();
        foreach (var call in removed)
            Remove(call.Key);
        return removed;
    }

    /// <summary>A call.</summary>
    internal sealed class Call(TaskCall what)
    {
        public TaskCall What { get; } = what;

        public TaskKey Key => What.Key;

        /// <summary>Whether it may have left this process.</summary>
        public bool HasLeft { get; set; }

        /// <summary>Its answer, or null while it runs.</summary>
        public TaskOutcome? Answer { get; set; }

        internal Call? Older { get; set; }

        internal Call? Newer { get; set; }
    }
}
