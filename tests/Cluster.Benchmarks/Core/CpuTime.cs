using System.Diagnostics;

namespace Cluster.Benchmarks.Core;

/// <summary>How long something took, by the clock and in processor time of this process: others use the same cores.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="Cpu">User and system time of all threads.</param>
internal readonly record struct CpuTime(TimeSpan Wall, TimeSpan Cpu)
{
    /// <summary>Both clocks as they stand; only differences say anything.</summary>
    public static CpuTime Now => new(Stopwatch.GetElapsedTime(0), Environment.CpuUsage.TotalTime);

    /// <summary>How long something takes.</summary>
    public static CpuTime Of(Action work)
    {
        var began = Now;
        work();
        return Now - began;
    }

    public static CpuTime operator +(CpuTime left, CpuTime right) => new(left.Wall + right.Wall, left.Cpu + right.Cpu);

    public static CpuTime operator -(CpuTime left, CpuTime right) => new(left.Wall - right.Wall, left.Cpu - right.Cpu);
}
