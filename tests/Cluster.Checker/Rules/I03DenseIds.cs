using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// Event ids are 1..n, and so are the numbers of rows, in the order of their commits and in one shard; a row says which ids it holds, can
/// be read and holds something.
/// </summary>
internal sealed class I03DenseIds() : Rule("I3", "events")
{
    public override void Open(History history)
    {
        Judged(history.All.Count);
        if (history.Damaged is { } damaged)
            Broken(history.Id, $"row {damaged.Sequence} cannot be read");
        if (history.All.FirstOrDefault(e => e.WhatCase == What.None) is { } unknown)
            Broken(history.Id, $"{unknown.Name()} says nothing that is known");
        Rows(history);
        for (var i = 0; i < history.Shown.Count; i++)
        {
            if (history.Shown[i].Id != i + 1)
            {
                Broken(history.Id, $"{history.Shown[i].Name()} stands where id {i + 1} should");
                break;
            }
        }
    }

    private void Rows(History history)
    {
        long tail = 0;
        for (var i = 0; i < history.Rows.Count; i++)
        {
            var (row, batch) = (history.Rows[i], history.Batches[i]);
            if (row.Sequence != i + 1)
            {
                Broken(history.Id, $"row {row.Sequence} stands where {i + 1} should");
                return;
            }

            if (batch.Events.Count == 0)
                Broken(history.Id, $"row {row.Sequence} holds nothing");
            if (i > 0 && row.Commit <= history.Rows[i - 1].Commit)
                Broken(history.Id, $"row {row.Sequence} was committed as {row.Commit}, the one before it as {history.Rows[i - 1].Commit}");
            if (row.Shard != history.Rows[0].Shard || row.Segment < history.Rows[0].Segment)
                Broken(history.Id, $"row {row.Sequence} lies in shard {row.Shard}, segment {row.Segment}");
            var ids = batch.Events.Where(e => e.Id != 0).Select(e => e.Id).ToList();
            var holds = ids.Count == 0 ? (tail + 1, tail) : (ids[0], ids[^1]);
            if ((row.First, row.Last) != holds && (ids.Count > 0 || (row.First, row.Last) != (0, 0)))
                Broken(history.Id, $"row {row.Sequence} says ids {row.First}-{row.Last} and holds {holds.Item1}-{holds.Item2}");
            tail = holds.Item2;
        }
    }
}
