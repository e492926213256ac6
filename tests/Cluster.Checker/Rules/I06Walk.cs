using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Each state that is entered is a legal successor by the definition.</summary>
internal sealed class I06Walk : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        if (Positions.For(dump, history) is not { } positions)
            yield break;
        foreach (var e in history.All)
        {
            if (e.WhatCase == What.StateEntered)
            {
                var position = positions.Of(e.Scope);
                var outline = positions.OutlineOf(e.Scope);
                var name = e.StateEntered.Name;
                var due = position.HasBegun ? position.Next : outline?.StartAt;
                if (outline is null || !outline.States.TryGetValue(name, out var state))
                    yield return new Breach("I6", history.Id, $"{e.Name()} '{name}': no such state is there");
                else if (due != name)
                    yield return new Breach("I6", history.Id, $"{e.Name()} '{name}': the next is '{due}'");
                else if (state.Type != History.StateType(e.StateEntered.Type))
                    yield return new Breach("I6", history.Id, $"{e.Name()} '{name}': it is a {state.Type}");
            }
            else if (e.WhatCase == What.StateExited && positions.StateOf(e.Scope) is { } left && e.StateExited.HasNext)
            {
                var next = e.StateExited.Next;
                if (left.Next != next && !left.Choices.Contains(next, StringComparer.Ordinal) && left.Catch.All(catcher => catcher.Next != next))
                    yield return new Breach("I6", history.Id, $"{e.Name()} '{left.Name}': '{next}' is no successor");
            }

            positions.Follow(e);
        }
    }
}
