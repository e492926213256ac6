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

/// <summary>A rule over one history.</summary>
internal interface IHistoryRule
{
    IEnumerable<Breach> Judge(Dump dump, History history);
}

/// <summary>A rule over a whole dump.</summary>
internal interface IDumpRule
{
    IEnumerable<Breach> Judge(Dump dump);
}

/// <summary>How events are named in a report.</summary>
internal static class Naming
{
    public static string Name(this Event e) => $"event {e.Id} <- {e.PreviousId} {History.TypeOf(e)}{(e.Scope.Length > 0 ? $" in {e.Scope}" : "")}";
}
