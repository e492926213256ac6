namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// When the writer copies the log into the file. A passive copy after every <see cref="FramesBetween"/> frames and when the writer has
/// been idle; the next commit then starts the log again from its beginning, overwriting the file, which flushes faster than growing it.
/// When readers have kept the log from starting again until it has <see cref="MostFrames"/>, the writer waits for them briefly and cuts it.
/// </summary>
internal sealed class SqliteCheckpoints
{
    /// <summary>
    /// Frames between two passive copies: 32 MiB of log. A page that many commits change is copied once, so half as many copies cost two
    /// thirds; twice as many frames would spare more, but the writer would stand still for longer each time.
    /// </summary>
    public const int FramesBetween = 8192;

    /// <summary>Frames at which the log is cut.</summary>
    public const int MostFrames = 65_536;

    private const int Passive = 0;
    private const int Truncate = 3;

    private readonly SqliteSession _session;
    private int _framesSince;

    public SqliteCheckpoints(SqliteSession session) => _session = session;

    /// <summary>Pages written to the log so far.</summary>
    public long Frames { get; private set; }

    /// <summary>To be called after each commit; gives the number of copies made.</summary>
    public int AfterCommit()
    {
        var pages = _session.TakePagesWritten();
        Frames += pages;
        _framesSince += pages;
        return _framesSince >= FramesBetween ? Run() : 0;
    }

    /// <summary>To be called when the writer has nothing to do; gives the number of copies made.</summary>
    public int WhenIdle() => _framesSince > 0 ? Run() : 0;

    /// <summary>Copies all and cuts the log, at the end.</summary>
    public void AtClose() => Copy(Truncate, out _);

    private int Run()
    {
        _framesSince = 0;
        Copy(Passive, out var frames);
        if (frames < MostFrames)
            return 1;
        Copy(Truncate, out _);
        return 2;
    }

    /// <summary>A copy that readers, or a full or failing disk, keep from ending loses nothing: the log stays, the rule comes round again.</summary>
    private void Copy(int mode, out int frames)
    {
        try
        {
            _session.Check(_session.Checkpoint(mode, out frames, out _));
        }
        catch (SqliteFailureException e) when (e.MayPass)
        {
            frames = 0;
        }
    }
}
