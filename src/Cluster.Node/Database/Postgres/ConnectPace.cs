namespace Cluster.Node.Database.Postgres;

/// <summary>
/// How often a database that could not be reached is tried: by one caller at a time, and with a pause between. The others are refused at
/// once, so that a database that comes back is not met by a storm.
/// </summary>
/// <param name="time">Measures the pause.</param>
internal sealed class ConnectPace(TimeProvider time)
{
    /// <summary>The pause between two tries.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private long? _triedAt;

    /// <summary>Whether the caller may open a connection; when the last one could not be opened, it is the only one that may.</summary>
    public bool MayTry()
    {
        lock (_gate)
        {
            if (_triedAt is not { } tried)
                return true;
            if (time.GetElapsedTime(tried) < Between)
                return false;
            _triedAt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>A connection was opened: all may.</summary>
    public void Succeeded()
    {
        lock (_gate)
            _triedAt = null;
    }

    /// <summary>A connection could not be opened.</summary>
    public void Failed()
    {
        lock (_gate)
            _triedAt = time.GetTimestamp();
    }
}
