using Cluster.Checker.Dumps;
using Cluster.Node.Journal.InMemory;

namespace Cluster.Node.Tests.Checked;

/// <summary>All that a memory store holds, in the forms of the checker.</summary>
internal static class StoreRecords
{
    private static readonly string[] Statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];

    /// <param name="store">What it holds.</param>
    /// <param name="textOf">The text of a definition by its hash.</param>
    public static IEnumerable<DumpRecord> Of(InMemoryContents store, Func<ReadOnlyMemory<byte>, string> textOf)
    {
        yield return new RunRecord("simulation");
        foreach (var hash in store.Executions.Select(kept => kept.Row.DefinitionHash).DistinctBy(Hex))
            yield return new DefinitionRecord(Hex(hash), textOf(hash));
        foreach (var kept in store.Executions)
            yield return Execution(kept);
        foreach (var name in store.Names)
            yield return new NameRecord($"{name.Account}/{name.Region}/{name.StateMachine}", name.Name, name.Id.ToString());
        foreach (var task in store.Pending)
            yield return new PendingRecord($"{task.Account}/{task.Region}/{task.Activity}", task.Id.ToString(), task.Scope, task.Visit, task.Attempt, task.ScheduledAt);
        yield return new CompleteRecord("pending");
        foreach (var grant in store.Grants)
            yield return new LeaseRecord(grant.Shard, grant.Epoch, grant.Incarnation, grant.At, Until: null, grant.CommitNr, grant.Reason);
        yield return new CompleteRecord("lease");
        foreach (var last in store.Grants.GroupBy(grant => grant.Shard).Select(grants => grants.Last()))
            yield return new ShardRecord(last.Shard, last.Epoch, last.Incarnation);
        foreach (var written in store.Rows)
            yield return Row(written);
    }

    private static ExecutionRecord Execution(KeptExecution kept)
    {
        var row = kept.Row;
        return new ExecutionRecord(
            row.Id.ToString(),
            $"{row.Account}/{row.Region}/{row.StateMachine}",
            row.Name,
            Statuses[(int)row.Status],
            row.StartDate,
            row.StopDate,
            row.WakeAt,
            kept.NameExpiresAt,
            Hex(row.InputHash),
            Hex(row.DefinitionHash));
    }

    private static EventRow Row(WrittenRow written) => new(
        written.Id.ToString(),
        written.Row.SequenceNr,
        written.Row.FirstHistoryId,
        written.Row.LastHistoryId,
        written.Shard,
        written.Epoch,
        written.Incarnation,
        written.CommitNr,
        Segment: 1,
        written.Row.Terminal,
        written.Row.Events.ToArray());

    private static string Hex(ReadOnlyMemory<byte> hash) => Convert.ToHexStringLower(hash.Span);
}
