using System.Collections.Frozen;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Parsing.States;

internal static class PassReader
{
    private static readonly FrozenSet<string> Fields = StateReader.Known(
        "InputPath", "OutputPath", "Parameters", "Result", "ResultPath", "Assign", "Next", "End");

    public static PassState Read(ObjectReader state, StateOutline outline)
    {
        StateReader.RefuseUnknown(state, Fields);
        StateReader.RefuseAssign(state);
        return new PassState(outline.Name)
        {
            InputPath = PathFields.Document(state, "InputPath"),
            Parameters = TemplateFields.Read(state, "Parameters"),
            Result = state.Source["Result"],
            ResultPath = PathFields.Result(state),
            OutputPath = PathFields.Document(state, "OutputPath"),
            Next = StateReader.ReadNext(state, outline),
        };
    }
}
