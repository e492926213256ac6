using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions.Encoding;

/// <summary>Writes the events of Parallel and Map; see <see cref="EventWriter"/>. Each method returns the field that the event goes into.</summary>
internal static class BranchEventWriter
{
    public static int Started(ref WireOutput output, ParallelStateStarted started)
    {
        output.Number(Wire.ParallelStateStarted.BranchesFieldNumber, started.Branches);
        return Wire.Event.ParallelStateStartedFieldNumber;
    }

    public static int Started(ref WireOutput output, MapStateStarted started)
    {
        output.Number(Wire.MapStateStarted.LanesFieldNumber, started.Lanes);
        output.Number(Wire.MapStateStarted.LengthFieldNumber, started.Length);
        return Wire.Event.MapStateStartedFieldNumber;
    }

    public static int Started(ref WireOutput output, MapIterationStarted started)
    {
        output.Number(Wire.MapIterationStarted.LaneFieldNumber, started.Lane);
        return OfIteration(ref output, Wire.Event.MapIterationStartedFieldNumber, started.Name, started.Index);
    }

    /// <summary>What all events of an iteration begin with; their fields 1 and 2 are the same.</summary>
    public static int OfIteration(ref WireOutput output, int field, string name, int index)
    {
        output.Number(Wire.MapIterationStarted.IndexFieldNumber, index);
        output.Text(Wire.MapIterationStarted.NameFieldNumber, name);
        return field;
    }

    /// <summary>The events that hold nothing but a type, in field 1.</summary>
    public static int OfType(ref WireOutput output, int field, StateType type)
    {
        output.Number(Wire.StateAborted.TypeFieldNumber, (long)type);
        return field;
    }
}
