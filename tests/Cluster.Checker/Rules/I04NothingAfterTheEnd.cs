using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>Nothing follows the end.</summary>
internal sealed class I04NothingAfterTheEnd() : Rule("I4", "ends")
{
    public override void Open(History history)
    {
        var end = history.All.TakeWhile(e => !History.IsTerminal(e)).Count();
        if (end < history.All.Count)
            Judged();
        if (end < history.All.Count - 1)
            Broken(history.Id, $"{history.All[end + 1].Name()} follows {history.All[end].Name()}");
    }
}
