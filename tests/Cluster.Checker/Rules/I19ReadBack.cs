using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>What the API answers is what the journal holds.</summary>
internal sealed class I19ReadBack : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        if (dump.ReadBacks.Count == 0)
            yield break;
        var ids = dump.Names.ToDictionary(name => (name.Machine, name.Name), name => name.Execution);
        var readBacks = new Dictionary<string, ReadBackRecord>(StringComparer.Ordinal);
        foreach (var readBack in dump.ReadBacks)
        {
            if (!ids.TryGetValue((readBack.Machine, readBack.Name), out var id))
                yield return new Breach("I19", $"{readBack.Machine} {readBack.Name}", "the API knows it, the dump does not");
            else
                readBacks[id] = readBack;
        }

        foreach (var history in dump.Histories())
        {
            if (!readBacks.TryGetValue(history.Id, out var told))
                yield return new Breach("I19", history.Id, "the API does not tell of it");
            else if (Wrong(history, told) is { } wrong)
                yield return new Breach("I19", history.Id, wrong);
        }
    }

    private static string? Wrong(History history, ReadBackRecord told)
    {
        if (told.Described != told.Listed)
            return $"described as {told.Described}, listed as {told.Listed}";
        if (history.Execution is { } row && row.Status != told.Described)
            return $"described as {told.Described}, its row says {row.Status}";
        if (!told.Forward.SequenceEqual(told.Reverse.Reverse()))
            return "its history backwards is another than forwards";
        if (told.Forward.Count != history.Shown.Count)
            return $"the API tells {told.Forward.Count} events, the journal {history.Shown.Count}";
        for (var i = 0; i < told.Forward.Count; i++)
        {
            var (e, api) = (history.Shown[i], told.Forward[i]);
            if (api.Id != e.Id || api.PreviousId != e.PreviousId || api.Type != History.TypeOf(e) || (api.Hash is not null && api.Hash != history.HashOf(e)))
                return $"{e.Name()} is told as {api}";
        }

        return null;
    }
}
