using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>A state is left once, by the name that it was entered by; what happens in a branch happens while its Parallel or Map is on.</summary>
internal sealed class I07Exits : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        if (Positions.For(dump, history) is not { } positions)
            yield break;
        foreach (var e in history.Shown)
        {
            var current = positions.Of(e.Scope).Current;
            if (e.WhatCase == What.StateEntered && current is not null)
                yield return new Breach("I7", history.Id, $"{e.Name()} '{e.StateEntered.Name}' before '{current}' was left");
            else if (e.WhatCase == What.StateExited && current != e.StateExited.Name)
                yield return new Breach("I7", history.Id, $"{e.Name()} '{e.StateExited.Name}' while it is in '{current}'");
            if (Positions.ParentOf(e.Scope) is { } parent && positions.StateOf(parent)?.Type is not ("Parallel" or "Map"))
                yield return new Breach("I7", history.Id, $"{e.Name()} lies outside of any Parallel or Map");
            positions.Follow(e);
        }
    }
}
