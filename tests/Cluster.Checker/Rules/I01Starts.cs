using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// An acknowledged start has a row and event 1, of the date that was told; an unknown one may; a refused one has none. Row and event 1 are
/// of one mind, neither is without the other, and nothing runs that nobody started.
/// </summary>
internal sealed class I01Starts() : Rule("I1", "starts")
{
    /// <summary>The refusal that says that there is one already.</summary>
    private const string Exists = "ExecutionAlreadyExists";

    private readonly Dictionary<string, string?> _inputs = new(StringComparer.Ordinal);

    /// <summary>Executions that are parts of tasks: other executions have started them.</summary>
    private readonly HashSet<string> _parts = new(StringComparer.Ordinal);

    public override void Open(History history)
    {
        var first = history.All.Count > 0 ? history.All[0] : null;
        if (history.Execution is not { } row)
        {
            Broken(history.Id, "it has events and no row");
            return;
        }

        if (first?.WhatCase != What.ExecutionStarted)
        {
            Broken(history.Id, "its first event is not its start");
            return;
        }

        _inputs[history.Id] = history.HashOf(first);
        var start = first.ExecutionStarted;
        if (start.HasParentToken)
            _parts.Add(history.Id);
        if (start.Name != row.Name)
            Broken(history.Id, $"it started as {start.Name}, its row says {row.Name}");
        if (first.At != row.Start)
            Broken(history.Id, $"it started at {first.At}, its row says {row.Start}");
        if (start.DefinitionHash.Length > 0 && start.DefinitionHash != row.DefinitionHash)
            Broken(history.Id, "it started with another definition than its row says");
        if (history.HashOf(first) is { } input && input != row.InputHash)
            Broken(history.Id, "it started with another input than its row says");
        if (history.All.Count(e => e.WhatCase == What.ExecutionStarted) > 1)
            Broken(history.Id, "it started twice");
    }

    public override void End()
    {
        var begun = Dump.Rows.Select(row => row.Execution).ToHashSet(StringComparer.Ordinal);
        foreach (var row in Dump.Executions.Values.Where(row => !begun.Contains(row.Id)))
            Broken(row.Id, $"{row.Name} has a row and no event 1");
        var rows = Dump.Executions.Values.ToLookup(row => (row.Machine, row.Name));
        var starts = Dump.Calls.Where(call => call.Operation == "StartExecution").ToLookup(call => (call.Machine, call.Name));
        foreach (var calls in starts)
            Judge($"{calls.Key.Machine} {calls.Key.Name}", [.. calls], [.. rows[calls.Key]]);
        if (!Dump.IsComplete("call"))
            return;
        foreach (var row in Dump.Executions.Values.Where(row => !_parts.Contains(row.Id) && starts[(row.Machine, row.Name)].All(call => call.Outcome == CallRecord.Fail)))
            Broken(row.Id, $"nobody can have started {row.Name}");
    }

    private void Judge(string where, List<CallRecord> calls, List<ExecutionRecord> found)
    {
        Judged(calls.Count);
        foreach (var call in calls)
        {
            if (call.Outcome == CallRecord.Ok && found.Count == 0)
                Broken(where, "its start was acknowledged, and it has no row");
            else if (call is { Outcome: CallRecord.Ok, Date: { } date } && found.All(row => row.Start != date))
                Broken(where, $"its start was acknowledged with date {date}, and {found[0].Id} started at {found[0].Start}");
            else if (call is { Outcome: CallRecord.Fail, Error: Exists } && found.Count == 0)
                Broken(where, "its start was refused for a name that nobody has");
        }

        if (found.Count > 0 && calls.TrueForAll(call => call is { Outcome: CallRecord.Fail } && call.Error != Exists))
            Broken(where, $"its start was refused, and {found[0].Id} exists");
    }
}
