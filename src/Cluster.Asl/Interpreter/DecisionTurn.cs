using System.Collections.Immutable;
using Cluster.Asl.Interpreter.Failures;

namespace Cluster.Asl.Interpreter;

/// <summary>One decision in the making: accepts events one by one, numbers them, folds them in, and keeps within the limits.</summary>
internal sealed class DecisionTurn(Execution execution, DecisionContext context)
{
    private readonly ImmutableArray<ExecutionEvent>.Builder _events = ImmutableArray.CreateBuilder<ExecutionEvent>(8);
    private readonly OutstandingCall? _before = execution.Outstanding;
    private bool _answered;
    private int _bytes;

    public Execution Execution { get; private set; } = execution;

    public DecisionContext Context { get; } = context;

    private bool HasRoom => _events.Count < Context.Limits.DecisionEvents && _bytes < Context.Limits.DecisionBytes;

    /// <summary>The call that was out before was answered by this decision's command: it need not be cancelled.</summary>
    public void Answered() => _answered = true;

    /// <summary>Runs states until something outside is needed, the execution ends, or the decision is full.</summary>
    public void Run()
    {
        while (Execution.IsRunnable && HasRoom)
        {
            var scope = Execution.Root!;
            if (scope.Phase == ScopePhase.Succeeded)
                Accept(new ExecutionSucceeded { Payload = scope.Data });
            else
                Accept(ScopeDecider.Step(scope, Execution, Context) ?? Unhandled(scope));
        }
    }

    /// <summary>Settles every deadline that is due, earliest first; after each the scope goes on. The first is settled whatever the limits.</summary>
    public void SettleDeadlines()
    {
        while (Execution.WakeAt is { } due && due <= Context.Now && (HasRoom || _events.Count == 0))
        {
            if (due == Execution.Deadline)
                Accept(new ExecutionTimedOut { At = due });
            else
                Accept(ScopeDecider.Due(Execution.Root!, Execution, Context));
            Run();
        }
    }

    /// <summary>Numbers an event, chains it to its scope, and folds it in. The event that would be one too many is the failure instead.</summary>
    public void Accept(ExecutionEvent @event)
    {
        var limit = Context.Limits.HistoryEvents;
        if (@event is { IsHistory: true, IsTerminal: false } and not ExecutionStarted && limit > 0 && Execution.LastHistoryId + 1 >= limit)
            @event = new ExecutionFailed(ErrorNames.Runtime, $"The execution reached the maximum number of history events ({limit}).");
        var accepted = Numbered(@event);
        _events.Add(accepted);
        Execution = ExecutionEvolution.Evolve(Execution, accepted);
    }

    public Decision End(CommandReply reply)
    {
        var after = Execution.Outstanding;
        var same = _before is not null && after is not null && _before.Visit == after.Visit && _before.Attempt == after.Attempt;
        ImmutableArray<Effect> effects = [];
        if (_before is not null && !same && !_answered)
            effects = effects.Add(new Effect.CancelCall(_before.Scope, _before.Visit, _before.Attempt));
        if (after is not null && !same)
            effects = effects.Add(new Effect.Call(after));
        return new Decision(_events.DrainToImmutable(), effects, reply, Execution);
    }

    private static ExecutionFailed Unhandled(Scope scope)
    {
        var (error, cause) = FailureText.Shown(scope.Failure!, scope);
        return new ExecutionFailed(error, cause);
    }

    private ExecutionEvent Numbered(ExecutionEvent @event)
    {
        var scope = Execution.Root;
        var id = @event.IsHistory ? Execution.LastHistoryId + 1 : 0;

        // Ended from outside, an execution has no causal parent (C23); a time-out carries its due time.
        var previous = @event is ExecutionAborted or ExecutionTimedOut || !@event.IsHistory ? 0 : scope?.LastId ?? 0;
        var at = @event is ExecutionTimedOut ? @event.At : Math.Max(Context.Now, scope?.LastAt ?? 0);
        return @event with { Id = id, PreviousId = previous, At = at, Payload = Placed(@event.Payload, id) };
    }

    /// <summary>The payload as the event holds it: one that an earlier event holds is referred to, a new one is stored here.</summary>
    private Payload? Placed(Payload? payload, long id)
    {
        if (payload is null)
            return null;
        if (payload.Origin != 0)
        {
            if (Execution.FindPayload(payload.Origin) is { } held)
                return held;
            payload = payload.Again();
        }
        else if (SameAsHeld(payload) is { } same)
        {
            return same;
        }

        _bytes += payload.Size;
        payload.StoredIn(id);
        return payload;
    }

    private Payload? SameAsHeld(Payload payload)
    {
        if (Execution.Root is not { } scope)
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
