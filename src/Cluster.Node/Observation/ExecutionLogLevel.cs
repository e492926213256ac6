using Cluster.Asl.Interpreter;

namespace Cluster.Node.Observation;

/// <summary>Which history events of a machine's executions are logged.</summary>
public enum ExecutionLogLevel
{
    /// <summary>None.</summary>
    Off,

    /// <summary>The ends that are no success.</summary>
    Fatal,

    /// <summary>All that failed, was aborted or ran out of time, and the entering of Fail states.</summary>
    Error,

    /// <summary>All.</summary>
    All,
}

/// <summary>AWS's table of levels and types of history events.</summary>
/// <remarks>
/// The table has a row for every type (https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html). Its ERROR column is
/// what the names say, so types that came later need no row here.
/// </remarks>
internal static class LogLevels
{
    private static readonly string[] ErrorEndings = ["Failed", "Aborted", "TimedOut"];

    /// <summary>Whether a history event is logged.</summary>
    /// <param name="level">The level.</param>
    /// <param name="type">The type, as AWS names it.</param>
    public static bool Takes(this ExecutionLogLevel level, string type) => level switch
    {
        ExecutionLogLevel.All => true,
        ExecutionLogLevel.Error => IsError(type),
        ExecutionLogLevel.Fatal => type is "ExecutionFailed" or "ExecutionAborted" or "ExecutionTimedOut",
        _ => false,
    };

    /// <summary>Whether an append may hold something to log. False only where it surely does not; it costs next to nothing.</summary>
    public static bool MayTake(this ExecutionLogLevel level, IReadOnlyList<ExecutionEvent> append) => level switch
    {
        ExecutionLogLevel.All or ExecutionLogLevel.Error => true,
        ExecutionLogLevel.Fatal => append[^1] is { IsTerminal: true } and not ExecutionSucceeded,
        _ => false,
    };

    /// <summary>The level of AWS's spelling; nothing is logged at a level that nobody knows.</summary>
    public static ExecutionLogLevel Read(string? name) => name switch
    {
        "ALL" => ExecutionLogLevel.All,
        "ERROR" => ExecutionLogLevel.Error,
        "FATAL" => ExecutionLogLevel.Fatal,
        _ => ExecutionLogLevel.Off,
    };

    private static bool IsError(string type)
    {
        foreach (var ending in ErrorEndings)
        {
            if (type.EndsWith(ending, StringComparison.Ordinal))
                return true;
        }

        return type is "FailStateEntered";
    }
}
