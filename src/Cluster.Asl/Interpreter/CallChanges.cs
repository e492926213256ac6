using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Asl.Interpreter;

/// <summary>The calls that one decision starts, and those that it gives up.</summary>
internal sealed class CallChanges
{
    private List<Effect.CancelCall>? _givenUp;
    private List<Effect.CancelCall>? _started;
    private List<Effect.CancelCall>? _startedInVain;

    /// <summary>Notes what an event does to the call of its scope.</summary>
    /// <param name="event">The event.</param>
    /// <param name="scope">Its scope before the event; null before the start.</param>
    public void Note(ExecutionEvent @event, Scope? scope)
    {
        if (@event is TaskStarted { Kind: not TaskKind.Activity })
            (_started ??= []).Add(KeyOf(scope!));
        else if (@event is TaskTimedOut || (@event.IsTerminal && scope is not null) || (@event is TaskSucceeded or TaskFailed && scope!.Word is not null))
            GiveUp(scope!);
    }

    /// <summary>Gives up the calls of a scope and of all inside it.</summary>
    public void GiveUp(Scope scope)
    {
        if (!ScopeWalk.IsCalling(scope))
            return;
        foreach (var inside in ScopeTree.All(scope))
        {
            if (inside.Phase != ScopePhase.Calling)
                continue;
            if (Starts(inside))
                (_startedInVain ??= []).Add(KeyOf(inside));

            // The answer of a call that starts a part of the task tells what is to be stopped.
            else if (!inside.HasChild)
                (_givenUp ??= []).Add(KeyOf(inside));
        }
    }

    /// <summary>Whether it is this decision that starts the call of a scope: given up by the same decision, it never leaves.</summary>
    public bool Starts(Scope scope) => _started?.Contains(KeyOf(scope)) is true;

    /// <summary>The effects, with what is to be called as the execution has it in the end.</summary>
    public ImmutableArray<Effect> Effects(Execution execution)
    {
        if (_givenUp is null && _started is null)
            return [];
        var effects = ImmutableArray.CreateBuilder<Effect>();
        if (_givenUp is not null)
            effects.AddRange(_givenUp);
        foreach (var started in _started ?? [])
        {
            if (_startedInVain?.Contains(started) is not true)
                effects.Add(new Effect.Call(OutstandingCall.Of(execution.Find(started.Scope)!)));
        }

        return effects.DrainToImmutable();
    }

    private static Effect.CancelCall KeyOf(Scope scope) => new(scope.Path, scope.Visit, scope.Attempt);
}
