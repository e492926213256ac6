using Cluster.Node.Observation;
using Cluster.Node.Tasks;

namespace Cluster.Node.Hosting.Settings;

/// <summary>
/// All settings of a process, a section for each room. Read once at start, from the command line, else the environment, else
/// <c>appsettings.json</c>, else the defaults here; checked as a whole, so that whoever starts the process sees every fault at once.
/// </summary>
public sealed record ClusterSettings
{
    /// <summary>Who the node is and what its executions may do; section <c>node</c>.</summary>
    public NodeSettings Node { get; init; } = new();

    /// <summary>Where callers are listened to, and who they may be; section <c>gateway</c>.</summary>
    public GatewaySettings Gateway { get; init; } = new();

    /// <summary>Where executions are kept; section <c>journal</c>.</summary>
    public JournalSettings Journal { get; init; } = new();

    /// <summary>How nodes share the shards of a store; section <c>sharding</c>.</summary>
    public ShardingSettings Sharding { get; init; } = new();

    /// <summary>How long executions are kept after they have ended; section <c>retention</c>.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>Where calls of work outside go; section <c>tasks</c>.</summary>
    public TaskSettings Tasks { get; init; } = new();

    /// <summary>Where the logs of executions go whose machines have a logging configuration; section <c>logs</c>.</summary>
    public RecordSettings Logs { get; init; } = new() { To = RecordTarget.Files, Directory = Path.GetFullPath(Path.Combine("data", LogsFolder)) };

    /// <summary>Where changes of executions' status are told; section <c>statusEvents</c>.</summary>
    public RecordSettings StatusEvents { get; init; } = new() { Directory = Path.GetFullPath(Path.Combine("data", StatusEventsFolder)) };

    /// <summary>The folder of logs within the data directory.</summary>
    internal const string LogsFolder = "logs";

    /// <summary>The folder of status events within the data directory.</summary>
    internal const string StatusEventsFolder = "status-events";
}

/// <summary>Who the node is and what its executions may do; section <c>node</c>.</summary>
public sealed record NodeSettings
{
    /// <summary>The account in every ARN, 12 digits: the one of AWS's documentation, which nobody owns.</summary>
    public string Account { get; init; } = "123456789012";

    /// <summary>The region in every ARN.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The partition in every ARN.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>
    /// How many history events an execution may have before it fails, as on AWS; 0 means no limit, and then an endless loop goes on until
    /// somebody stops it.
    /// </summary>
    public long HistoryLimit { get; init; } = 25_000;

    /// <summary>
    /// Whether States.ALL in Retry and Catch takes States.DataLimitExceeded: true as AWS was recorded to do, false as AWS's guide says.
    /// </summary>
    public bool CatchAllTakesDataLimit { get; init; } = true;

    /// <summary>
    /// How long a stopping process waits for calls in flight. Calls that are cut off have an unknown outcome, and their attempts may fail.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Where callers are listened to, and who they may be; section <c>gateway</c>.</summary>
public sealed record GatewaySettings
{
    /// <summary>The addresses of the AWS API: <c>http://ADDRESS:PORT</c>. Any that is not loopback needs <see cref="Keys"/>.</summary>
    public IReadOnlyList<Uri> Listen { get; init; } = [new Uri("http://127.0.0.1:8080")];

    /// <summary>The loopback address of <c>/admin</c>; null takes a free port, which is printed and written to <c>admin</c> in the data directory.</summary>
    public Uri? Admin { get; init; }

    /// <summary>The keys of callers. With any, every request must be signed by one; with none, loopback callers are taken as they come.</summary>
    public IReadOnlyList<KeySettings> Keys { get; init; } = [];

    /// <summary>How far the clocks of those who sign may be from this one's, to either side.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest body of a request in bytes: enough for the largest definition, escaped.</summary>
    public int MaxBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many connections may be open at once; more clients, more memory.</summary>
    public int MaxConnections { get; init; } = 16_384;
}

/// <summary>The key of a caller.</summary>
/// <param name="Id">The access key id.</param>
/// <param name="Secret">The secret access key; never shown.</param>
public sealed record KeySettings(string Id, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>Where executions are kept; section <c>journal</c>.</summary>
public sealed record JournalSettings
{
    /// <summary>The data directory, as an absolute path; one process at a time has it.</summary>
    public string Directory { get; init; } = Path.GetFullPath("data");

    /// <summary>The kind of store.</summary>
    public StoreKind Store { get; init; } = StoreKind.Sqlite;

    /// <summary>How to reach the database of a PostgreSQL store: keywords and values. It may hold a password, so it is never shown.</summary>
    public string? Connection { get; init; }

    /// <summary>
    /// How sure a commit of a SQLite store is. <c>full</c> survives the loss of power; <c>normal</c> is several times faster for single executions and
    /// survives the end of the process, but the loss of power may take the last commits.
    /// </summary>
    public SynchronousKind Synchronous { get; init; } = SynchronousKind.Full;

    /// <inheritdoc/>
    public override string ToString() => $"{Store} {Directory}";
}

/// <summary>The kinds of store.</summary>
public enum StoreKind
{
    /// <summary>A SQLite file in the data directory.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    Postgres,

    /// <summary>The process's memory: all is gone when it ends.</summary>
    Memory,
}

/// <summary>How sure a commit of a SQLite store is.</summary>
public enum SynchronousKind
{
    /// <summary>On the disk before it is answered.</summary>
    Full,

    /// <summary>On the disk at the next checkpoint.</summary>
    Normal,
}
