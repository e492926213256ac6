using System.Diagnostics;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Stores;

/// <summary>A command of the shipped program, run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it printed, errors behind the rest.</param>
/// <param name="MostBytes">The most memory that it was seen to hold, in bytes.</param>
internal sealed record ClusterCommand(int ExitCode, string Output, long MostBytes)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
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
            var ended = process.WaitForExitAsync(limit.Token);
            var most = 0L;
            while (await Task.WhenAny(ended, Task.Delay(LookEvery)) != ended)
                most = Math.Max(most, Held(process));
            await ended;
            return new ClusterCommand(process.ExitCode, await output + await errors, most);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static long Held(System.Diagnostics.Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between the two.
            return 0;
        }
    }
}
