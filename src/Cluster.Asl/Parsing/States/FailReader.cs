using System.Collections.Frozen;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Parsing.States;

internal static class FailReader
{
    private static readonly FrozenSet<string> Fields = StateReader.Known("Error", "ErrorPath", "Cause", "CausePath");

    public static FailState Read(ObjectReader state, StateOutline outline)
    {
        outline.IsTerminal = true;
        StateReader.RefuseUnknown(state, Fields);
        state.AtMostOne("Error", "ErrorPath");
        state.AtMostOne("Cause", "CausePath");
        return new FailState(outline.Name)
        {
            Error = state.Text("Error"),
            ErrorPath = PathFields.PathOrCall(state, "ErrorPath"),
            Cause = state.Text("Cause"),
            CausePath = PathFields.PathOrCall(state, "CausePath"),
        };
    }
}
