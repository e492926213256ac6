using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// A branch or iteration: runs its states in its own mailbox, side by side with its siblings, and tells its execution what it has decided.
/// It keeps nothing between two messages; the scope is the execution's.
/// </summary>
/// <param name="id">The execution that the branch belongs to.</param>
/// <param name="room">The ports of its execution.</param>
internal sealed class BranchActor(ExecutionId id, ExecutionRoom room) : Actor
{
    /// <inheritdoc/>
    public override void Receive(in Envelope message)
    {
        if (message.Message is not RunBranch run)
            throw new InvalidOperationException($"A branch has no use for {message.Message.GetType().Name}.");
        room.Slots.Enter(id);
        try
        {
            room.FaultPoints.Deciding(run.Execution);
            message.Sender!.Tell(ScopeDecider.Run(run.Scope, run.Execution, run.Context), Self);
        }
        finally
        {
            room.Slots.Leave();
        }
    }
}

/// <summary>To a branch: go on as far as it can.</summary>
/// <param name="Scope">The branch's scope.</param>
/// <param name="Execution">The execution that has this scope.</param>
/// <param name="Context">What the branch may know of the world; the chance in it is the branch's own.</param>
internal sealed record RunBranch(Scope Scope, Execution Execution, DecisionContext Context);
