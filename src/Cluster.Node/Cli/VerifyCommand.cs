using System.CommandLine;
using System.Globalization;
using Cluster.Node.Hosting;

namespace Cluster.Node.Cli;

/// <summary><c>verify</c>: looks at all that is stored in a data directory or a backup, and changes nothing.</summary>
internal static class VerifyCommand
{
    private const int Wrong = 1;

    private static readonly Argument<string> Directory = new("DIR") { Description = "A data directory that no process runs on, or a backup." };

    public static Command Build()
    {
        var command = new Command("verify", "Verifies what a data directory or a backup holds, and changes nothing.") { Directory };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(Directory)!));
        return command;
    }

    private static async Task<int> RunAsync(string directory)
    {
        if (StoreVerification.TryRun(directory, out var refusal) is not { } done)
        {
            await Console.Error.WriteLineAsync($"cluster: error: {refusal}").ConfigureAwait(false);
            return Wrong;
        }

        foreach (var problem in done.Problems)
            await Console.Out.WriteLineAsync(problem).ConfigureAwait(false);
        if (done.ProblemCount > done.Problems.Count)
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"and {done.ProblemCount - done.Problems.Count} more")).ConfigureAwait(false);
        if (done.Counts.Length > 0)
            await Console.Out.WriteLineAsync($"cluster: {directory} holds {done.Counts}").ConfigureAwait(false);
        await Console.Out.WriteLineAsync(done.ProblemCount == 0
            ? "cluster: nothing is wrong"
            : string.Create(CultureInfo.InvariantCulture, $"cluster: {done.ProblemCount} problems")).ConfigureAwait(false);
        return done.ProblemCount == 0 ? 0 : Wrong;
    }
}
