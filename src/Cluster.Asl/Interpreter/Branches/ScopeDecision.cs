using System.Collections.Immutable;

namespace Cluster.Asl.Interpreter.Branches;

/// <summary>
/// What a scope that was run apart has decided, for its execution to accept. Its events have times but no ids: only the execution numbers.
/// It ends at a failure, since a cause may name a number; the execution settles that and lets the scope go on.
/// </summary>
/// <param name="Basis">The scope as it was; a decision on a scope that has changed since, or is gone, is dropped.</param>
/// <param name="Events">What happened, in order; may be empty.</param>
public sealed record ScopeDecision(Scope Basis, ImmutableArray<ExecutionEvent> Events);
