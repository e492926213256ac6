using System.Diagnostics;

namespace Cluster.Benchmarks.Core;

/// <summary>How long something took, by the clock and in processor time of this process: others use the same cores.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="Cpu">User and system time of all threads.</param>
internal readonly record struct CpuTime(TimeSpan Wall, TimeSpan Cpu)
{
    /// <summary>Measures.</summary>
    public static CpuTime Of(Action work)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        work();
        return new CpuTime(Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
    }
}
