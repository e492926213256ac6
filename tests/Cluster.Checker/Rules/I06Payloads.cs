using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// The walk carries its data: a state is given what the one before it put out, the first one what its scope is given; a state that changes
/// nothing puts out what it was given, or what its call answered; the execution puts out what its last state did.
/// </summary>
internal sealed class I06Payloads() : Rule("I6", "payloads handed on")
{
    public override void Take(History history, Event e, Positions at)
    {
        var position = at.Of(e.Scope);
        if (e.WhatCase == What.StateEntered)
            Same(history, e, position.DataOf, "what came before it put out");
        else if (e.WhatCase == What.ExecutionSucceeded)
            Same(history, e, position.DataOf, "its last state put out");
        else if (e.WhatCase == What.StateExited && position.Failure is null && at.StateOf(e.Scope) is { } state)
            Left(history, e, position, state);
    }

    private void Left(History history, Event e, Position position, Histories.StateOutline state)
    {
        if (state.HandsOn)
            Same(history, e, position.Entered, "it was given");
        else if (state is { Type: "Task", HasPlainResult: true } && position.Last is { WhatCase: What.TaskSucceeded } answer)
            Same(history, e, answer, "its call answered");
        else if (state is { Type: "Task", Placed: { } member } && position.Last is { WhatCase: What.TaskSucceeded } placed)
            Placed(history, e, position, placed, member);
    }

    private void Same(History history, Event e, Event? source, string what)
    {
        if (source is null || history.DigestOf(source) is not { } expected || history.DigestOf(e) is not { } digest)
            return;
        Judged();
        if (!digest.Equals(expected) && !JsonTexts.MeanTheSame(history.TextOf(source), history.TextOf(e)))
            Broken(history.Id, $"{e.Name()} has another payload than {what}");
    }

    private void Placed(History history, Event e, Position position, Event answer, string member)
    {
        if (history.TextOf(e) is not { } text || history.TextOf(answer) is not { } value || position.Entered is not { } entered || history.TextOf(entered) is not { } into)
            return;
        Judged();
        if (!JsonTexts.IsPlaced(text, member, value, into))
            Broken(history.Id, $"{e.Name()} is not what it was given with what its call answered as '{member}'");
    }
}
