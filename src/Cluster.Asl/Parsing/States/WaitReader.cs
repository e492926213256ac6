using System.Collections.Frozen;
using Cluster.Asl.Definitions;

namespace Cluster.Asl.Parsing.States;

internal static class WaitReader
{
    private static readonly string[] Timing = ["SecondsPath", "Seconds", "TimestampPath", "Timestamp"];

    private static readonly FrozenSet<string> Fields = StateReader.Known([.. Timing, "InputPath", "OutputPath", "Assign", "Next", "End"]);

    public static WaitState Read(ObjectReader state, StateOutline outline)
    {
        StateReader.RefuseUnknown(state, Fields);
        StateReader.RefuseAssign(state);
        if (state.AtMostOne(Timing) && !Timing.Any(state.Has))
            state.Refuse($"This object should have only one of the following fields: [{string.Join(", ", Timing)}]");
        return new WaitState(outline.Name)
        {
            InputPath = PathFields.Document(state, "InputPath"),
            Seconds = state.Integer("Seconds", 0, DefinitionParser.MaxSeconds),
            SecondsPath = PathFields.Path(state, "SecondsPath"),
            Timestamp = ReadTimestamp(state),
            TimestampPath = PathFields.Path(state, "TimestampPath"),
            OutputPath = PathFields.Document(state, "OutputPath"),
            Next = StateReader.ReadNext(state, outline),
        };
    }

    private static long? ReadTimestamp(ObjectReader state)
    {
        if (state.Text("Timestamp") is not { } text)
            return null;
        if (Timestamps.TryParseUnixMilliseconds(text, out var milliseconds))
            return milliseconds;
        state.Refuse("Timestamp", "String does not match RFC3339 timestamp");
        return null;
    }
}
