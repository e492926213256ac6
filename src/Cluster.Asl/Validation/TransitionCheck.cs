using Cluster.Asl.Parsing;

namespace Cluster.Asl.Validation;

/// <summary>
/// Checks one scope's states against each other, in AWS's order: no dangling transition, a terminal state, no unreachable state.
/// </summary>
/// <remarks>
/// AWS asks for a terminal state of the machine only: a branch or an item processor may loop without one. A machine without one is
/// told nothing of who is reachable.
/// </remarks>
internal static class TransitionCheck
{
    public static void Run(Transition? startAt, IReadOnlyList<StateOutline> states, bool isMachine, DiagnosticBag diagnostics)
    {
        var byName = new Dictionary<string, StateOutline>(states.Count, StringComparer.Ordinal);
        foreach (var state in states)
            byName.TryAdd(state.Name, state);
        var understood = states.All(s => s.IsUnderstood);
        var mayEnd = !isMachine || states.Any(s => s.IsTerminal);
        if (startAt is { } start)
            CheckTarget(start, byName, diagnostics);
        foreach (var transition in states.SelectMany(s => s.Transitions))
            CheckTarget(transition, byName, diagnostics);
        if (understood && !mayEnd)
            diagnostics.Add(DiagnosticCodes.MissingEndState, "Workflow has no terminal state", at: null);
        if (understood && mayEnd && startAt is { } first)
            CheckReachable(first.Target, states, byName, diagnostics);
    }

    private static void CheckTarget(Transition transition, Dictionary<string, StateOutline> byName, DiagnosticBag diagnostics)
    {
        if (!byName.ContainsKey(transition.Target))
            diagnostics.Add(DiagnosticCodes.MissingTransitionTarget, $"Missing 'Next' target: {transition.Target}", transition.At);
    }

    private static void CheckReachable(
        string first, IReadOnlyList<StateOutline> states, Dictionary<string, StateOutline> byName, DiagnosticBag diagnostics)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([first]);
        while (open.TryPop(out var name))
        {
            if (!byName.TryGetValue(name, out var state) || !reached.Add(name))
                continue;
            foreach (var transition in state.Transitions)
                open.Push(transition.Target);
        }

        foreach (var state in states)
        {
            if (!reached.Contains(state.Name))
                diagnostics.Add(DiagnosticCodes.MissingTransitionTarget, $"State \"{state.Name}\" is not reachable.", state.At);
        }
    }
}
