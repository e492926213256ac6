using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>A client sees what it was told: a start and a stop at once when it asks for the execution, a start in the list after two seconds.</summary>
internal sealed class I20ReadYourWrites : IDumpRule
{
    /// <summary>How long a list may lag behind, in milliseconds.</summary>
    internal const long ListLag = 2_000;

    public IEnumerable<Breach> Judge(Dump dump)
    {
        foreach (var calls in dump.Calls.GroupBy(call => call.Client))
        {
            var done = new List<CallRecord>();
            foreach (var call in calls.OrderBy(call => call.Start))
            {
                foreach (var before in done.Where(before => before.Machine == call.Machine && before.End <= call.Start))
                {
                    if (Wrong(before, call) is { } wrong)
                        yield return new Breach("I20", $"{call.Machine} {before.Name}", $"client {call.Client}, {call.Operation} at {call.Start}: {wrong}");
                }

                if (call is { Outcome: "ok", Operation: "StartExecution" or "StopExecution" })
                    done.Add(call);
            }
        }
    }

    private static string? Wrong(CallRecord before, CallRecord call)
    {
        if (call.Operation == "ListExecutions")
        {
            return call is { Outcome: "ok", Seen: { } seen } && before.Operation == "StartExecution" && call.Start - before.End > ListLag && !seen.Contains(before.Name, StringComparer.Ordinal)
                ? $"the start acknowledged at {before.End} is not listed"
                : null;
        }

        if (call.Operation != "DescribeExecution" || call.Name != before.Name)
            return null;
        if (call.Outcome == "fail")
            return $"{before.Operation} was acknowledged at {before.End}, and it is not found";
        return before.Operation == "StopExecution" && call.Status == "RUNNING" ? $"it was stopped at {before.End} and runs" : null;
    }
}
