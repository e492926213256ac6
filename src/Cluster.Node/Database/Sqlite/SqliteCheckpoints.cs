using SQLitePCL;

namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// When the writer copies the log into the file. A passive copy after every <see cref="FramesBetween"/> frames and when the writer has
/// been idle; the next commit then starts the log again from its beginning, overwriting the file, which flushes faster than growing it.
/// When readers have kept the log from starting again until it has <see cref="MostFrames"/>, the writer waits for them briefly and cuts it.
/// </summary>
internal sealed class SqliteCheckpoints
{
    /// <summary>Frames between two passive copies.</summary>
    public const int FramesBetween = 4096;

    /// <summary>Frames at which the log is cut.</summary>
    public const int MostFrames = 65_536;

    private const int Passive = 0;
    private const int Truncate = 3;

    private readonly SqliteSession _session;
    private int _framesSince;

    public SqliteCheckpoints(SqliteSession session) => _session = session;

    /// <summary>Pages written to the log so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Copies so far.</summary>
    public long Count { get; private set; }

    /// <summary>Copies that failed; they are tried again by the same rule and lose nothing, for the log stays.</summary>
    public long Failures { get; private set; }

    /// <summary>To be called after each commit.</summary>
    public void AfterCommit()
    {
        var pages = _session.TakePagesWritten();
        Frames += pages;
        _framesSince += pages;
        if (_framesSince >= FramesBetween)
            Run();
    }

    /// <summary>To be called when the writer has nothing to do.</summary>
    public void WhenIdle()
    {
        if (_framesSince > 0)
            Run();
    }

    /// <summary>Copies all and cuts the log, at the end.</summary>
    public void AtClose() => Copy(Truncate, out _);

    private void Run()
    {
        _framesSince = 0;
        if (Copy(Passive, out var frames) && frames >= MostFrames)
            Copy(Truncate, out _);
    }

    private bool Copy(int mode, out int frames)
    {
        var code = _session.Checkpoint(mode, out frames, out _);
        Count++;
        if (code == raw.SQLITE_OK)
            return true;
        Failures++;
        return code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
    }
}
