using System.Collections.Concurrent;

namespace Cluster.Node.Observation;

/// <summary>Configurations by their text, so that each is read once.</summary>
internal sealed class LogConfigurations
{
    /// <summary>How many texts are kept; with more all are read again.</summary>
    public const int Most = 1024;

    /// <summary>How the Gateway's text of a configuration begins under which nothing is logged.</summary>
    private const string OffStart = "{\"level\":\"OFF\"";

    private readonly ConcurrentDictionary<string, LogConfiguration> _read = new(StringComparer.Ordinal);

    /// <summary>How many are kept now.</summary>
    public int Count => _read.Count;

    /// <summary>The configuration of a text, which is null where nothing was configured.</summary>
    public LogConfiguration Of(string? text)
    {
        // Nearly all machines: no search in the table, no byte of memory.
        if (text is null || text.StartsWith(OffStart, StringComparison.Ordinal))
            return LogConfiguration.Off;
        if (_read.TryGetValue(text, out var known))
            return known;
        if (_read.Count >= Most)
            _read.Clear();
        return _read[text] = LogConfiguration.Read(text);
    }
}
