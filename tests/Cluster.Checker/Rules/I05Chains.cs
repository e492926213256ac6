using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>An event is chained to an earlier one, of its own branch or of one around or inside it.</summary>
internal sealed class I05Chains : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        foreach (var e in history.Shown)
        {
            if (e.PreviousId < 0 || e.PreviousId >= e.Id)
                yield return new Breach("I5", history.Id, $"{e.Name()} is chained to itself or to what follows");
            else if (e.PreviousId > 0 && history.Find(e.PreviousId) is null)
                yield return new Breach("I5", history.Id, $"{e.Name()} is chained to nothing");
            else if (e.PreviousId > 0 && !IsCut(e) && !AreRelated(e.Scope, history.Find(e.PreviousId)!.Scope))
                yield return new Breach("I5", history.Id, $"{e.Name()} is chained to {history.Find(e.PreviousId)!.Name()}, of another branch");
        }
    }

    /// <summary>What is cut short is chained to the failure, wherever that was.</summary>
    private static bool IsCut(Event e) => e.WhatCase is What.StateAborted or What.MapIterationAborted or What.MapIterationFailed;

    private static bool AreRelated(string scope, string other) => IsAround(scope, other) || IsAround(other, scope);

    private static bool IsAround(string scope, string other) =>
        other.StartsWith(scope, StringComparison.Ordinal) && (other.Length == scope.Length || other[scope.Length] == '/');
}
