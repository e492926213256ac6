using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Asl.Interpreter.States;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// The rule of an execution: from where it stands and a command, what happens and what must be done outside. Pure.
/// </summary>
/// <remarks>
/// What always holds: history ids are dense; an event's previous id is the last of its scope; whatever is due at Now is settled before
/// the command, earliest first; a decision ends after <see cref="Limits.DecisionEvents"/> events or <see cref="Limits.DecisionBytes"/>
/// bytes and leaves a runnable execution, which goes on with <see cref="ExecutionCommand.GoOn"/>.
/// </remarks>
public static class ExecutionDecider
{
    /// <summary>Decides a command.</summary>
    public static Decision Decide(Execution execution, ExecutionCommand command, in DecisionContext context)
    {
        var turn = new DecisionTurn(execution, context);
        var reply = command is ExecutionCommand.Start start ? Start(turn, start) : Carry(turn, command);
        return turn.End(reply);
    }

    private static CommandReply Start(DecisionTurn turn, ExecutionCommand.Start start)
    {
        if (turn.Execution.State != ExecutionState.NotStarted)
            throw new InvalidOperationException("An execution starts once.");
        turn.Accept(new ExecutionStarted(start.What) { Payload = start.Input });
        turn.RunAll();
        turn.SettleDeadlines();
        return CommandReply.Done;
    }

    private static CommandReply Carry(DecisionTurn turn, ExecutionCommand command)
    {
        if (turn.Execution.IsClosed)
            return CommandReply.AlreadyClosed;
        if (command is ExecutionCommand.Recover recover)
            turn.RestartHeartbeats(recover.Since);
        turn.SettleDeadlines();
        var reply = turn.Execution.IsClosed ? CommandReply.AlreadyClosed : Apply(turn, command);
        turn.Run("");
        turn.SettleDeadlines();
        return reply;
    }

    private static CommandReply Apply(DecisionTurn turn, ExecutionCommand command)
    {
        switch (command)
        {
            case ExecutionCommand.GoOn or ExecutionCommand.Recover:
                turn.RunAll();
                return CommandReply.Done;
            case ExecutionCommand.Accept accept:
                return turn.TryAccept(accept.What) ? CommandReply.Done : CommandReply.NotWaitedFor;
            case ExecutionCommand.Stop stop:
                turn.Accept(new ExecutionAborted(
                    FailureText.Cut(stop.Error, Limits.ErrorCharacters), FailureText.Cut(stop.Cause, Limits.CauseCharacters)));
                return CommandReply.Done;
            case ExecutionCommand.CompleteTask complete:
                return Answer(turn, complete.Scope, complete.Visit, complete.Attempt, (in StateFrame frame, TaskState state) =>
                    TaskHandler.Completed(frame, state, complete.Output));
            case ExecutionCommand.FailTask fail:
                return Answer(turn, fail.Scope, fail.Visit, fail.Attempt, (in StateFrame frame, TaskState state) =>
                    TaskHandler.NotCompleted(frame, state, fail.Error, fail.Cause));
            case ExecutionCommand.EndOrphan end:
                if (turn.Execution.FindOrphan(end.Scope, end.Visit, end.Attempt) is null)
                    return CommandReply.NotWaitedFor;
                turn.Accept(new ChildStopped(end.Visit, end.Attempt) { Scope = end.Scope });
                return CommandReply.Done;
            case ExecutionCommand.StartActivity start:
                return OnTask(
                    turn, turn.Execution.Task(start.Scope, start.Visit, start.Attempt, ScopePhase.Pending), (in StateFrame frame, TaskState state) =>
                    TaskHandler.Give(frame, state, start.WorkerName));
            case ExecutionCommand.EndTask end:
                return OnTask(turn, WithToken(turn.Execution, end.Scope, end.Visit, end.Attempt, end.Token), (in StateFrame frame, TaskState state) =>
                    TaskHandler.End(frame, state, end.Word));
            case ExecutionCommand.Heartbeat beat:
                return OnTask(turn, WithToken(turn.Execution, beat.Scope, beat.Visit, beat.Attempt, beat.Token), (in StateFrame frame, TaskState _) =>
                    new TaskHeartbeat { Scope = frame.Scope.Path });
            default:
                throw new InvalidOperationException($"No rule for {command.GetType().Name}.");
        }
    }

    /// <summary>The scope whose attempt has the token and waits for a word, or null.</summary>
    private static Scope? WithToken(Execution execution, string path, long visit, int attempt, string token) =>
        execution.Find(path) is { Phase: ScopePhase.Calling or ScopePhase.Delegated, Word: null, Token: { } own } scope
            && scope.Visit == visit && scope.Attempt == attempt && string.Equals(own, token, StringComparison.Ordinal)
            ? scope
            : null;

    private static CommandReply Answer(DecisionTurn turn, string path, long visit, int attempt, AnswerRule rule) =>
        OnTask(turn, turn.Execution.Task(path, visit, attempt, ScopePhase.Calling), rule);

    private static CommandReply OnTask(DecisionTurn turn, Scope? scope, AnswerRule rule)
    {
        if (scope is null)
            return CommandReply.NotWaitedFor;
        var state = (TaskState)ScopeDecider.Find(scope.Definition, scope.State!);
        turn.Answer(rule(new StateFrame(scope, state, turn.Execution, turn.Context), state));
        return CommandReply.Done;
    }

    private delegate ExecutionEvent AnswerRule(in StateFrame frame, TaskState state);
}
