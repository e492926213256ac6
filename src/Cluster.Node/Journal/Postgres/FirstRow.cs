namespace Cluster.Node.Journal.Postgres;

/// <summary>The parts of an execution's row that its first append may already change: one that does not wait also ends in it.</summary>
/// <param name="Status">The status as it is stored.</param>
/// <param name="StopDate">The end in Unix milliseconds, or null while it runs.</param>
/// <param name="WakeAt">See <see cref="ExecutionRow.WakeAt"/>.</param>
/// <param name="NameExpiresAt">From when on the name is free in Unix milliseconds, or null while it runs.</param>
internal readonly record struct FirstRow(short Status, long? StopDate, long? WakeAt, long? NameExpiresAt)
{
    /// <summary>A new row after the change that comes with it, if any.</summary>
    public static FirstRow Of(ExecutionRow row, ExecutionChange? change) => change switch
    {
        null => new FirstRow((short)row.Status, row.StopDate, row.WakeAt, NameExpiresAt: null),
        { Status: { } status } => new FirstRow((short)status, change.StopDate, change.WakeAt, change.NameExpiresAt),
        _ => new FirstRow((short)row.Status, row.StopDate, change.WakeAt, NameExpiresAt: null),
    };
}
