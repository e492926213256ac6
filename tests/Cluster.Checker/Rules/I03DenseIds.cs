using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Checker.Rules;

/// <summary>Event ids are 1..n, and so are the numbers of rows; a row says which ids it holds.</summary>
internal sealed class I03DenseIds : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        for (var i = 0; i < history.Rows.Count; i++)
        {
            if (history.Rows[i].Sequence != i + 1)
            {
                yield return new Breach("I3", history.Id, $"row {history.Rows[i].Sequence} stands where {i + 1} should");
                break;
            }
        }

        for (var i = 0; i < history.Shown.Count; i++)
        {
            if (history.Shown[i].Id != i + 1)
            {
                yield return new Breach("I3", history.Id, $"{history.Shown[i].Name()} stands where id {i + 1} should");
                yield break;
            }
        }

        foreach (var row in history.Rows)
        {
            var ids = EventBatch.Parser.ParseFrom(row.Events).Events.Where(e => e.Id != 0).Select(e => e.Id).ToList();
            var (first, last) = ids.Count == 0 ? (0, 0) : (ids[0], ids[^1]);
            if ((row.First, row.Last) != (first, last))
                yield return new Breach("I3", history.Id, $"row {row.Sequence} says ids {row.First}-{row.Last} and holds {first}-{last}");
        }
    }
}
