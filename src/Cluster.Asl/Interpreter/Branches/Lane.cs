namespace Cluster.Asl.Interpreter.Branches;

/// <summary>A place in which one branch runs, or one iteration after the other.</summary>
/// <param name="Index">The branch or item that runs in it or ran in it last; -1 before the first.</param>
/// <param name="Scope">What runs in it; null while it is free.</param>
/// <param name="LastId">While it is free: the history id to which the next iteration is chained.</param>
/// <param name="LastAt">While it is free: when that event was, in Unix milliseconds.</param>
public sealed record Lane(int Index, Scope? Scope, long LastId, long LastAt)
{
    /// <summary>Whether a branch runs in it.</summary>
    public bool IsTaken => Scope is not null;
}
