using System.Text.Json;
using Cluster.Checker.Dumps;
using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>A failure is handed on as it is: a state fails with what its branch failed with, the execution with what its state or, beyond all catchers, any branch did.</summary>
internal sealed class I06Failures() : Rule("I6", "failures handed on")
{
    /// <summary>A cause as long as this may have been cut.</summary>
    private const int MostCharacters = 32_768;

    private const string Runtime = "States.Runtime";
    private const string Timeout = "States.Timeout";

    public override void Take(History history, Event e, Positions at)
    {
        if (e is { WhatCase: What.StateFailed, StateFailed.HasBranch: true })
        {
            var failure = at.Of(at.PathOf(e.Scope, e.StateFailed.Branch)).Failure;
            Judge(history, e, failure, e.StateFailed.HasError ? e.StateFailed.Error : null, e.StateFailed.Cause);
        }
        else if (e.WhatCase == What.ExecutionFailed && e.ExecutionFailed.Error != Runtime)
        {
            Judge(history, e, at.Of("").Failure, e.ExecutionFailed.HasError ? e.ExecutionFailed.Error : null, e.ExecutionFailed.Cause);
        }
        else if (e is { WhatCase: What.StateExited, StateExited.HasNext: true } && at.Of(e.Scope).Failure is { } caught && at.StateOf(e.Scope) is { } state)
        {
            Caught(history, e, caught, state);
        }
    }

    /// <summary>A catcher puts the error and the cause in the place of the result.</summary>
    private void Caught(History history, Event e, Event failure, StateOutline state)
    {
        if (state.Catch.FirstOrDefault(catcher => catcher.Next == e.StateExited.Next && catcher.Place is not null) is not { } catcher || history.TextOf(e) is not { } text)
            return;
        Judged();
        var output = JsonTexts.Parse(text);
        if (catcher.Place!.Length > 0 && (output.ValueKind != JsonValueKind.Object || !output.TryGetProperty(catcher.Place, out output)))
            Broken(history.Id, $"{e.Name()} has no '{catcher.Place}', where {failure.Name()} was to be told");
        else if (output.ValueKind != JsonValueKind.Object || !output.TryGetProperty("Error", out var error) || !output.TryGetProperty("Cause", out var cause))
            Broken(history.Id, $"{e.Name()} does not tell of {failure.Name()}");
        else if (failure.WhatCase == What.TaskFailed && (error.ToString() != failure.TaskFailed.Error || cause.ToString() != failure.TaskFailed.Cause))
            Broken(history.Id, $"{e.Name()} tells of another failure than {failure.Name()}");
        else if (failure.WhatCase == What.StateFailed && error.ToString() != failure.StateFailed.Error)
            Broken(history.Id, $"{e.Name()} tells of another failure than {failure.Name()}");
    }

    private void Judge(History history, Event e, Event? failure, string? error, string cause)
    {
        Judged();
        var (was, because) = failure?.WhatCase switch
        {
            What.TaskFailed => (failure.TaskFailed.HasError ? failure.TaskFailed.Error : null, failure.TaskFailed.Cause),
            What.StateFailed => (failure.StateFailed.HasError ? failure.StateFailed.Error : null, failure.StateFailed.Cause),
            _ => (Timeout, null),
        };
        if (failure is null)
            Broken(history.Id, $"{e.Name()}: nothing has failed there");
        else if (was != error)
            Broken(history.Id, $"{e.Name()} fails with {error}, {failure.Name()} with {was}");
        else if (because is null ? cause.Length > 0 : cause.Length < MostCharacters && !cause.EndsWith(because, StringComparison.Ordinal))
            Broken(history.Id, $"{e.Name()} has another cause than {failure.Name()}");
    }
}
