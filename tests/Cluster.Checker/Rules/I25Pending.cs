using System.Globalization;
using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Checker.Rules;

/// <summary>
/// The tasks that are stored as waiting for a worker are those that the journals leave waiting: scheduled for an activity, not given out, in a
/// branch that goes on. One without its row is never found by a worker.
/// </summary>
internal sealed class I25Pending() : Rule("I25", "histories and the tasks that they leave waiting")
{
    private ILookup<string, PendingRecord> _stored = null!;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    protected override void Begin() => _stored = Dump.Pending.ToLookup(pending => pending.Execution, StringComparer.Ordinal);

    public override void Close(History history, Positions at)
    {
        Judged();
        _seen.Add(history.Id);
        var waiting = history.All.Any(History.IsTerminal) ? [] : Waiting(at);
        foreach (var stored in _stored[history.Id])
        {
            if (!waiting.Remove((stored.Scope, stored.Visit, stored.Attempt), out var scheduled))
                Broken(history.Id, $"its task {Of(stored.Scope, stored.Visit, stored.Attempt)} is stored as waiting, once too often or without waiting");
            else if (scheduled.At != stored.Scheduled || !IsOf(scheduled.TaskScheduled.Resource, stored.Activity))
                Broken(history.Id, $"{scheduled.Name()} at {scheduled.At} for {scheduled.TaskScheduled.Resource} is stored as waiting for {stored.Activity} since {stored.Scheduled}");
        }

        if (!Dump.IsComplete("pending"))
            return;
        foreach (var ((scope, visit, attempt), scheduled) in waiting)
            Broken(history.Id, $"{scheduled.Name()}: its task {Of(scope, visit, attempt)} is not stored as waiting");
    }

    public override void End()
    {
        foreach (var stored in Dump.Pending.Where(stored => !_seen.Contains(stored.Execution)))
            Broken(stored.Execution, $"a task of it is stored as waiting for {stored.Activity}, and it has no history");
    }

    private static Dictionary<(string Scope, long Visit, int Attempt), Event> Waiting(Positions at) => at.All
        .Where(scope => scope.Value is { IsOver: false, Scheduled.TaskScheduled.Kind: Position.Activity, Started: null } && at.IsLive(scope.Key))
        .ToDictionary(scope => (scope.Key, scope.Value.Visit, scope.Value.Attempt), scope => scope.Value.Scheduled!);

    /// <summary>Whether an ARN is that of account/region/name.</summary>
    private static bool IsOf(string arn, string activity) =>
        arn.Split(':') is [_, _, _, var region, var account, _, var name] && string.Equals($"{account}/{region}/{name}", activity, StringComparison.Ordinal);

    private static string Of(string scope, long visit, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"of visit {visit}, attempt {attempt}{(scope.Length > 0 ? $" in {scope}" : "")}");
}
