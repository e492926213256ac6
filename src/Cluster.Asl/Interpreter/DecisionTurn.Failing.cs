using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.Failures;

namespace Cluster.Asl.Interpreter;

/// <content>What a failure does that nothing in its scope takes.</content>
internal sealed partial class DecisionTurn
{
    /// <summary>A scope has failed and nothing in it takes the failure: the execution ends, or the state does whose branch it is.</summary>
    private void Fail(Scope scope)
    {
        var (error, cause) = FailureText.Shown(scope.Failure!, scope);
        if (scope.Path.Length == 0 || ErrorMatch.IsRuntime(scope.Failure!))
        {
            Accept(new ExecutionFailed(error, cause)
            {
                PreviousId = Math.Max(scope.LastId, scope.MarkerId),
                At = Math.Max(Context.Now, scope.LastAt),
            });
            return;
        }

        var path = ScopePath.Parent(scope.Path);
        while (!Execution.IsClosed && BranchEnds.Next(Execution.Find(path)!) is { } succeeded)
            Accept(succeeded);
        var parent = Execution.Find(path)!;
        CutShort(parent, scope);
        if (Execution.IsClosed)
            return;
        Accept(new StateFailed(error, cause, FailureText.KindOutside(scope.Failure!), ScopePath.Index(scope.Path))
        {
            Scope = path,
            At = Math.Max(Context.Now, Math.Max(parent.LastAt, scope.LastAt)),
        });
        Wait(path);
    }

    /// <summary>An iteration starts or all have ended; or the state fails with that, and what still runs in it is cut short.</summary>
    private void AcceptBranch(Scope parent, ExecutionEvent @event)
    {
        if (@event is StateFailed failed)
        {
            // A States.Runtime ends the execution: of calls that are given up with it nothing is told.
            if (ErrorMatch.IsRuntime(failed.Error))
                _calls.GiveUp(parent);
            else
                CutShort(parent, failed: parent);
        }

        if (!Execution.IsClosed)
            Accept(@event);
    }

    /// <summary>Tells of the branches that a failure cuts short, and gives their calls up.</summary>
    private void CutShort(Scope parent, Scope failed)
    {
        foreach (var @event in BranchEnds.CutShort(parent, failed))
        {
            if (Execution.IsClosed)
                return;

            // Chained to what failed, they are not before its last event either.
            var own = Execution.Find(@event.Scope)!.LastAt;
            Accept(@event with { At = Math.Max(Context.Now, Math.Max(own, failed.LastAt)) });
        }

        if (Execution.IsClosed)
            return;
        OrphanChildren(parent);
        _calls.GiveUp(parent);
    }
}
