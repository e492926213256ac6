using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Choice: the first rule that holds names the next state (A12).</summary>
internal static class ChoiceHandler
{
    private const string NoNextState = "Failed to transition out of the state. The state does not point to a next state.";

    public static ExecutionEvent Run(in StateFrame frame, ChoiceState state)
    {
        if (!frame.TryInput(state, out var input, out var failed))
            return failed!;
        var scope = frame.On(input);
        foreach (var rule in state.Choices)
        {
            if (!rule.Condition.TryEvaluate(scope, out var holds, out var failure))
                return frame.Failed(failure!.Error, failure.Detail);
            if (holds)
                return frame.Leave(state, input, rule.Next);
        }

        return state.Default is { } next ? frame.Leave(state, input, next) : frame.Failed(ErrorNames.NoChoiceMatched, NoNextState);
    }
}
