namespace Cluster.Checker.Dumps;

/// <summary>Writes records to a file, a line each. Any thread may add.</summary>
public sealed class RecordLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file;

    /// <param name="path">The file; what it held is gone.</param>
    public RecordLog(string path) => _file = new StreamWriter(path);

    /// <summary>How many were added.</summary>
    public long Count { get; private set; }

    public void Add(DumpRecord record)
    {
        var line = Dump.Line(record);
        lock (_gate)
        {
            _file.WriteLine(line);
            Count++;
        }
    }

    public void AddRange(IEnumerable<DumpRecord> records)
    {
        foreach (var record in records)
            Add(record);
    }

    public void Dispose() => _file.Dispose();
}
