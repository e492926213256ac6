using System.Collections.Immutable;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.Failures;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// One decision in the making: accepts events one by one, numbers them, folds them in, lets scopes go on, and keeps within the limits.
/// </summary>
internal sealed class DecisionTurn(Execution execution, DecisionContext context)
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

    /// <summary>
    /// Numbers an event, which is new and from here on the execution's, chains it to its scope, and folds it in. The event that would be
    /// one too many is the failure instead.
    /// </summary>
    public void Accept(ExecutionEvent @event)
    {
        var scope = Execution.Find(@event.Scope);
        var limit = Context.Limits.HistoryEvents;
        if (limit > 0 && Execution.LastHistoryId + 1 >= limit && @event is { IsHistory: true, IsTerminal: false } and not ExecutionStarted)
        {
            @event = new ExecutionFailed(ErrorNames.Runtime, $"The execution reached the maximum number of history events ({limit}).")
            {
                PreviousId = Previous(@event, scope),
                At = Math.Max(@event.At, Math.Max(Context.Now, scope!.LastAt)),
            };
            scope = Execution.Root;
        }

        Number(@event, scope);
        _events.Add(@event);
        _calls.Note(@event, scope);
        Execution = ExecutionEvolution.Evolve(Execution, @event);
        WakeAfter(@event);
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

        if (!Execution.IsClosed)
            _calls.GiveUp(parent);
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

    private void Number(ExecutionEvent @event, Scope? scope)
    {
        var id = @event.IsHistory ? Execution.LastHistoryId + 1 : 0;
        @event.Accepted(
            id,
            Previous(@event, scope),
            @event.At != 0 ? @event.At : Math.Max(Context.Now, scope?.LastAt ?? 0),
            Placed(@event.Payload, scope, @event.Scope, id));
    }

    private static long Previous(ExecutionEvent @event, Scope? scope)
    {
        // Ended from outside, an execution has no causal parent (C23).
        if (@event is ExecutionAborted or ExecutionTimedOut || !@event.IsHistory)
            return 0;
        return @event.PreviousId != 0 ? @event.PreviousId : scope?.LastId ?? 0;
    }

    /// <summary>The payload as the event holds it: one that an earlier event holds is referred to, a new one is stored here.</summary>
    private Payload? Placed(Payload? payload, Scope? scope, string path, long id)
    {
        if (payload is null)
            return null;
        if (payload.Origin != 0)
        {
            if (Execution.FindPayload(path, payload.Origin) is { } held)
                return held;
            payload = payload.Again();
        }
        else if (SameAsHeld(payload, scope) is { } same)
        {
            return same;
        }

        // The text is written here at the latest: an accepted payload is only read, by whatever threads.
        _bytes += payload.Size;
        payload.StoredIn(id);
        return payload;
    }

    private Payload? SameAsHeld(Payload payload, Scope? scope)
    {
        if (scope is null)
            return null;
        if (scope.TaskInput is { Origin: > 0 } input && input.SameText(payload))
            return input;
        if (scope.Result is { Origin: > 0 } result && result.SameText(payload))
            return result;
        if (scope.Data is { Origin: > 0 } data && data.SameText(payload))
            return data;
        return Execution.Input is { Origin: > 0 } first && first.SameText(payload) ? first : null;
    }
}
