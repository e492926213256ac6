using System.Globalization;

namespace Cluster.Benchmarks.Figures;

/// <summary>What all processes of the machine have done since it began, as the kernel counts it.</summary>
internal static class MachineLoad
{
    private const double TicksPerSecond = 100;

    /// <summary>The fields of the first line of /proc/stat in which no processor worked: idle, and waiting for a disk.</summary>
    private static readonly int[] Idle = [4, 5];

    /// <summary>The fields that are no time of their own: what guests used is in those before.</summary>
    private const int FirstGuestField = 9;

    /// <summary>Processor time in seconds, of all processors and all processes, with what the host took for others.</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ticks = Enumerable.Range(1, FirstGuestField - 1).Except(Idle).Sum(i => long.Parse(fields[i], CultureInfo.InvariantCulture));
        return ticks / TicksPerSecond;
    }
}
