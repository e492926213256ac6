using System.Collections.Immutable;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Interpreter.Branches;

/// <summary>Folds the starts of branches and iterations.</summary>
internal static class BranchEvolution
{
    /// <summary>All branches of a Parallel start at once, each in a lane of its own.</summary>
    public static Scope Started(Scope scope, ParallelStateStarted started)
    {
        var branches = ((ParallelState)StateOf(scope)).Branches;
        if (branches.Length != started.Branches)
            throw new InvalidOperationException($"State '{scope.State}' has {branches.Length} branches, its journal {started.Branches}.");
        var lanes = ImmutableArray.CreateBuilder<Lane>(branches.Length);
        for (var i = 0; i < branches.Length; i++)
            lanes.Add(new Lane(i, Branch(scope, i, branches[i], started, scope.Item), LastId: 0, LastAt: 0));
        return Branching(scope, started, new FanOut { Length = branches.Length, Lanes = lanes.MoveToImmutable(), Started = branches.Length });
    }

    /// <summary>A Map's lanes are free at first; an iteration's start takes one.</summary>
    public static Scope Started(Scope scope, MapStateStarted started)
    {
        var lanes = ImmutableArray.CreateBuilder<Lane>(started.Lanes);
        for (var i = 0; i < started.Lanes; i++)
            lanes.Add(new Lane(Index: -1, Scope: null, started.Id, started.At));
        return Branching(
            scope, started, new FanOut { Length = started.Length, Items = started.Payload, Lanes = lanes.MoveToImmutable() });
    }

    public static Scope Started(Scope scope, MapIterationStarted started)
    {
        var fanOut = scope.Branches!;
        var item = new MapItem(fanOut.Items!, started.Index);
        var iteration = Branch(scope, started.Index, ((MapState)StateOf(scope)).Processor, started, item);
        return scope with { Branches = fanOut.Start(started.Lane, started.Index, iteration) };
    }

    private static StateDefinition StateOf(Scope scope) => ScopeDecider.Find(scope.Definition, scope.State!);

    private static Scope Branching(Scope scope, ExecutionEvent started, FanOut branches) => scope with
    {
        LastAt = started.At,
        LastId = started.Id == 0 ? scope.LastId : started.Id,
        Phase = ScopePhase.Branching,
        Due = null,
        Branches = branches,
    };

    private static Scope Branch(Scope parent, int index, ScopeDefinition definition, ExecutionEvent started, MapItem? item) => new()
    {
        Path = ScopePath.Child(parent.Path, parent.Visit, parent.Attempt, index),
        Definition = definition,
        Data = started.Payload!,
        Next = definition.StartAt.Name,
        LastId = started.Id,
        LastAt = started.At,
        Item = item,
    };
}
