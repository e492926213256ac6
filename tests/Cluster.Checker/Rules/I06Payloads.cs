using System.Text.Json;
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
    }

    private void Same(History history, Event e, Event? source, string what)
    {
        if (source is null || history.DigestOf(source) is not { } expected || history.DigestOf(e) is not { } digest)
            return;
        Judged();
        if (!digest.Equals(expected) && !MeanTheSame(history.TextOf(source), history.TextOf(e)))
            Broken(history.Id, $"{e.Name()} has another payload than {what}");
    }

    /// <summary>A state that changes nothing may still write the text of a caller in another way.</summary>
    private static bool MeanTheSame(string? text, string? other)
    {
        if (text is null || other is null)
            return false;
        var options = new JsonDocumentOptions { MaxDepth = FunctionAnswer.DeepestPayload };
        using var one = JsonDocument.Parse(text, options);
        using var two = JsonDocument.Parse(other, options);
        return JsonElement.DeepEquals(one.RootElement, two.RootElement);
    }
}
