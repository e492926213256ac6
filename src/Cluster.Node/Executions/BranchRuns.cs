using Cluster.Asl.Interpreter;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// The branches of an execution that are run apart: an actor for each, from its first run until its scope is gone.
/// </summary>
/// <remarks>
/// Always: a scope is given to its actor once, whatever often it is offered; no more than <see cref="ExecutionRoom.BranchesAtATime"/> scopes
/// are out, and the others wait for their turn: a wide state whose branches cost processor time must not make all other executions wait,
/// and each that is out brings back up to <see cref="Limits.DecisionBytes"/>.
/// </remarks>
/// <param name="owner">The execution's actor, in whose turns everything here happens.</param>
/// <param name="id">The execution.</param>
/// <param name="room">The clock, the chance and the limits.</param>
/// <param name="environment">What decisions may ask of the node.</param>
internal sealed class BranchRuns(Actor owner, ExecutionId id, ExecutionRoom room, IDecisionEnvironment environment)
{
    private readonly SortedDictionary<string, Branch> _branches = new(StringComparer.Ordinal);
    private readonly Queue<Branch> _waiting = new();
    private int _out;

    /// <summary>Takes a scope that can go on; one that is out or waits already is not taken again.</summary>
    public void Offer(Scope scope)
    {
        if (!_branches.TryGetValue(scope.Path, out var branch))
            _branches.Add(scope.Path, branch = new Branch());
        if (ReferenceEquals(branch.Scope, scope))
            return;
        Recall(branch);
        branch.Scope = scope;
        _waiting.Enqueue(branch);
    }

    /// <summary>Gives scopes that wait to their actors, as many as may be out.</summary>
    /// <param name="execution">The execution as it is now.</param>
    public void Dispatch(Execution execution)
    {
        // Branches that start together have one time, so that equal limits of theirs end together.
        var now = room.Now;
        while (_out < room.BranchesAtATime && _waiting.TryDequeue(out var branch))
        {
            // Its scope may be gone since, or changed: then it stands further down in the line.
            if (branch.Scope is not { } scope || branch.IsOut)
                continue;
            branch.Actor ??= owner.System.Spawn(string.Concat(owner.Self.Name, scope.Path), new BranchActor(id, room), owner.Self);
            branch.IsOut = true;
            _out++;
            var context = new DecisionContext(now, room.Chance.Next(), room.Limits, BranchesApart: true, environment);
            branch.Actor.Tell(new RunBranch(scope, execution, context), owner.Self);
        }
    }

    /// <summary>A scope's decision has come.</summary>
    public void Returned(ScopeDecision decision)
    {
        if (!_branches.TryGetValue(decision.Basis.Path, out var branch) || !ReferenceEquals(branch.Scope, decision.Basis))
            return;
        Recall(branch);
        branch.Scope = null;
    }

    /// <summary>Ends the actors of the scopes that are gone with these events.</summary>
    public void Follow(IReadOnlyList<ExecutionEvent> events)
    {
        for (var i = 0; i < events.Count && _branches.Count > 0; i++)
        {
            switch (events[i])
            {
                case StateExited { Next: null, Scope: { Length: > 0 } path }:
                    if (_branches.Remove(path, out var ended))
                        End(ended);
                    break;
                case StateFailed failed:
                    EndInside(failed.Scope + "/");
                    break;
                case { IsTerminal: true }:
                    EndAll();
                    break;
            }
        }
    }

    /// <summary>Ends all actors.</summary>
    public void EndAll() => EndInside("");

    private void EndInside(string prefix)
    {
        foreach (var path in _branches.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToList())
        {
            if (_branches.Remove(path, out var ended))
                End(ended);
        }
    }

    private void End(Branch branch)
    {
        Recall(branch);
        branch.Scope = null;
        if (branch.Actor is { } actor)
            owner.System.Stop(actor);
    }

    private void Recall(Branch branch)
    {
        if (branch.IsOut)
            _out--;
        branch.IsOut = false;
    }

    private sealed class Branch
    {
        /// <summary>Spawned at the first run.</summary>
        public ActorRef? Actor { get; set; }

        /// <summary>What waits to be run or is out, or null.</summary>
        public Scope? Scope { get; set; }

        public bool IsOut { get; set; }
    }
}
