using System.Runtime.InteropServices;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.States;

/// <summary>What Task, Parallel and Map do with their result: ResultSelector, ResultPath, OutputPath, and on to the next state (A30).</summary>
internal static class ResultHandler
{
    public static ExecutionEvent Finish(in StateFrame frame, RecoverableState state, JsonValue result)
    {
        if (!frame.TryFill(state.ResultSelector, result, out var selected, out var failed)
            || !frame.TryPlace(state.ResultPath, selected, out var placed, out failed))
        {
            return failed!;
        }

        return frame.Leave(state, placed, state.Next);
    }

    /// <summary>All branches have ended well: the marker that says so, or the failure of a result that is too large.</summary>
    public static ExecutionEvent Join(in StateFrame frame, RecoverableState state) =>
        JsonWriter.Utf8Length(Outputs(frame.Scope.Branches!), frame.Context.Limits.PayloadBytes) <= frame.Context.Limits.PayloadBytes
            ? new BranchesSucceeded(state.Type) { Scope = frame.Scope.Path }
            : frame.TooLarge(state);

    /// <summary>The outputs of branches that have all ended, in the order of branches or items.</summary>
    public static JsonArray Outputs(FanOut branches)
    {
        var outputs = new JsonValue[branches.Length];
        for (var output = branches.Outputs; output is not null; output = output.Older)
            outputs[output.Index] = output.Output.Value;
        return new JsonArray(ImmutableCollectionsMarshal.AsImmutableArray(outputs));
    }
}
