using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.States;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// Decides the next step of a scope that can go on by itself, one event at a time. Pure: the same scope, execution and context give the
/// same event. The execution numbers it; a branch that runs on its own goes on until a cause needs a number that it was not told.
/// </summary>
internal static class ScopeDecider
{
    /// <summary>The next event of a runnable scope, or null when its failure is neither retried nor caught: then its owner ends it.</summary>
    public static ExecutionEvent? Step(Scope scope, Execution execution, in DecisionContext context)
    {
        var states = execution.Definition.Root;
        if (scope.Phase == ScopePhase.Moving)
            return Enter(scope, Find(states, scope.Next!));
        var state = Find(states, scope.State!);
        var frame = new StateFrame(scope, execution, context);
        return scope.Phase switch
        {
            ScopePhase.Entered => Begin(frame, state),
            ScopePhase.Scheduled => TaskHandler.Start(frame, (TaskState)state),
            ScopePhase.Answered => TaskHandler.Finish(frame, (TaskState)state),
            ScopePhase.Failed => FailureHandler.Settle(frame, state),
            _ => throw new InvalidOperationException($"A scope that is {scope.Phase} cannot go on by itself."),
        };
    }

    /// <summary>The event that settles the scope's deadline, which is due.</summary>
    public static ExecutionEvent Due(Scope scope, Execution execution, in DecisionContext context)
    {
        var state = Find(execution.Definition.Root, scope.State!);
        var frame = new StateFrame(scope, execution, context);
        return scope.Phase switch
        {
            ScopePhase.Waiting => WaitHandler.End(frame, (WaitState)state),
            ScopePhase.BackingOff => TaskHandler.Schedule(frame, (TaskState)state),
            ScopePhase.Calling => TimedOut(scope, (TaskState)state),
            _ => throw new InvalidOperationException($"A scope that is {scope.Phase} has no deadline."),
        };
    }

    /// <summary>The state of a scope, by name.</summary>
    public static StateDefinition Find(ScopeDefinition states, string name) =>
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
        _ => throw new InvalidOperationException($"No handler for a state of type {state.Type}."),
    };

    private static TaskTimedOut TimedOut(Scope scope, TaskState state)
    {
        var silent = scope.HeartbeatAt is { } heartbeat && !(scope.TimeoutAt <= heartbeat);
        return new TaskTimedOut(state.Resource.Arn, state.Resource.Kind, silent) { Scope = scope.Path };
    }
}
