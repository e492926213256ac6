namespace Cluster.Asl.Interpreter.Branches;

/// <summary>What is asked of all scopes of an execution at every decision: without allocation, and done at once where there is one scope.</summary>
internal static class ScopeWalk
{
    /// <summary>Whether a call is out in the scope or inside it.</summary>
    public static bool IsCalling(Scope scope) => Any<Calling>(scope);

    /// <summary>Whether an execution is a part of a task of the scope or inside it.</summary>
    public static bool HasChildren(Scope scope) => Any<Parent>(scope);

    /// <summary>Whether somebody else is to end a task of the scope or inside it: a worker, who holds a token, a child.</summary>
    public static bool IsAwaiting(Scope scope) => Any<Awaiting>(scope);

    /// <summary>Whether the scope, or one inside it, can go on without anything from outside.</summary>
    public static bool CanGoOn(Scope scope) => Any<GoingOn>(scope);

    /// <summary>
    /// Whether in the scope, or inside it, is something that only the execution does: a branch to be started or taken in, a failure to be
    /// settled.
    /// </summary>
    public static bool HasWork(Scope scope) => Any<Work>(scope);

    /// <summary>The earliest deadline of the scope and of all inside it, or null when none has one.</summary>
    public static long? Deadline(Scope scope)
    {
        var earliest = scope.Deadline;
        if (scope.Branches is not { } branches)
            return earliest;
        foreach (var lane in branches.Lanes)
        {
            if (lane.Scope is not null && Deadline(lane.Scope) is { } inside && !(earliest <= inside))
                earliest = inside;
        }

        return earliest;
    }

    /// <summary>The scopes that have this deadline, in order.</summary>
    public static Scope[] Due(Scope root, long deadline) =>
        root.Branches is null ? [root] : [.. ScopeTree.All(root).Where(scope => scope.Deadline == deadline)];

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

    private readonly struct Awaiting : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.Phase is ScopePhase.Pending or ScopePhase.Delegated;
    }

    private readonly struct Parent : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.HasChild;
    }

    private readonly struct GoingOn : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.IsRunnable || scope.HasBranchWork;
    }

    private readonly struct Work : IScopeTest
    {
        public static bool Holds(Scope scope) => scope.HasBranchWork || scope.Phase == ScopePhase.Failed;
    }
}
