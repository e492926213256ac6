namespace Cluster.Checker.Histories;

/// <summary>The events of calls.</summary>
internal static class TaskRules
{
    private static readonly string[] Families = ["LambdaFunction", "Task", "Activity"];

    public static string? Judge(HistoryLine line, StateRun? run, IReadOnlyList<HistoryLine> history)
    {
        if (run is null)
            return "no Task stands there";
        var family = Families.FirstOrDefault(family => line.Type.StartsWith(family, StringComparison.Ordinal));
        if (family is null)
            return "no such event is known";
        var what = line.Type[family.Length..];
        if (what == "Scheduled")
        {
            if (run.Stage == Stage.Working)
                return "a call is out already";
            if (run.Stage != Stage.Entered && run.Retry(run.Stage == Stage.Failed ? run.Mishap : Mishap.Unknown, Gap(line, history)) is { } wrong)
                return wrong;
            run.Stage = Stage.Working;
        }
        else if (run.Stage != Stage.Working)
        {
            return "no call is out";
        }
        else if (what == "Succeeded")
        {
            run.Stage = Stage.Succeeded;
        }
        else if (what is "TimedOut" || what.EndsWith("Failed", StringComparison.Ordinal))
        {
            run.Stage = Stage.Failed;
            run.Mishap = Mishap.Of(line.Error, what is "TimedOut" && run.State.HasHeartbeat);
        }

        run.Scope.Tail = line.Id;
        return null;
    }

    private static long Gap(HistoryLine line, IReadOnlyList<HistoryLine> history) => line.At - history[(int)line.PreviousId - 1].At;
}
