using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>
/// A client sees what it was told: a start and a stop at once when it asks for the execution, an end for ever, a start in the list after two
/// seconds. What anybody was told of an end or a stop is what stands in the end, and whatever was seen is there.
/// </summary>
internal sealed class I20ReadYourWrites() : Rule("I20", "reads")
{
    /// <summary>How long a list may lag behind, in milliseconds.</summary>
    internal const long ListLag = 2_000;

    private const string Running = "RUNNING";
    private const string Unknown = "ExecutionDoesNotExist";

    public override void End()
    {
        var rows = Dump.Executions.Values.ToLookup(row => (row.Machine, row.Name));
        foreach (var calls in Dump.Calls.Where(call => call.Operation is "StartExecution" or "StopExecution" or "DescribeExecution").GroupBy(call => (call.Machine, call.Name)))
        {
            foreach (var ofClient in calls.GroupBy(call => call.Client))
                One($"{calls.Key.Machine} {calls.Key.Name}", [.. ofClient.OrderBy(call => call.Start)]);
            foreach (var call in calls)
                Stands(call, [.. rows[calls.Key]]);
        }

        foreach (var calls in Dump.Calls.Where(call => call.Operation is "StartExecution" or "ListExecutions").GroupBy(call => (call.Machine, call.Client)))
            Lists(calls.Key.Client, [.. calls], rows);
    }

    /// <summary>One client on one execution. Calls are few; each is held against those that were over before it began.</summary>
    private void One(string where, List<CallRecord> calls)
    {
        CallRecord? start = null, stop = null, end = null;
        var pending = new PriorityQueue<CallRecord, long>();
        foreach (var call in calls)
        {
            while (pending.TryPeek(out var before, out var over) && over <= call.Start)
            {
                pending.Dequeue();
                (start, stop, end) = (before.Operation == "StartExecution" ? before : start, before.Operation == "StopExecution" ? before : stop, IsEnd(before) ? before : end);
            }

            if (call.Operation == "DescribeExecution")
            {
                Judged();
                if (call is { Outcome: CallRecord.Fail, Error: null or Unknown } && (start ?? stop ?? end) is { } known)
                    Broken(where, $"client {call.Client} at {call.Start}: {known.Operation} was answered at {known.End}, and it is not found");
                else if (call.Status == Running && (stop ?? end) is { } over)
                    Broken(where, $"client {call.Client} at {call.Start}: by {over.Operation} it had ended at {over.End}, and it runs");
                else if (call.Status is not null && end is not null && call.Status != end.Status)
                    Broken(where, $"client {call.Client} at {call.Start}: it was {end.Status} at {end.End}, and is {call.Status}");
            }

            if (call.Outcome == CallRecord.Ok)
                pending.Enqueue(call, call.End);
        }
    }

    /// <summary>What was told of an execution, by what stands in the end.</summary>
    private void Stands(CallRecord call, List<ExecutionRecord> rows)
    {
        if (call.Outcome != CallRecord.Ok || call.Operation == "StartExecution")
            return;
        var where = $"{call.Machine} {call.Name}";
        if (rows.Count == 0)
            Broken(where, $"client {call.Client} was answered by {call.Operation} at {call.End}, and it is not there");
        else if (IsEnd(call) && rows.TrueForAll(row => row.Status != call.Status))
            Broken(where, $"client {call.Client} was told at {call.End} that it is {call.Status}, and it is {rows[^1].Status}");
        else if (call.Operation == "StopExecution" && rows.TrueForAll(row => row.Status == Running))
            Broken(where, $"client {call.Client} was told at {call.End} that it is stopped, and it runs");
        else if (call is { Operation: "StopExecution", Date: { } date } && rows.TrueForAll(row => row.Stop != date))
            Broken(where, $"client {call.Client} was told that it was stopped at {date}, and it ended at {rows[^1].Stop}");
        else if (call is { Operation: "DescribeExecution", Date: { } started } && rows.TrueForAll(row => row.Start != started))
            Broken(where, $"client {call.Client} was told that it started at {started}, and it did at {rows[^1].Start}");
    }

    private void Lists(int client, List<CallRecord> calls, ILookup<(string, string), ExecutionRecord> rows)
    {
        var starts = calls.Where(call => call is { Operation: "StartExecution", Outcome: CallRecord.Ok }).OrderBy(call => call.End).ToList();
        foreach (var list in calls.Where(call => call is { Operation: "ListExecutions", Outcome: CallRecord.Ok, Seen: not null }))
        {
            Judged();
            var seen = list.Seen!.ToHashSet(StringComparer.Ordinal);
            foreach (var start in starts.TakeWhile(start => list.Start - start.End > ListLag).Where(start => !seen.Contains(start.Name)))
                Broken($"{list.Machine} {start.Name}", $"client {client}, ListExecutions at {list.Start}: the start acknowledged at {start.End} is not listed");
            if (seen.Count < list.Seen!.Count)
                Broken(list.Machine, $"client {client}, ListExecutions at {list.Start}: a name is listed twice");
            foreach (var name in seen.Where(name => !rows[(list.Machine, name)].Any()))
                Broken($"{list.Machine} {name}", $"client {client}, ListExecutions at {list.Start}: it is listed, and is not there");
        }
    }

    private static bool IsEnd(CallRecord call) => call is { Operation: "DescribeExecution", Status: not null and not Running };
}
