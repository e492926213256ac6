using System.Globalization;

namespace Cluster.Benchmarks.Figures;

/// <summary>What a process has used since it began, as the kernel counts it.</summary>
/// <param name="CpuSeconds">User and system time; the kernel's ticks are 10 ms.</param>
/// <param name="WrittenBytes">Bytes handed to the kernel by write calls, sockets included.</param>
/// <param name="DiskBytes">Bytes that were made dirty in the page cache of a disk.</param>
/// <param name="WriteCalls">Write calls.</param>
internal readonly record struct ProcessUsage(double CpuSeconds, long WrittenBytes, long DiskBytes, long WriteCalls)
{
    private const double TicksPerSecond = 100;
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int EndedUserTime = 13;
    private const int EndedSystemTime = 14;

    /// <summary>Reads the counters of a process.</summary>
    public static ProcessUsage Of(int process)
    {
        var fields = Fields(Read(process, "stat"));
        var io = Read(process, "io").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": "))
            .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        return new ProcessUsage(Ticks(fields, UserTime, SystemTime) / TicksPerSecond, io["wchar"], io["write_bytes"], io["syscw"]);
    }

    /// <summary>User and system time of a process, of the children it has, and of those that have ended, in seconds.</summary>
    public static double CpuSecondsOfFamily(int process)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && id != process && TryFields(id) is { } fields && fields[Parent] == process.ToString(CultureInfo.InvariantCulture))
            .Sum(id => TryFields(id) is { } fields ? Ticks(fields, UserTime, SystemTime) : 0);
        return (all + Ticks(TryFields(process)!, UserTime, SystemTime, EndedUserTime, EndedSystemTime)) / TicksPerSecond;
    }

    /// <summary>The resident memory of a process in MiB.</summary>
    public static double ResidentMiB(int process)
    {
        var line = Read(process, "status").Split('\n').First(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024.0;
    }

    public static ProcessUsage operator -(ProcessUsage left, ProcessUsage right) => new(
        left.CpuSeconds - right.CpuSeconds,
        left.WrittenBytes - right.WrittenBytes,
        left.DiskBytes - right.DiskBytes,
        left.WriteCalls - right.WriteCalls);

    /// <summary>The fields of a process's statistics behind its name, or null when it has ended.</summary>
    private static string[]? TryFields(int process)
    {
        try
        {
            return Fields(Read(process, "stat"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The name, the second field, may hold blanks: fields are counted behind its bracket.</summary>
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    private static long Ticks(string[] fields, params ReadOnlySpan<int> wanted)
    {
        var ticks = 0L;
        foreach (var field in wanted)
            ticks += long.Parse(fields[field], CultureInfo.InvariantCulture);
        return ticks;
    }

    private static string Read(int process, string file) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
}
