using System.Runtime.InteropServices;
using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.States;

/// <summary>What Task, Parallel and Map do with their result: ResultSelector, ResultPath, OutputPath, and on to the next state (A30).</summary>
internal static class ResultHandler
{
    public static ExecutionEvent Finish(in StateFrame without, RecoverableState state, Payload result)
    {
        var frame = without.With(result);
        if (!frame.TryFill(state.ResultSelector, result.Value, out var selected, out var failed)
            || !frame.TryPlace(state.ResultPath, selected, out var placed, out failed))
        {
            return failed!;
        }

        return frame.Leave(state, placed, state.Next);
    }

    /// <summary>All branches have ended well: the marker that says so, or the failure of a result that is too large or too deep.</summary>
    public static ExecutionEvent Join(in StateFrame frame, RecoverableState state)
    {
        var branches = frame.Scope.Branches!;
        if (Size(branches) > frame.Context.Limits.PayloadBytes)
            return frame.TooLarge(state);
        return EvaluationFailure.OfDepth(Depth(branches)) is { } failure
            ? frame.Failed(failure.Error, failure.Detail)
            : new BranchesSucceeded(state.Type) { Scope = frame.Scope.Path };
    }

    /// <summary>The outputs of branches that have all ended, in the order of branches or items: one array of their texts as they are.</summary>
    public static Payload Outputs(FanOut branches)
    {
        var texts = new ReadOnlyMemory<byte>[branches.Length];
        for (var output = branches.Outputs; output is not null; output = output.Older)
            texts[output.Index] = output.Output.Utf8;
        var joined = new byte[Size(branches)];
        joined[0] = (byte)'[';
        var at = 1;
        foreach (var text in texts)
        {
            if (at > 1)
                joined[at++] = (byte)',';
            text.Span.CopyTo(joined.AsSpan(at));
            at += text.Length;
        }

        joined[at] = (byte)']';
        return Payload.OfText(joined, Values(branches));
    }

    private static long Size(FanOut branches)
    {
        long size = 2 + Math.Max(0, branches.Length - 1);
        for (var output = branches.Outputs; output is not null; output = output.Older)
            size += output.Output.Size;
        return size;
    }

    private static int Depth(FanOut branches)
    {
        var deepest = 0;
        for (var output = branches.Outputs; output is not null; output = output.Older)
            deepest = Math.Max(deepest, output.Output.Value.Depth);
        return deepest + 1;
    }

    private static JsonArray Values(FanOut branches)
    {
        var values = new JsonValue[branches.Length];
        for (var output = branches.Outputs; output is not null; output = output.Older)
            values[output.Index] = output.Output.Value;
        return new JsonArray(ImmutableCollectionsMarshal.AsImmutableArray(values));
    }
}
