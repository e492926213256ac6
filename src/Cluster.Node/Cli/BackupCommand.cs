using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Cluster.Node.Hosting;

namespace Cluster.Node.Cli;

/// <summary><c>backup</c>: copies the store of a data directory into another, while a process runs on it or none does.</summary>
internal static class BackupCommand
{
    private const int Refused = 1;

    private static readonly Argument<string> Target = new("DIR") { Description = "Where the backup shall be: a name that is free, or an empty directory." };
    private static readonly Option<string> Source = new("--data") { HelpName = "SOURCE", Description = "The data directory (./data).", DefaultValueFactory = static _ => "./data" };

    public static Command Build()
    {
        var command = new Command("backup", "Backs a sqlite store up. The process that runs on it goes on meanwhile.") { Target, Source };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(Source)!, parsed.GetValue(Target)!));
        return command;
    }

    private static async Task<int> RunAsync(string source, string target)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var outcome = await StoreBackup.RunAsync(source, target, stop.Token).ConfigureAwait(false);
        if (outcome.Refusal is not null)
        {
            await Console.Error.WriteLineAsync($"cluster: error: {outcome.Refusal}").ConfigureAwait(false);
            return Refused;
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"cluster: backed up to {outcome.Directory}: {outcome.Bytes} bytes in {outcome.Slices} slices, the longest of {outcome.LongestSlice.TotalMilliseconds:F0} ms")).ConfigureAwait(false);
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
