using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// An event is chained to an earlier one, of its own branch or of one around or inside it; only the start, the first state and an end from
/// outside are chained to nothing.
/// </summary>
internal sealed class I05Chains() : Rule("I5", "chained events")
{
    public override void Take(History history, Event e, Positions at)
    {
        if (e.Id == 0)
        {
            if (e.PreviousId != 0)
                Broken(history.Id, $"{e.Name()} is chained, though nobody sees it");
            return;
        }

        Judged();
        if (e.PreviousId < 0 || e.PreviousId >= e.Id)
            Broken(history.Id, $"{e.Name()} is chained to itself or to what follows");
        else if (e.PreviousId == 0)
            Unchained(history, e, at);
        else if (e.WhatCase is What.ExecutionStarted or What.ExecutionAborted or What.ExecutionTimedOut)
            Broken(history.Id, $"{e.Name()} is chained, though it comes from outside");
        else if (history.Find(e.PreviousId) is not { } previous)
            Broken(history.Id, $"{e.Name()} is chained to nothing");
        else if (!IsCut(e) && !AreRelated(e.Scope, previous.Scope))
            Broken(history.Id, $"{e.Name()} is chained to {previous.Name()}, of another branch");
    }

    private void Unchained(History history, Event e, Positions at)
    {
        if (e.WhatCase is What.ExecutionStarted or What.ExecutionAborted or What.ExecutionTimedOut)
            return;
        if (e.WhatCase != What.StateEntered || e.Scope.Length > 0 || at.Of("").HasBegun)
            Broken(history.Id, $"{e.Name()} is chained to nothing");
    }

    /// <summary>What is cut short is chained to the failure, wherever that was; so is the end that a failure in a branch makes.</summary>
    private static bool IsCut(Event e) => e.WhatCase is What.StateAborted or What.MapIterationAborted or What.MapIterationFailed;

    private static bool AreRelated(string scope, string other) => IsAround(scope, other) || IsAround(other, scope);

    private static bool IsAround(string scope, string other) =>
        other.StartsWith(scope, StringComparison.Ordinal) && (other.Length == scope.Length || other[scope.Length] == '/' || scope.Length == 0);
}
