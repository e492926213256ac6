using System.Collections.Frozen;
using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads StartAt and States: of the machine, of each branch and of each item processor.</summary>
internal static class ScopeReader
{
    /// <summary>Reads a scope inside a state: null, with diagnostics, where it is faulty.</summary>
    /// <param name="scope">The branch or item processor.</param>
    /// <param name="known">The fields that it may have.</param>
    /// <param name="outer">The scope of the state that holds it.</param>
    public static ScopeDefinition? ReadInner(ObjectReader scope, FrozenSet<string> known, ScopeNesting outer)
    {
        var nesting = outer.Inner();
        if (nesting.IsTooDeep)
        {
            scope.Diagnostics.Add(
                DiagnosticCodes.TooDeeplyNested,
                $"Parallel branches and Map processors must not be nested more than {ScopeNesting.MaxDepth} deep",
                scope.At);
            return null;
        }

        scope.Require("States", "StartAt");
        scope.RefuseUnknown(known);
        scope.Text("Comment");
        return Read(scope, nesting);
    }

    public static ScopeDefinition? Read(ObjectReader scope, ScopeNesting nesting)
    {
        Transition? startAt = scope.Text("StartAt") is { } first ? new Transition(first, scope.At.Field("StartAt")) : null;
        if (!scope.Source.TryGetValue("States", out var value))
            return null;
        if (ObjectReader.Of(value, scope.At.Field("States"), scope.Diagnostics) is not { } reader)
            return null;
        if (reader.Source.Count == 0)
        {
            reader.Refuse("Value cannot be empty");
            return null;
        }

        var outlines = new List<StateOutline>(reader.Source.Count);
        var states = ImmutableArray.CreateBuilder<StateDefinition>(reader.Source.Count);
        foreach (var (name, source) in reader.Source.Properties)
        {
            var outline = new StateOutline(name, reader.At.Field(name), nesting);
            outlines.Add(outline);
            if (StateReader.Read(outline, source, scope.Diagnostics) is { } state)
                states.Add(state);
        }

        TransitionCheck.Run(startAt, outlines, nesting.IsMachine, scope.Diagnostics);
        return startAt is { } start && !scope.Diagnostics.HasErrors
            ? new ScopeDefinition(start.Target, states.DrainToImmutable())
            : null;
    }
}
