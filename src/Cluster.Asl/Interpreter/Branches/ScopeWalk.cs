namespace Cluster.Asl.Interpreter.Branches;

/// <summary>What is asked of all scopes of an execution at every decision: without allocation, and done at once where there is one scope.</summary>
internal static class ScopeWalk
{
    /// <summary>Whether a call is out in the scope or inside it.</summary>
    public static bool IsCalling(Scope scope) => Any<Calling>(scope);

    /// <summary>Whether the scope, or one inside it, can go on without anything from outside.</summary>
    public static bool CanGoOn(Scope scope) => Any<GoingOn>(scope);

    /// <summary>Whether in the scope, or inside it, a branch is to be started or taken in.</summary>
    public static bool HasBranchWork(Scope scope) => Any<BranchWork>(scope);

    /// <summary>The scope with the earliest deadline, the scope itself or one inside it; null when none has one.</summary>
    public static Scope? Earliest(Scope scope)
    {
        var earliest = scope.Deadline is null ? null : scope;
        if (scope.Branches is not { } branches)
            return earliest;
        foreach (var lane in branches.Lanes)
        {
            if (lane.Scope is not null && Earliest(lane.Scope) is { } inside && !(earliest?.Deadline <= inside.Deadline))
                earliest = inside;
        }

        return earliest;
    }

    private static bool Any<TTest>(Scope scope)
        where TTest : IScopeTest
    {
        if (TTest.Holds(scope))
            return true;
        if (scope.Branches is not { } branches)
            return false;
        foreach (var lane in branches.Lanes)
        {
            if (lane.Scope is not null && Any<TTest>(lane.Scope))
                return true;
        }

        return false;
    }

    private interface IScopeTest
    {
        static abstract bool Holds(Scope scope);
    }

    private readonly struct Calling : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.Phase == ScopePhase.Calling;
    }

    private readonly struct GoingOn : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.IsRunnable || scope.HasBranchWork;
    }

    private readonly struct BranchWork : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.HasBranchWork;
    }
}
