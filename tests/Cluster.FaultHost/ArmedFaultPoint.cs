using System.Diagnostics;
using Cluster.Node.Executions;

namespace Cluster.FaultHost;

/// <summary>
/// Kills the process with SIGKILL at a point, once a file exists that says <c>POINT</c>. The file is renamed first, so that the test can
/// tell a death at the point from any other.
/// </summary>
internal sealed class ArmedFaultPoint(string file) : IFaultPoints
{
    /// <summary>Names the file that arms the point.</summary>
    public const string FileVariable = "CLUSTER_FAULT_FILE";

    /// <summary>What the file's name gets when the point was reached.</summary>
    public const string HitSuffix = ".hit";

    private int _hit;

    public static IFaultPoints FromEnvironment() => Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file
        ? new ArmedFaultPoint(file)
        : NoFaultPoints.Instance;

    public void Hit(string point)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != point || Interlocked.Exchange(ref _hit, 1) == 1)
            return;
        File.Move(file, file + HitSuffix, overwrite: true);
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
