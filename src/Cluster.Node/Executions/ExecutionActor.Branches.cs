using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Node.Actors;

namespace Cluster.Node.Executions;

/// <content>Branches run in actors of their own. They start before the commit of what made them ready: only what leaves waits for it.</content>
public sealed partial class ExecutionActor
{
    /// <summary>Made for the first branch: most executions have none.</summary>
    private BranchRuns? _branches;

    /// <summary>Whether branches may not have been given to their actors, because too much waited for its commit.</summary>
    private bool _holdsBranches;

    /// <summary>Ends the actors of scopes that are gone, and gives those that can go on to theirs.</summary>
    private void RunBranches(Decision decision)
    {
        _branches?.Follow(decision.Events);
        if (!decision.Ready.IsEmpty)
            _branches ??= new BranchRuns(this, _id, _room, _environment);
        if (_branches is null || _hold.Drain.IsOn)
            return;
        _holdsBranches |= IsFull;
        if (IsFull)
            return;
        foreach (var scope in decision.Ready)
            _branches.Offer(scope);
        _branches.Dispatch(decision.Execution);
    }

    /// <summary>Gives the branches to their actors that had to wait for a commit.</summary>
    private void RunHeldBranches()
    {
        if (!_holdsBranches || IsFull || _hold.Drain.IsOn)
            return;
        _holdsBranches = false;
        foreach (var scope in _execution!.Ready)
            _branches!.Offer(scope);
        _branches!.Dispatch(_execution);
    }

    private void Accept(ScopeDecision decision)
    {
        _branches!.Returned(decision);

        // While the node drains no state is run: the branch is run again by the next process.
        if (!_hold.Drain.IsOn && Decide(new ExecutionCommand.Accept(decision)).Reply != CommandReply.Done)
            _room.Metrics.BranchDropped();
    }

    /// <summary>A branch has ended. One that failed takes its execution with it: what it was about to decide would be decided again.</summary>
    private void Ended(Terminated branch)
    {
        if (branch.Failure is not null && !_ending)
            throw new ChildFailedException(branch.Actor.Name, branch.Failure);
        Rest();
    }
}
