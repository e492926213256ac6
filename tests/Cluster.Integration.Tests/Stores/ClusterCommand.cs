using System.Diagnostics;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Stores;

/// <summary>A command of the shipped program, run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it printed, errors behind the rest.</param>
internal sealed record ClusterCommand(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<ClusterCommand> RunAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[ServerProcess.ShippedAssembly, .. arguments])
            info.ArgumentList.Add(argument);
        using var process = System.Diagnostics.Process.Start(info)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ClusterCommand(process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
