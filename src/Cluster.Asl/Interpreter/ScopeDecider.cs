using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.States;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// Decides the next step of a scope, one event at a time. Pure: the same scope, execution and context give the same event. Of the execution
/// it looks at nothing but what was pinned at the start, so that scopes can be run side by side.
/// </summary>
public static class ScopeDecider
{
    /// <summary>
    /// Runs a scope apart until it needs something from outside or from its execution, has failed, or the decision is full. The execution
    /// takes the decision with <see cref="ExecutionCommand.Accept"/>.
    /// </summary>
    /// <param name="scope">A scope that can go on by itself, as its execution has it.</param>
    /// <param name="execution">The execution, at any time since it has this scope.</param>
    /// <param name="context">The context.</param>
    public static ScopeDecision Run(Scope scope, Execution execution, in DecisionContext context)
    {
        var basis = scope;
        var events = ImmutableArray.CreateBuilder<ExecutionEvent>(4);
        var bytes = 0;
        while (scope.IsRunnable && scope.Phase != ScopePhase.Failed
            && events.Count < context.Limits.DecisionEvents && bytes < context.Limits.DecisionBytes)
        {
            var @event = Step(scope, execution, context)!;
            if (@event.At == 0)
                @event = @event with { At = Math.Max(context.Now, scope.LastAt) };
            bytes += @event.Payload is { Origin: 0 } payload ? payload.Size : 0;
            events.Add(@event);
            scope = ScopeEvolution.Evolve(scope, @event);
        }

        return new ScopeDecision(basis, events.DrainToImmutable());
    }

    /// <summary>The next event of a runnable scope, or null when its failure is neither retried nor caught: then its owner ends it.</summary>
    internal static ExecutionEvent? Step(Scope scope, Execution execution, in DecisionContext context)
    {
        if (scope.Phase == ScopePhase.Moving)
            return Enter(scope, Find(scope.Definition, scope.Next!));
        var state = Find(scope.Definition, scope.State!);
        var frame = new StateFrame(scope, state, execution, context);
        return scope.Phase switch
        {
            ScopePhase.Entered => Begin(frame, state),
            ScopePhase.Scheduled => TaskHandler.Start(frame, (TaskState)state),
            ScopePhase.Delegated => TaskHandler.End(frame, (TaskState)state, scope.Word!),
            ScopePhase.Answered => ResultHandler.Finish(frame, (TaskState)state, scope.Result!),
            ScopePhase.Joined => ResultHandler.Finish(frame, (RecoverableState)state, ResultHandler.Outputs(scope.Branches!)),
            ScopePhase.Failed => FailureHandler.Settle(frame, state),
            _ => throw new InvalidOperationException($"A scope that is {scope.Phase} cannot go on by itself."),
        };
    }

    /// <summary>The next event of a scope whose branches run and that has an iteration to start, or no branch left that runs.</summary>
    internal static ExecutionEvent Branch(Scope scope, Execution execution, in DecisionContext context)
    {
        var state = (RecoverableState)Find(scope.Definition, scope.State!);
        var frame = new StateFrame(scope, state, execution, context);
        return scope.Branches!.CanStart ? MapHandler.StartNext(frame, (MapState)state) : ResultHandler.Join(frame, state);
    }

    /// <summary>The event that settles the scope's deadline, which is due.</summary>
    internal static ExecutionEvent Due(Scope scope, Execution execution, in DecisionContext context)
    {
        var state = Find(scope.Definition, scope.State!);
        var frame = new StateFrame(scope, state, execution, context);
        return scope.Phase switch
        {
            ScopePhase.Waiting => WaitHandler.End(frame, (WaitState)state),
            ScopePhase.BackingOff => Begin(frame, state),
            ScopePhase.Calling or ScopePhase.Delegated when scope.Word is { } word => TaskHandler.Told(frame, (TaskState)state, word),
            ScopePhase.Calling or ScopePhase.Pending or ScopePhase.Delegated => TimedOut(scope, (TaskState)state),
            _ => throw new InvalidOperationException($"A scope that is {scope.Phase} has no deadline."),
        };
    }

    /// <summary>The state of a scope, by name.</summary>
    internal static StateDefinition Find(ScopeDefinition states, string name) =>
        states.TryGetState(name, out var state)
            ? state
            : throw new InvalidOperationException($"The definition has no state '{name}', which its journal names.");

    private static StateEntered Enter(Scope scope, StateDefinition state) =>
        new(state.Name, state.Type) { Scope = scope.Path, Payload = scope.Data };

    private static ExecutionEvent Begin(in StateFrame frame, StateDefinition state) => state switch
    {
        PassState pass => PassHandler.Run(frame, pass),
        TaskState task => TaskHandler.Schedule(frame, task),
        ChoiceState choice => ChoiceHandler.Run(frame, choice),
        WaitState wait => WaitHandler.Begin(frame, wait),
        SucceedState succeed => frame.TryInput(succeed, out var input, out var failed) ? frame.Leave(succeed, input, next: null) : failed!,
        FailState fail => FailHandler.Run(frame, fail),
        ParallelState parallel => ParallelHandler.Begin(frame, parallel),
        MapState map => MapHandler.Begin(frame, map),
        _ => throw new InvalidOperationException($"No handler for a state of type {state.Type}."),
    };

    private static TaskTimedOut TimedOut(Scope scope, TaskState state)
    {
        var silent = scope.HeartbeatAt is { } heartbeat && !(scope.TimeoutAt <= heartbeat);
        return new TaskTimedOut(state.Resource.Arn, state.Resource.Kind, silent) { Scope = scope.Path };
    }
}
