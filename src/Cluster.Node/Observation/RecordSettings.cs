namespace Cluster.Node.Observation;

/// <summary>Where records of executions go; sections <c>logs</c> and <c>statusEvents</c>.</summary>
public sealed record RecordSettings
{
    /// <summary>The kinds of sink.</summary>
    public RecordTarget To { get; init; } = RecordTarget.None;

    /// <summary>The folder of files, as an absolute path. One process at a time writes there; it is made when there is something to write.</summary>
    public string Directory { get; init; } = "";

    /// <summary>How long a file may get, in bytes; then it is put aside and a new one begun.</summary>
    public long FileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How many files of one stream there are, the one being written included; the oldest goes.</summary>
    public int Files { get; init; } = 8;

    /// <summary>
    /// How many bytes of events may wait to be written. What comes when they are reached is dropped and counted: executions never wait for
    /// their records.
    /// </summary>
    public long QueueBytes { get; init; } = 32L * 1024 * 1024;
}

/// <summary>The kinds of sink.</summary>
public enum RecordTarget
{
    /// <summary>None: nothing is written.</summary>
    None,

    /// <summary>The standard output of the process, a line of JSON for each record.</summary>
    Stdout,

    /// <summary>Files that rotate, a line of JSON for each record.</summary>
    Files,

    /// <summary>Both.</summary>
    Both,
}
