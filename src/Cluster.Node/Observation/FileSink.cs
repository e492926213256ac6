using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Observation;

/// <summary>A file of records for each stream, in a folder that this process has to itself.</summary>
public sealed partial class FileSink : IRecordSink
{
    /// <summary>How many files are open at once; with more, the one that was longest unused is closed.</summary>
    public const int MostOpen = 64;

    /// <summary>How long a file's name may be before its end is replaced by a hash: file systems take 255 bytes, with the endings.</summary>
    private const int LongestName = 180;

    private const string Ending = ".log";
    private const string Unnamed = "unnamed";

    /// <summary>Its lock tells other processes to keep out.</summary>
    private const string LockName = "in-use";

    private readonly RecordSettings _settings;
    private readonly Action<int> _dropped;
    private readonly ILogger _log;
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);
    private FileStream? _lock;
    private long _uses;
    private bool _failing;

    /// <summary>Opens nothing yet: the folder is made with the first record.</summary>
    /// <param name="settings">Where, how long, how many.</param>
    /// <param name="dropped">Is told how many records could not be written.</param>
    /// <param name="log">Where failures are told.</param>
    public FileSink(RecordSettings settings, Action<int> dropped, ILogger log)
    {
        _settings = settings;
        _dropped = dropped;
        _log = log;
    }

    /// <summary>The name of the file of a stream. Other streams have other names.</summary>
    public static string NameOf(string stream)
    {
        var name = Uri.EscapeDataString(stream.Length == 0 ? Unnamed : stream);
        if (name.Length > LongestName)
            name = $"{name[..(LongestName / 2)]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stream)))}";
        return name + Ending;
    }

    /// <inheritdoc/>
    public void Take(string stream, ReadOnlySpan<byte> json)
    {
        var taken = false;
        RotatingFile? file = null;
        try
        {
            file = FileOf(stream);
            taken = true;
            file.Take(json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(e, taken ? file!.GiveUp() : 1);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        foreach (var entry in _open.Values)
            Flush(entry.File);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        foreach (var entry in _open.Values)
            entry.File.Dispose();
        _open.Clear();
        _lock?.Dispose();
    }

    private void Flush(RotatingFile file)
    {
        if (file.Waiting == 0)
            return;
        try
        {
            file.Flush();
            _failing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(e, file.GiveUp());
        }
    }

    private RotatingFile FileOf(string stream)
    {
        if (!_open.TryGetValue(stream, out var entry))
        {
            if (_lock is null)
            {
                Directory.CreateDirectory(_settings.Directory);
                _lock = new FileStream(Path.Combine(_settings.Directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }

            if (_open.Count >= MostOpen)
                CloseOne();
            entry = new Entry(new RotatingFile(Path.Combine(_settings.Directory, NameOf(stream)), _settings.FileBytes, _settings.Files));
            _open.Add(stream, entry);
        }

        entry.LastUse = ++_uses;
        return entry.File;
    }

    private void CloseOne()
    {
        var (stream, entry) = _open.MinBy(static pair => pair.Value.LastUse);
        Flush(entry.File);
        entry.File.Dispose();
        _open.Remove(stream);
    }

    private void Failed(Exception reason, int lost)
    {
        _dropped(lost);
        if (!_failing)
            LogFailing(_log, _settings.Directory, reason);
        _failing = true;
    }

    [LoggerMessage(EventId = 702, Level = LogLevel.Error, Message = "Records of executions cannot be written to {Directory}; they are dropped until that works again")]
    private static partial void LogFailing(ILogger log, string directory, Exception reason);

    private sealed class Entry(RotatingFile file)
    {
        public RotatingFile File { get; } = file;

        public long LastUse { get; set; }
    }
}
