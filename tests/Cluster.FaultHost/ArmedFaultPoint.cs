using System.Diagnostics;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;

namespace Cluster.FaultHost;

/// <summary>
/// Kills the process with SIGKILL at a point, once a file exists that says <c>POINT</c>. The file is renamed first, so that the test can
/// tell a death at the point from any other. And ends it whenever a poisonous execution is about to be decided, while a file says how.
/// </summary>
internal sealed class ArmedFaultPoint(string? file, string? poison) : IFaultPoints
{
    /// <summary>Names the file that arms the point.</summary>
    public const string FileVariable = "CLUSTER_FAULT_FILE";

    /// <summary>Names the file that makes executions poisonous and says how: one of the three words below.</summary>
    public const string PoisonVariable = "CLUSTER_POISON_FILE";

    /// <summary>How the name of a poisonous execution begins.</summary>
    public const string PoisonName = "poison";

    /// <summary>What the file's name gets when the point was reached.</summary>
    public const string HitSuffix = ".hit";

    private int _hit;

    public static IFaultPoints FromEnvironment()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable);
        var poison = Environment.GetEnvironmentVariable(PoisonVariable);
        return file is null && poison is null ? NoFaultPoints.Instance : new ArmedFaultPoint(file, poison);
    }

    public void Hit(string point)
    {
        if (file is null || !File.Exists(file) || File.ReadAllText(file) != point || Interlocked.Exchange(ref _hit, 1) == 1)
            return;
        File.Move(file, file + HitSuffix, overwrite: true);
        Kill();
    }

    public void Deciding(Execution execution)
    {
        if (execution.Start?.Name.StartsWith(PoisonName, StringComparison.Ordinal) != true || !File.Exists(poison))
            return;
        switch (File.ReadAllText(poison))
        {
            case "kill":
                Kill();
                break;
            case "fail-fast":
                Environment.FailFast("a fault of the test");
                break;
            case "stack-overflow":
                Sink(depth: 0);
                break;
        }
    }

    private static void Kill()
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>No handler and no finally block runs when the stack ends: the runtime ends the process.</summary>
    private static int Sink(int depth) => depth < 0 ? 0 : Sink(depth + 1) + Sink(depth + 2);
}
