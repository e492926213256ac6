using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Checker.Rules;

/// <summary>A broken invariant.</summary>
/// <param name="Invariant">Which, as I7.</param>
/// <param name="Where">The execution or the shard.</param>
/// <param name="What">Which events, and what is wrong with them.</param>
public sealed record Breach(string Invariant, string Where, string What)
{
    public override string ToString() => $"{Invariant} {Where}: {What}";
}

/// <summary>
/// A rule over one dump: it hears of the dump, then of each history and its events in order, then of the end. It counts what it judges, so
/// that a rule that had nothing to judge is seen.
/// </summary>
/// <param name="invariant">Which, as I7.</param>
/// <param name="of">What it judges.</param>
internal abstract class Rule(string invariant, string of)
{
    /// <summary>How many breaches of a rule are kept; more are only counted.</summary>
    private const int MostKept = 1_000;

    private readonly List<Breach> _breaches = [];
    private long _judged;
    private long _broken;

    public IReadOnlyList<Breach> Breaches => _breaches;

    public RuleCount Count => new(invariant, _judged, of, _broken);

    protected Dump Dump { get; private set; } = null!;

    public void Begin(Dump dump)
    {
        Dump = dump;
        Begin();
    }

    /// <summary>A history begins.</summary>
    public virtual void Open(History history)
    {
    }

    /// <summary>Its next event.</summary>
    /// <param name="at">Where all its scopes stood before.</param>
    public virtual void Take(History history, Event e, Positions at)
    {
    }

    /// <summary>It has no more events.</summary>
    /// <param name="at">Where its scopes stand.</param>
    public virtual void Close(History history, Positions at)
    {
    }

    /// <summary>There are no more histories.</summary>
    public virtual void End()
    {
    }

    protected virtual void Begin()
    {
    }

    protected void Judged(long count = 1) => _judged += count;

    protected void Broken(string where, string what)
    {
        _broken++;
        if (_breaches.Count < MostKept)
            _breaches.Add(new Breach(invariant, where, what));
    }
}

/// <summary>How events are named in a report.</summary>
internal static class Naming
{
    public static string Name(this Event e) => $"event {e.Id} <- {e.PreviousId} {History.TypeOf(e)}{(e.Scope.Length > 0 ? $" in {e.Scope}" : "")}";
}
