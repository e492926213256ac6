using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Checker.Histories;

namespace Cluster.Testing.Histories;

/// <summary>History events out of what the engine decided. The rules know nothing of the engine but this.</summary>
public static class HistoryLines
{
    /// <summary>Those of the events that AWS shows.</summary>
    public static IReadOnlyList<HistoryLine> Of(IEnumerable<ExecutionEvent> events) => [.. events.Where(e => e.IsHistory).Select(Of)];

    private static HistoryLine Of(ExecutionEvent e)
    {
        var line = new HistoryLine(e.Id, e.PreviousId, e.At, TypeOf(e)) { Payload = e.Payload?.ToString() };
        return e switch
        {
            StateEntered s => line with { Name = s.Name },
            StateExited s => line with { Name = s.Name },
            MapStateStarted s => line with { Length = s.Length },
            MapIterationStarted s => line with { Name = s.Name, Index = s.Index },
            MapIterationSucceeded s => line with { Name = s.Name, Index = s.Index },
            MapIterationFailed s => line with { Name = s.Name, Index = s.Index },
            MapIterationAborted s => line with { Name = s.Name, Index = s.Index },
            TaskFailed s => line with { Error = s.Error, Cause = s.Cause },
            TaskTimedOut => line with { Error = "States.Timeout" },
            ExecutionFailed s => line with { Error = s.Error, Cause = s.Cause },
            _ => line,
        };
    }

    private static string TypeOf(ExecutionEvent e) => e switch
    {
        StateEntered s => $"{s.Type}StateEntered",
        StateExited s => $"{s.Type}StateExited",
        StateAborted s => $"{s.Type}StateAborted",
        BranchesSucceeded s => $"{s.Type}StateSucceeded",
        BranchesFailed s => $"{s.Type}StateFailed",
        TaskScheduled s => Family(s.Kind) + "Scheduled",
        TaskStarted s => Family(s.Kind) + "Started",
        TaskSucceeded s => Family(s.Kind) + "Succeeded",
        TaskFailed s => Family(s.Kind) + "Failed",
        TaskTimedOut s => Family(s.Kind) + "TimedOut",
        _ => e.GetType().Name,
    };

    private static string Family(TaskKind kind) => kind == TaskKind.LambdaFunction ? "LambdaFunction" : "Task";
}
