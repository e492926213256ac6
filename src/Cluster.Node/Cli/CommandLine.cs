using System.CommandLine;
using Cluster.Node.Hosting.Settings;

namespace Cluster.Node.Cli;

/// <summary>Runs a process with checked settings until it is told to stop; gives its exit code.</summary>
/// <param name="settings">The settings, without any fault.</param>
/// <param name="stop">Asks to drain and end.</param>
public delegate Task<int> RunNode(ClusterSettings settings, CancellationToken stop);

/// <summary>The commands of the program.</summary>
public static class CommandLine
{
    /// <summary>Reads the arguments and does what they say.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="run">Runs a node.</param>
    /// <returns>0 when all went well, 1 when the command failed, 2 when the settings are wrong.</returns>
    public static Task<int> InvokeAsync(string[] args, RunNode run)
    {
        var root = new RootCommand("Cluster runs AWS Step Functions workflows on your own machines.")
        {
            RunCommand.Build(run),
            MigrateCommand.Build(),
            BackupCommand.Build(),
            VerifyCommand.Build(),
        };
        // Signals are the commands' own business: a drain may take longer than the parser's grace.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
