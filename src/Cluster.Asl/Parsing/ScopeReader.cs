using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Validation;

namespace Cluster.Asl.Parsing;

/// <summary>Reads StartAt and States: of the machine, and later of each branch and item processor.</summary>
internal static class ScopeReader
{
    public static ScopeDefinition? Read(ObjectReader scope)
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
            var outline = new StateOutline(name, reader.At.Field(name));
            outlines.Add(outline);
            if (StateReader.Read(outline, source, scope.Diagnostics) is { } state)
                states.Add(state);
        }

        TransitionCheck.Run(startAt, outlines, scope.Diagnostics);
        return startAt is { } start && !scope.Diagnostics.HasErrors
            ? new ScopeDefinition(start.Target, states.DrainToImmutable())
            : null;
    }
}
