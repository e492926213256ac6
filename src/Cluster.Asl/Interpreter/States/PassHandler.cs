using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Pass: InputPath, Parameters, then Result in its place (A10).</summary>
internal static class PassHandler
{
    public static ExecutionEvent Run(in StateFrame frame, PassState state)
    {
        if (!frame.TryInput(state, out var input, out var failed)
            || !frame.TryFill(state.Parameters, input, out var value, out failed)
            || !frame.TryPlace(state.ResultPath, state.Result ?? value, out var placed, out failed))
        {
            return failed!;
        }

        return frame.Leave(state, placed, state.Next);
    }
}
