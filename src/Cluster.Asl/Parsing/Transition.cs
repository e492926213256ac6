using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>A name in a definition that must be a state of the same scope.</summary>
internal readonly record struct Transition(string Target, Location At);

/// <summary>What the checks between states need to know of one state, whether or not it could be compiled.</summary>
/// <param name="Name">Its name.</param>
/// <param name="At">Where it is.</param>
/// <param name="Nesting">Where its scope stands in the machine.</param>
internal sealed record StateOutline(string Name, Location At, ScopeNesting Nesting)
{
    /// <summary>Where it leads, in the order Next, Choices, Default, Catch.</summary>
    public List<Transition> Transitions { get; } = [];

    /// <summary>Whether it ends its scope.</summary>
    public bool IsTerminal { get; set; }

    /// <summary>Whether all its transitions are known; without that, nothing is said about who is reachable.</summary>
    public bool IsUnderstood { get; set; } = true;
}
