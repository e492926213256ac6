using Cluster.Node.Hosting.Settings;

namespace Cluster.Node.Hosting;

/// <summary>Puts a node together and runs it.</summary>
public static class NodeHost
{
    /// <summary>Runs a node until it is told to stop.</summary>
    /// <param name="settings">Checked settings.</param>
    /// <param name="stop">Asks to drain and end.</param>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(ClusterSettings settings, CancellationToken stop)
    {
        await Console.Error.WriteLineAsync($"cluster: nothing to run yet on {string.Join(", ", settings.Gateway.Listen)}").ConfigureAwait(false);
        return stop.IsCancellationRequested ? 0 : 1;
    }
}
