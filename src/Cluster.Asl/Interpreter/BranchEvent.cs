using Cluster.Asl.Definitions;

namespace Cluster.Asl.Interpreter;

/// <summary>An event of the branches of a Parallel state or the iterations of a Map state. A storage format like all events: add, don't change.</summary>
public abstract record BranchEvent : ExecutionEvent;

/// <summary>
/// The branches of a Parallel state start, in the first attempt or in a further one. The payload is the input that each branch gets a copy of.
/// </summary>
/// <param name="Branches">How many there are.</param>
public sealed record ParallelStateStarted(int Branches) : BranchEvent;

/// <summary>The iterations of a Map state start, in the first attempt or in a further one. The payload is what it iterates over.</summary>
/// <param name="Length">How many items there are.</param>
/// <param name="Lanes">How many iterations may run at a time.</param>
public sealed record MapStateStarted(int Length, int Lanes) : BranchEvent;

/// <summary>
/// An iteration started; in the Map's scope. It is chained to the last state event of the iteration that had its lane before, or to
/// <see cref="MapStateStarted"/>. The payload is the iteration's input.
/// </summary>
/// <param name="Name">The Map state.</param>
/// <param name="Index">The item, from 0.</param>
/// <param name="Lane">The lane that it runs in, from 0; AWS does not show it.</param>
public sealed record MapIterationStarted(string Name, int Index, int Lane) : BranchEvent;

/// <summary>An iteration ended well; in the iteration's scope, whose chain ends here.</summary>
/// <param name="Name">The Map state.</param>
/// <param name="Index">The item, from 0.</param>
public sealed record MapIterationSucceeded(string Name, int Index) : BranchEvent;

/// <summary>An iteration failed and with it the attempt of the Map; in the iteration's scope.</summary>
/// <param name="Name">The Map state.</param>
/// <param name="Index">The item, from 0.</param>
public sealed record MapIterationFailed(string Name, int Index) : BranchEvent;

/// <summary>An iteration was cut short because another one failed; in the iteration's scope.</summary>
/// <param name="Name">The Map state.</param>
/// <param name="Index">The item, from 0.</param>
public sealed record MapIterationAborted(string Name, int Index) : BranchEvent;

/// <summary>A state was cut short because its branch failed or another one did; in the branch's scope.</summary>
/// <param name="Type">The state's type, by which the history event is named.</param>
public sealed record StateAborted(StateType Type) : BranchEvent;

/// <summary>
/// All branches or iterations have ended well. A marker: what follows is chained to the event before it (C22).
/// </summary>
/// <param name="Type">Parallel or Map, by which the history event is named.</param>
public sealed record BranchesSucceeded(StateType Type) : BranchEvent;

/// <summary>A Parallel or Map state has failed and no retrier takes it; a catcher still may.</summary>
/// <param name="Type">Parallel or Map, by which the history event is named.</param>
public sealed record BranchesFailed(StateType Type) : BranchEvent;
