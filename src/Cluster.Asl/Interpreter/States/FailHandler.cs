using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Interpreter.DataFlow;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Asl.Json;

namespace Cluster.Asl.Interpreter.States;

/// <summary>Fail: ends its scope with an error; it is never left (A16).</summary>
internal static class FailHandler
{
    public static ExecutionEvent Run(in StateFrame frame, FailState state)
    {
        if (!TryText(frame, state.Error, state.ErrorPath, "ErrorPath", out var error, out var failed)
            || !TryText(frame, state.Cause, state.CausePath, "CausePath", out var cause, out failed))
        {
            return failed!;
        }

        return new StateFailed(FailureText.WellFormed(error), FailureText.WellFormed(cause), FailureKind.Given) { Scope = frame.Scope.Path };
    }

    private static bool TryText(
        in StateFrame frame, string? constant, PathOrCall? path, string field, out string? text, out ExecutionEvent? failed)
    {
        failed = null;
        text = constant;
        if (path is null)
            return true;
        if (path.Evaluate(frame.On(frame.Scope.Data.Value, field), field, out var failure) is not { } value)
        {
            failed = frame.Failed(failure!.Error, failure.Detail);
            return false;
        }

        if (value is not JsonString found)
        {
            failed = frame.Failed(
                ErrorNames.Runtime, $"The {field} parameter does not reference a string: {path.Text} == {EvaluationFailure.Quoted(value)}");
            return false;
        }

        text = found.Value;
        return true;
    }
}
