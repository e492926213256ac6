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
    private const int UserTime = 11;
    private const int SystemTime = 12;

    /// <summary>Reads the counters of a process.</summary>
    public static ProcessUsage Of(int process)
    {
        // The name, the second field, may hold blanks: fields are counted behind its bracket.
        var stat = Read(process, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var io = Read(process, "io").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": "))
            .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        var ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
        return new ProcessUsage(ticks / TicksPerSecond, io["wchar"], io["write_bytes"], io["syscw"]);
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

    private static string Read(int process, string file) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{file}"));
}
