using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>A name is one execution's until it expires, and another input is refused.</summary>
internal sealed class I22Names : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        var inputs = dump.Calls
            .Where(call => call is { Operation: "StartExecution", Outcome: "ok", InputHash: not null })
            .ToLookup(call => (call.Machine, call.Name), call => call.InputHash!);
        foreach (var rows in dump.Executions.Values.GroupBy(row => (row.Machine, row.Name)))
        {
            ExecutionRecord? before = null;
            foreach (var row in rows.OrderBy(row => row.Start))
            {
                if (before is not null && (before.NameExpires is not { } expires || row.Start < expires))
                    yield return new Breach("I22", row.Id, $"it has the name {row.Name} of {before.Id}, which had not expired");
                before = row;
            }

            var known = rows.Select(row => row.InputHash).ToHashSet(StringComparer.Ordinal);
            if (inputs[rows.Key].Any(input => !known.Contains(input)))
                yield return new Breach("I22", rows.First().Id, $"a start of {rows.Key.Name} with another input was acknowledged");
        }

        foreach (var name in dump.Names)
        {
            if (!dump.Executions.TryGetValue(name.Execution, out var row) || row.Machine != name.Machine || row.Name != name.Name)
                yield return new Breach("I22", name.Execution, $"the name {name.Name} of {name.Machine} leads to it, and it has another or no row");
        }
    }
}
