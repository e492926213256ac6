namespace Cluster.Node.Journal;

/// <summary>What came of a backup.</summary>
/// <param name="Directory">Where it is, or should have been.</param>
/// <param name="Refusal">Why there is none, for a person; null when it is there, whole and durable.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Slices">In how many slices it was copied; between two of them others could write.</param>
/// <param name="LongestSlice">How long the longest slice kept the store from writing.</param>
public sealed record BackupOutcome(string Directory, string? Refusal, long Bytes, int Slices, TimeSpan LongestSlice)
{
    /// <summary>There is none.</summary>
    /// <param name="directory">Where it should have been.</param>
    /// <param name="reason">Why not.</param>
    public static BackupOutcome Refused(string directory, string reason) => new(directory, reason, Bytes: 0, Slices: 0, TimeSpan.Zero);
}
