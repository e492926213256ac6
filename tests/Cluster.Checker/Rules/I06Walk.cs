using System.Security.Cryptography;
using System.Text;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Each state that is entered is a legal successor by the definition, and the definition is there, as it was hashed.</summary>
internal sealed class I06Walk() : Rule("I6", "steps")
{
    private const int HashCharacters = 64;

    protected override void Begin()
    {
        foreach (var (hash, text) in Dump.Definitions)
        {
            if (hash.Length == HashCharacters && hash != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
                Broken(hash, "the definition that is stored under it has another hash");
        }
    }

    public override void Open(History history)
    {
        if (history.Execution is { } row && !Dump.Definitions.ContainsKey(row.DefinitionHash))
            Broken(history.Id, $"its definition {row.DefinitionHash} is not there");
    }

    public override void Take(History history, Event e, Positions at)
    {
        if (at.Machine is null)
            return;
        if (e.WhatCase == What.StateEntered)
            Entered(history, e, at);
        else if (e.WhatCase == What.StateExited)
            Exited(history, e, at);
        else if (e.WhatCase == What.ExecutionSucceeded && (at.Of("") is not { HasBegun: true, Current: null, Next: null }))
            Broken(history.Id, $"{e.Name()}: the machine stands in '{at.Of("").Current}', before '{at.Of("").Next}'");
    }

    private void Entered(History history, Event e, Positions at)
    {
        Judged();
        var position = at.Of(e.Scope);
        var outline = at.OutlineOf(e.Scope);
        var name = e.StateEntered.Name;
        var due = position.HasBegun ? position.Next : outline?.StartAt;
        if (outline is null || !outline.States.TryGetValue(name, out var state))
            Broken(history.Id, $"{e.Name()} '{name}': no such state is there");
        else if (due != name)
            Broken(history.Id, $"{e.Name()} '{name}': the next is '{due}'");
        else if (state.Type != History.StateType(e.StateEntered.Type))
            Broken(history.Id, $"{e.Name()} '{name}': it is a {state.Type}");
    }

    private void Exited(History history, Event e, Positions at)
    {
        if (at.StateOf(e.Scope) is not { } left)
            return;
        Judged();
        var position = at.Of(e.Scope);
        var next = e.StateExited.HasNext ? e.StateExited.Next : null;
        if (left.Type != History.StateType(e.StateExited.Type))
            Broken(history.Id, $"{e.Name()} '{left.Name}': it is a {left.Type}");
        if (position.Failure is { } failure)
        {
            if (Failures.IsOfCatcher(failure) || left.Catch.All(catcher => catcher.Next != next))
                Broken(history.Id, $"{e.Name()} '{left.Name}': after {failure.Name()} '{next}' is no successor");
            else if (Failures.Of(failure).TakenBy(left.Catch.Select(catcher => catcher.Errors)) is { } index && (index < 0 || left.Catch[index].Next != next))
                Broken(history.Id, $"{e.Name()} '{left.Name}': '{next}' is not where {failure.Name()} leads");
        }
        else if (left.Type == "Choice" ? next is null || !left.Choices.Contains(next, StringComparer.Ordinal) : next != left.Next)
        {
            Broken(history.Id, $"{e.Name()} '{left.Name}': '{next}' is no successor");
        }
    }
}
