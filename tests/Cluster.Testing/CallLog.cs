using System.Globalization;
using System.Text;
using Cluster.Checker.Dumps;

namespace Cluster.Testing;

/// <summary>One line of a call log.</summary>
/// <param name="Number">Which call.</param>
/// <param name="What">Called, answered or abandoned.</param>
/// <param name="Function">The function.</param>
/// <param name="Key">The idempotency key, or empty.</param>
/// <param name="Subject">What the call is about, as the test names it; or empty.</param>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="Hash">Of an answer that is no failure, SHA-256 in lower-case hexadecimal; or empty.</param>
public sealed record CallLogLine(long Number, string What, string Function, string Key, string Subject, long At = 0, string Hash = "")
{
    public const string Called = EffectRecord.Called;
    public const string Answered = EffectRecord.Answered;
    public const string Abandoned = EffectRecord.Abandoned;
}

/// <summary>What reached the functions, written and fsynced line by line: the witness that counts when processes are killed.</summary>
public sealed class CallLog(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read);
    private readonly Lock _gate = new();
    private readonly Lock _disk = new();
    private long _written;
    private long _synced;

    /// <summary>Writes a line; it is on disk when this returns. Lines of several threads share an fsync.</summary>
    public void Write(CallLogLine line)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var bytes = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{line.Number}\t{line.What}\t{line.Function}\t{line.Key}\t{line.Subject}\t{at}\t{line.Hash}\n"));
        long mine;
        lock (_gate)
        {
            _file.Write(bytes);
            mine = ++_written;
        }

        lock (_disk)
        {
            if (_synced >= mine)
                return;
            long until;
            lock (_gate)
            {
                _file.Flush();
                until = _written;
            }

            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            _synced = until;
        }
    }

    /// <summary>Reads a log back.</summary>
    public static IReadOnlyList<CallLogLine> Read(string path) =>
    [
        .. File.ReadLines(path).Select(line => line.Split('\t')).Select(parts => new CallLogLine(
            long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2], parts[3], parts[4], long.Parse(parts[5], CultureInfo.InvariantCulture), parts[6])),
    ];

    public void Dispose() => _file.Dispose();
}
