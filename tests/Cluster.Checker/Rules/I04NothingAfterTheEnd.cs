using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>Nothing follows the end.</summary>
internal sealed class I04NothingAfterTheEnd : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        var end = history.All.TakeWhile(e => !History.IsTerminal(e)).Count();
        if (end < history.All.Count - 1)
            yield return new Breach("I4", history.Id, $"{history.All[end + 1].Name()} follows {history.All[end].Name()}");
    }
}
