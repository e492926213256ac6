using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Cluster.Asl.Definitions;

/// <summary>A compiled state machine: parsed, valid, its paths, templates and rules ready to run. Immutable and shared.</summary>
/// <param name="Root">The machine's own states.</param>
/// <param name="TimeoutSeconds">The execution's budget, or null for none.</param>
/// <param name="Comment">The author's comment.</param>
public sealed record StateMachineDefinition(ScopeDefinition Root, long? TimeoutSeconds, string? Comment)
{
    private ImmutableArray<string> _activities;

    /// <summary>The ARNs of the activities that its Tasks name, each once; empty for most machines.</summary>
    public ImmutableArray<string> Activities
    {
        get
        {
            // Several threads may find the same.
            if (_activities.IsDefault)
                ImmutableInterlocked.InterlockedInitialize(ref _activities, [.. ActivitiesOf(Root).Distinct(StringComparer.Ordinal)]);
            return _activities;
        }
    }

    /// <inheritdoc/>
    public bool Equals(StateMachineDefinition? other) =>
        other is not null && ReferenceEquals(Root, other.Root) && TimeoutSeconds == other.TimeoutSeconds
        && string.Equals(Comment, other.Comment, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)TimeoutSeconds.GetValueOrDefault());

    private static IEnumerable<string> ActivitiesOf(ScopeDefinition scope) => scope.States.SelectMany(state => state switch
    {
        TaskState { Resource.Kind: TaskKind.Activity } task => [task.Resource.Arn],
        ParallelState parallel => parallel.Branches.SelectMany(ActivitiesOf),
        MapState map => ActivitiesOf(map.Processor),
        _ => Enumerable.Empty<string>(),
    });
}

/// <summary>A set of states with one entry: the machine itself, each Parallel branch, each Map processor.</summary>
public sealed class ScopeDefinition
{
    private readonly Dictionary<string, StateDefinition> _byName;

    /// <summary>Makes a scope of states in document order; names are distinct and <paramref name="startAt"/> is one of them.</summary>
    public ScopeDefinition(string startAt, ImmutableArray<StateDefinition> states)
    {
        States = states;
        _byName = new Dictionary<string, StateDefinition>(states.Length, StringComparer.Ordinal);
        foreach (var state in states)
            _byName.Add(state.Name, state);
        StartAt = _byName[startAt];
    }

    /// <summary>The first state.</summary>
    public StateDefinition StartAt { get; }

    /// <summary>All states of this scope in document order.</summary>
    public ImmutableArray<StateDefinition> States { get; }

    /// <summary>Looks a state of this scope up by name.</summary>
    public bool TryGetState(string name, [NotNullWhen(true)] out StateDefinition? state) => _byName.TryGetValue(name, out state);
}
