using System.Collections.Frozen;
using System.Collections.Immutable;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Parsing.States;

internal static class ParallelReader
{
    private static readonly FrozenSet<string> Fields = StateReader.Known(
        "Branches", "InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath", "Retry", "Catch", "Assign", "Next", "End");

    private static readonly FrozenSet<string> BranchFields = FrozenSet.ToFrozenSet(["Comment", "StartAt", "States"], StringComparer.Ordinal);

    public static ParallelState Read(ObjectReader state, StateOutline outline)
    {
        state.Require("Branches");
        StateReader.RefuseUnknown(state, Fields);
        StateReader.RefuseAssign(state);
        return new ParallelState(outline.Name)
        {
            Branches = ReadBranches(state, outline),
            InputPath = PathFields.Document(state, "InputPath"),
            Parameters = TemplateFields.Read(state, "Parameters"),
            ResultSelector = TemplateFields.Read(state, "ResultSelector"),
            ResultPath = PathFields.Result(state),
            OutputPath = PathFields.Document(state, "OutputPath"),
            Next = StateReader.ReadNext(state, outline),
            Retry = RetryReader.Read(state),
            Catch = CatchReader.Read(state, outline),
        };
    }

    private static ImmutableArray<ScopeDefinition> ReadBranches(ObjectReader state, StateOutline outline)
    {
        if (state.Items("Branches") is not { } branches)
            return [];
        var at = state.At.Field("Branches");
        var read = ImmutableArray.CreateBuilder<ScopeDefinition>(branches.Count);
        for (var i = 0; i < branches.Count; i++)
        {
            if (ObjectReader.Of(branches[i], at.Item(i), state.Diagnostics) is { } branch
                && ScopeReader.ReadInner(branch, BranchFields, outline.Nesting) is { } scope)
            {
                read.Add(scope);
            }
        }

        return read.DrainToImmutable();
    }
}
