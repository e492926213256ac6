using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>An acknowledged start has a row and event 1; an unknown one may; a refused one has none.</summary>
internal sealed class I01Starts : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        var rows = dump.Executions.Values.ToLookup(row => (row.Machine, row.Name));
        var begun = dump.Rows.Where(row => row.First == 1).Select(row => row.Execution).ToHashSet(StringComparer.Ordinal);
        foreach (var calls in dump.Calls.Where(call => call.Operation == "StartExecution").GroupBy(call => (call.Machine, call.Name)))
        {
            var found = rows[calls.Key].ToList();
            var where = $"{calls.Key.Machine} {calls.Key.Name}";
            if (calls.Any(call => call.Outcome == "ok"))
            {
                if (found.Count == 0)
                    yield return new Breach("I1", where, "its start was acknowledged, and it has no row");
                else if (!found.Any(row => begun.Contains(row.Id)))
                    yield return new Breach("I1", where, $"its start was acknowledged, and {found[0].Id} has no event 1");
            }
            else if (calls.All(call => call.Outcome == "fail") && found.Count > 0)
            {
                yield return new Breach("I1", where, $"its start was refused, and {found[0].Id} exists");
            }
        }
    }
}
