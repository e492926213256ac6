using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>A name is one execution's until it expires, leads to the last that has it, and a start of it with another input is refused.</summary>
internal sealed class I22Names() : Rule("I22", "names")
{
    public override void End()
    {
        var inputs = Dump.Calls
            .Where(call => call is { Operation: "StartExecution", Outcome: CallRecord.Ok, InputHash: not null })
            .ToLookup(call => (call.Machine, call.Name));
        var names = new Dictionary<(string, string), string>();
        foreach (var name in Dump.Names)
        {
            Judged();
            if (!names.TryAdd((name.Machine, name.Name), name.Execution))
                Broken(name.Execution, $"the name {name.Name} of {name.Machine} leads to it and to {names[(name.Machine, name.Name)]}");
            if (!Dump.Executions.TryGetValue(name.Execution, out var row) || row.Machine != name.Machine || row.Name != name.Name)
                Broken(name.Execution, $"the name {name.Name} of {name.Machine} leads to it, and it has another or no row");
        }

        foreach (var rows in Dump.Executions.Values.GroupBy(row => (row.Machine, row.Name)))
        {
            var last = InTurn([.. rows.OrderBy(row => row.Start)]);
            if (Dump.Names.Count > 0 && names.GetValueOrDefault(rows.Key) != last.Id)
                Broken(last.Id, $"it has the name {last.Name}, which leads to {names.GetValueOrDefault(rows.Key) ?? "nothing"}");
            foreach (var start in inputs[rows.Key])
            {
                // The date tells whose start it was.
                if (!rows.Any(row => row.InputHash == start.InputHash && (start.Date is null || start.Date == row.Start)))
                    Broken(last.Id, $"a start of {last.Name} with another input was acknowledged at {start.End}");
            }
        }
    }

    private ExecutionRecord InTurn(List<ExecutionRecord> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i - 1].NameExpires is not { } expires || rows[i].Start < expires)
                Broken(rows[i].Id, $"it has the name {rows[i].Name} of {rows[i - 1].Id}, which had not expired");
        }

        return rows[^1];
    }
}
