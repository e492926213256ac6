using System.Collections.Immutable;

namespace Cluster.Asl.Interpreter.Failures;

/// <summary>Which failures an ErrorEquals takes.</summary>
internal static class ErrorMatch
{
    /// <summary>Whether one of the names takes the failure (A71 to A73). Nobody takes States.Runtime, nor what a catcher failed with.</summary>
    public static bool Takes(ImmutableArray<string> errorEquals, Failure failure, Limits limits)
    {
        if (IsRuntime(failure) || failure.Kind == FailureKind.Catcher)
            return false;
        foreach (var name in errorEquals)
        {
            if (Takes(name, failure, limits))
                return true;
        }

        return false;
    }

    /// <summary>Whether the failure is one that ends the execution, in whatever branch it happens and whoever would take it.</summary>
    public static bool IsRuntime(Failure failure) => IsRuntime(failure.Error);

    /// <inheritdoc cref="IsRuntime(Failure)"/>
    public static bool IsRuntime(string? error) => Is(error, ErrorNames.Runtime);

    private static bool Takes(string name, Failure failure, Limits limits) => name switch
    {
        ErrorNames.All => limits.AllTakesDataLimitExceeded || !Is(failure.Error, ErrorNames.DataLimitExceeded),
        ErrorNames.TaskFailed => failure.Error is not null && !Is(failure.Error, ErrorNames.Timeout),
        ErrorNames.HeartbeatTimeout => failure.Kind == FailureKind.Heartbeat,
        _ => Is(failure.Error, name),
    };

    private static bool Is(string? error, string name) => string.Equals(error, name, StringComparison.Ordinal);
}
