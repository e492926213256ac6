using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Parallel: starts its branches, each on the same input (A17).</summary>
internal static class ParallelHandler
{
    public static ExecutionEvent Begin(in StateFrame frame, ParallelState state)
    {
        if (!frame.TryInput(state, out var input, out var failed) || !frame.TryFill(state.Parameters, input, out var parameters, out failed))
            return failed!;
        return frame.TryWrap(parameters, out var payload)
            ? new ParallelStateStarted(state.Branches.Length) { Scope = frame.Scope.Path, Payload = payload }
            : frame.TooLarge(state);
    }
}
