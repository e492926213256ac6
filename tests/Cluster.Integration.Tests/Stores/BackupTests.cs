using System.Diagnostics;
using System.Globalization;
using Cluster.Node.Hosting;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary><c>cluster backup</c> of a process under load, and of a directory that nobody has.</summary>
public sealed class BackupTests(ITestOutputHelper output)
{
    private const int Clients = 16;
    private const int InputBytes = 6_000;
    private const int Before = 2_000;
    private const int LeastSlices = 10;
    private const int SmallMegabytes = 4;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_backup_under_load_holds_all_that_was_acknowledged_before_it_and_the_process_goes_on()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"], Arguments = StoreMachine.EchoEverything });
        using var api = new ApiClient(server.Endpoint);
        var machine = await api.CreateAsync("stored", StoreMachine.Definition);
        var load = new StartLoad(api, machine, InputBytes);
        await load.StartAsync(Before, Clients);
        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(Clients, stop.Token);

        await RefuseASmallDiskAsync(folder["data"]);
        var acknowledged = load.Acknowledged.Count;
        var before = load.Acknowledged.Select(start => start.Name).ToList();
        var began = Stopwatch.GetTimestamp();
        var backup = await ClusterCommand.RunAsync("backup", folder["backups/first"], "--data", folder["data"]);
        var ended = Stopwatch.GetTimestamp();
        var meanwhile = load.Acknowledged.Count - acknowledged;
        stop.Cancel();
        await running;

        Assert.True(backup.ExitCode == 0, backup.Output);
        var slices = int.Parse(backup.Output.Split(" bytes in ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        var slowest = load.Acknowledged.Where(start => start.Answered >= began && start.Invoked <= ended).Max(start => start.Took);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{backup.Output.Trim()}; {meanwhile} starts acknowledged during the command, the slowest after {slowest.TotalMilliseconds:F0} ms"));
        Assert.True(slices >= LeastSlices, "the copy was not made in slices");
        Assert.True(meanwhile > 0, "nothing was started while the backup was made");
        Assert.True(slowest < LongestStart, $"a start took {slowest}");
        Assert.Equal([SqliteStore.FileName], Directory.EnumerateFileSystemEntries(folder["backups/first"]).Select(Path.GetFileName));
        Assert.Equal(["first"], Directory.EnumerateFileSystemEntries(folder["backups"]).Select(Path.GetFileName));

        var verified = await ClusterCommand.RunAsync("verify", folder["backups/first"]);
        Assert.True(verified.ExitCode == 0, verified.Output);
        output.WriteLine(verified.Output.Trim());
        var kept = StoredJournal.Read(folder["backups/first"]);
        Assert.All(before, name => Assert.True(kept.Names.Contains(name), $"{name} was acknowledged before the backup and is not in it"));
        Assert.All(load.Seen.Where(start => start.Invoked > ended), start => Assert.False(kept.Names.Contains(start.Name), $"{start.Name} came after the backup"));
        await KillAmidABackupAsync(folder, server);
        StoredJournal.AssertIsPrefix(kept, folder["data"]);

        await using var restored = await ServerProcess.RunAsync(new ServerStart { Folder = folder["backups/first"], Arguments = StoreMachine.EchoEverything });
        using var again = new ApiClient(restored.Endpoint);
        Assert.Equal("SUCCEEDED", await EndAsync(again, machine, StoreMachine.Name(StoreMachine.EndsAtOnce)));
        Assert.True((await again.StartAsync(machine, "after", StoreMachine.Input(0, 10))).Succeeded);
    }

    [Fact]
    public async Task A_directory_that_no_process_has_is_backed_up_here_and_one_that_is_not_empty_is_never_touched()
    {
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"], Arguments = StoreMachine.EchoEverything };
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            await new StartLoad(api, await api.CreateAsync("stored", StoreMachine.Definition), inputBytes: 100).StartAsync(200, Clients);
            await server.KillAsync();
        }

        var files = Files(folder["data"]);
        Directory.CreateDirectory(folder["empty"]);
        Directory.CreateDirectory(folder["full"]);
        await File.WriteAllTextAsync(folder["full/theirs"], "kept");

        var done = await ClusterCommand.RunAsync("backup", folder["empty"], "--data", folder["data"]);
        var refused = await ClusterCommand.RunAsync("backup", folder["full"], "--data", folder["data"]);
        var nothing = await ClusterCommand.RunAsync("backup", folder["other"], "--data", folder["full"]);
        var verified = await ClusterCommand.RunAsync("verify", folder["data"]);

        Assert.True(done.ExitCode == 0, done.Output);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("not empty", refused.Output, StringComparison.Ordinal);
        Assert.Equal(1, nothing.ExitCode);
        Assert.Contains("no data directory", nothing.Output, StringComparison.Ordinal);
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Equal(["theirs"], Directory.EnumerateFileSystemEntries(folder["full"]).Select(Path.GetFileName));
        Assert.Equal(files, Files(folder["data"]));
        Assert.Equal(StoredJournal.Read(folder["data"]).Rows, StoredJournal.Read(folder["empty"]).Rows);
        Assert.Equal(0, StoreVerification.TryRun(folder["empty"], out _)!.ProblemCount);
    }

    [Fact]
    public async Task A_directory_that_a_process_has_is_not_verified_and_a_process_that_does_not_answer_is_named()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        var verified = await ClusterCommand.RunAsync("verify", folder["data"]);
        File.Delete(folder["data/admin"]);
        var silent = await ClusterCommand.RunAsync("backup", folder["backup"], "--data", folder["data"]);
        await File.WriteAllTextAsync(folder["data/admin"], server.Endpoint.ToString());
        var wrong = await ClusterCommand.RunAsync("backup", folder["backup"], "--data", folder["data"]);

        Assert.Equal(1, verified.ExitCode);
        Assert.Contains($"in use by process {server.Id}", verified.Output, StringComparison.Ordinal);
        Assert.Equal(1, silent.ExitCode);
        Assert.Contains("has not said where its /admin is", silent.Output, StringComparison.Ordinal);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("another program", wrong.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["backup"]));
    }

    /// <summary>A backup whose process is killed is not there; if the kill came too late for that, it is there and whole.</summary>
    private async Task KillAmidABackupAsync(TempFolder folder, ServerProcess server)
    {
        var backup = ClusterCommand.RunAsync("backup", folder["backups/second"], "--data", folder["data"]);
        while (!Directory.Exists(folder["backups/second.partial"]) && !backup.IsCompleted)
            await Task.Delay(1);
        await server.KillAsync();
        var done = await backup;
        output.WriteLine($"killed amid a second backup: {done.Output.Trim()}");
        Assert.Equal(done.ExitCode == 0, Directory.Exists(folder["backups/second"]));
        if (done.ExitCode == 0)
            Assert.Equal(0, StoreVerification.TryRun(folder["backups/second"], out _)!.ProblemCount);
        else
            Assert.Contains("gave no answer", done.Output, StringComparison.Ordinal);
    }

    /// <summary>A backup that does not fit to where it should be is refused and leaves nothing there.</summary>
    private async Task RefuseASmallDiskAsync(string data)
    {
        using var disk = SmallDisk.TryMount(SmallMegabytes, out var refusal);
        if (disk is null)
        {
            output.WriteLine(refusal!);
            return;
        }

        var backup = await ClusterCommand.RunAsync("backup", disk["backup"], "--data", data);
        Assert.Equal(1, backup.ExitCode);
        Assert.Contains("full", backup.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    /// <summary>The files that hold something, by content; the note of who had the directory last is not the store's.</summary>
    private static Dictionary<string, string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(path => !path.EndsWith("lock.pid", StringComparison.Ordinal))
        .ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), StringComparer.Ordinal);

    private static async Task<string> EndAsync(ApiClient api, string machine, string name)
    {
        var arn = ApiClient.ExecutionOf(machine, name);
        return (string)(await api.DescribeAsync(arn))["status"]!;
    }
}
