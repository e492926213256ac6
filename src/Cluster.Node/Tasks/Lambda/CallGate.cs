namespace Cluster.Node.Tasks.Lambda;

/// <summary>
/// Lets a bounded number of calls run, and a bounded number wait, first come first served. A slot that becomes free goes straight to
/// the call that has waited longest, so no newcomer overtakes.
/// </summary>
/// <param name="concurrency">How many run at once.</param>
/// <param name="maxWaiting">How many may wait.</param>
internal sealed class CallGate(int concurrency, int maxWaiting)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<FunctionCall> _waiting = [];
    private int _running;

    /// <summary>What became of a call at the gate.</summary>
    public enum Entry
    {
        /// <summary>It has a slot and must leave it.</summary>
        Admitted,

        /// <summary>It waits; <see cref="Leave"/> will return it, unless it is withdrawn.</summary>
        Waiting,

        /// <summary>Too many wait already.</summary>
        Refused,
    }

    /// <summary>How many calls may wait.</summary>
    public int MaxWaiting => maxWaiting;

    /// <summary>Asks for a slot.</summary>
    public Entry Enter(FunctionCall call)
    {
        lock (_lock)
        {
            if (_running < concurrency)
            {
                _running++;
                return Entry.Admitted;
            }

            if (_waiting.Count >= MaxWaiting)
                return Entry.Refused;
            call.Place = _waiting.AddLast(call);
            return Entry.Waiting;
        }
    }

    /// <summary>Gives a slot back.</summary>
    /// <returns>The call that has it now, or null.</returns>
    public FunctionCall? Leave()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } next)
            {
                _running--;
                return null;
            }

            _waiting.RemoveFirst();
            next.Value.Place = null;
            return next.Value;
        }
    }

    /// <summary>Takes a call out that waits; one that does not wait is left alone.</summary>
    /// <returns>Whether it waited.</returns>
    public bool Withdraw(FunctionCall call)
    {
        lock (_lock)
        {
            if (call.Place is not { } place)
                return false;
            _waiting.Remove(place);
            call.Place = null;
            return true;
        }
    }
}
