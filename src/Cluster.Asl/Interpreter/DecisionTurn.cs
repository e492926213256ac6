using System.Collections.Immutable;
using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// One decision in the making: accepts events one by one, numbers them, folds them in, lets scopes go on, and keeps within the limits.
/// </summary>
internal sealed partial class DecisionTurn(Execution execution, DecisionContext context)
{
    private readonly ImmutableArray<ExecutionEvent>.Builder _events = ImmutableArray.CreateBuilder<ExecutionEvent>(8);
    private readonly CallChanges _calls = new();
    private Queue<string>? _waiting;
    private ImmutableArray<Scope>.Builder? _ready;
    private int _bytes;

    public Execution Execution { get; private set; } = execution;

    public DecisionContext Context { get; } = context;

    private bool HasRoom => _events.Count < Context.Limits.DecisionEvents && _bytes < Context.Limits.DecisionBytes;

    /// <summary>Lets a scope go on, and all that can go on because of it, until something outside is needed or the decision is full.</summary>
    public void Run(string path)
    {
        GoOn(path);
        while (_waiting is { Count: > 0 })
            GoOn(_waiting.Dequeue());
    }

    /// <summary>Lets everything go on that a full decision has left.</summary>
    public void RunAll()
    {
        if (Execution.Root!.Branches is not null && !Execution.IsClosed)
        {
            foreach (var scope in ScopeTree.All(Execution.Root))
                Wait(scope.Path);
        }

        Run("");
    }

    /// <summary>
    /// Settles every deadline that is due, earliest first, those of one instant together; after each the scope goes on. The first is settled
    /// whatever the limits.
    /// </summary>
    public void SettleDeadlines()
    {
        while (Execution.WakeAt is { } due && due <= Context.Now && (HasRoom || _events.Count == 0))
        {
            if (due == Execution.Deadline)
            {
                Accept(new ExecutionTimedOut { At = due });
                return;
            }

            foreach (var scope in ScopeWalk.Due(Execution.Root!, due))
            {
                Accept(ScopeDecider.Due(scope, Execution, Context));
                if (Execution.IsClosed)
                    return;
                Wait(scope.Path);
            }

            Run("");
        }
    }

    /// <summary>Measures the silence anew of tasks whose last heartbeat was before a time.</summary>
    public void RestartHeartbeats(long since)
    {
        foreach (var scope in ScopeTree.All(Execution.Root!).Where(scope =>
            scope is { Phase: ScopePhase.Calling or ScopePhase.Delegated, TokenTask.HeartbeatSeconds: { } seconds } && scope.HeartbeatAt - (seconds * 1000) < since).ToList())
            Accept(new TaskHeartbeat { Scope = scope.Path });
    }

    /// <summary>Takes what a scope that was run apart has decided; false when it is the decision on a scope that is no more as it was.</summary>
    public bool TryAccept(ScopeDecision decision)
    {
        if (!ReferenceEquals(Execution.Find(decision.Basis.Path), decision.Basis))
            return false;
        foreach (var @event in decision.Events)
        {
            // The decision stays as it is.
            Accept(@event with { });
            if (Execution.IsClosed)
                return true;
        }

        Run(decision.Basis.Path);
        return true;
    }

    /// <summary>Takes the answer of a call and lets its scope go on.</summary>
    public void Answer(ExecutionEvent answer)
    {
        Accept(answer);
        if (!Execution.IsClosed)
            Run(answer.Scope);
    }

    public Decision End(CommandReply reply) => new(
        _events.DrainToImmutable(),
        _calls.Effects(Execution),
        reply,
        Execution,
        _ready is null || Execution.IsClosed
            ? []
            : [.. _ready.Where(scope => ReferenceEquals(Execution.Find(scope.Path), scope)).Distinct(ReferenceEqualityComparer.Instance).Cast<Scope>()]);

    /// <summary>Lets one scope go on as far as it can.</summary>
    private void GoOn(string path)
    {
        while (!Execution.IsClosed && Execution.Find(path) is { } scope)
        {
            if (path.Length > 0 && Context.BranchesApart && scope.IsRunnable && scope.Phase != ScopePhase.Failed)
            {
                (_ready ??= ImmutableArray.CreateBuilder<Scope>(4)).Add(scope);
                return;
            }

            if (!HasRoom)
                return;
            if (scope.HasBranchWork)
            {
                if (BranchEnds.Next(scope) is { } succeeded)
                    Accept(succeeded);
                else
                    AcceptBranch(scope, ScopeDecider.Branch(scope, Execution, Context));
            }
            else if (scope.Phase == ScopePhase.Succeeded)
            {
                if (path.Length == 0)
                    Accept(new ExecutionSucceeded { Payload = scope.Data });
                return;
            }
            else if (!scope.IsRunnable)
            {
                return;
            }
            else if (ScopeDecider.Step(scope, Execution, Context) is { } @event)
            {
                Accept(@event);
            }
            else
            {
                Fail(scope);
                return;
            }
        }
    }

    /// <summary>Lets those go on whom an event concerns beside its own scope: branches that start, and the parent of one that ends.</summary>
    private void WakeAfter(ExecutionEvent @event)
    {
        switch (@event)
        {
            case ParallelStateStarted:
                foreach (var lane in Execution.Find(@event.Scope)!.Branches!.Lanes)
                    Wait(lane.Scope!.Path);
                break;
            case MapIterationStarted started:
                Wait(Execution.Find(@event.Scope)!.Branches!.Lanes[started.Lane].Scope!.Path);
                break;
            case StateExited { Next: null, Scope.Length: > 0 }:
                Wait(ScopePath.Parent(@event.Scope));
                break;
        }
    }

    private void Wait(string path) => (_waiting ??= new Queue<string>()).Enqueue(path);
}
