using System.Diagnostics;
using System.Globalization;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Hosting;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>
/// The files of a process that was killed under load, with a log that ends early, as a machine that lost its power leaves it, or with a bit of
/// it the other way round: they open to the beginning of what was committed, and nothing that anybody was told before something that is left is missing.
/// </summary>
[Trait("Suite", "Kill")]
public sealed class TornLogTests(ITestOutputHelper output)
{
    private const int LeastLosses = 30;
    private const int Flips = 21;
    private const int Clients = 24;
    private const int InputBytes = 8_000;
    private const int LeastFrames = 1_500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A hundred cuts; a thousand with CLUSTER_SOAK=1.</summary>
    private static int Cuts => Environment.GetEnvironmentVariable("CLUSTER_SOAK") == "1" ? 1_000 : 100;

    [Fact]
    public async Task A_log_that_is_cut_anywhere_opens_to_the_first_of_the_acknowledged_commits()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CLUSTER_TORN_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CLUSTER_TORN_SEED={seed}"));
        var random = new Random(seed);
        using var folder = new TempFolder();
        var told = new List<SeenStart>();
        var number = 0;
        var (total, flipped) = (default(Losses), default(Losses));
        var shapes = Enum.GetValues<LogShape>();
        foreach (var shape in shapes)
        {
            var (machine, load) = await LoadAndKillAsync(folder["data"], number, shape);
            number += load.Seen.Count;
            told.AddRange(load.Seen);
            var torn = new TornLog(folder["data"], told);
            output.WriteLine($"{shape}: {torn.Description}");
            Assert.Equal(shape == LogShape.PartlyCopied, torn.IsPartlyCopied);
            var share = (Cuts / shapes.Length) + (shape == shapes[^1] ? Cuts % shapes.Length : 0);
            var cuts = torn.Places(random, share);
            total += Judge(folder, torn, [.. cuts.Select(at => (at, (byte)0))]);

            // Once before anything was committed at all, tables included, where nothing was copied yet.
            if (shape == LogShape.New)
                Judge(folder, torn, [(1, 0)]);
            flipped += Judge(folder, torn, [.. torn.Places(random, Flips / shapes.Length).Select(at => (at, (byte)(1 << random.Next(8))))]);
            await ServeAsync(folder, torn, cuts[cuts.Count / 3], machine);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Cuts} cuts: all opened to a prefix; {total.Damages} lost commits, {total.Commits} in all, with {total.Rows} rows and {total.Events} events; {total.Starts} acknowledged starts were among them. {Flips} flipped bits: the same; {flipped.Damages} lost commits"));
        Assert.True(total.Damages >= LeastLosses, $"only {total.Damages} cuts lost anything: the test showed little");
    }

    /// <summary>Starts executions, several at a time, until the log is long and of the wanted shape, and kills the process amid them.</summary>
    private static async Task<(string Machine, StartLoad Load)> LoadAndKillAsync(string data, int number, LogShape shape)
    {
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = data, Arguments = StoreMachine.EchoEverything });
        using var api = new ApiClient(server.Endpoint);
        var machine = await api.CreateAsync("stored", StoreMachine.Definition);
        using var index = LogFile.OpenIndex(data);
        using var reader = SqliteSession.Open(Path.Combine(data, SqliteStore.FileName), writable: false, TimeSpan.FromSeconds(1));
        if (shape == LogShape.PartlyCopied)
        {
            // While somebody reads what it has, a log is copied and yet not begun again.
            reader.BeginRead();
            Assert.True(reader.ReadNumber("SELECT count(*) FROM meta") > 0);
        }

        if (shape != LogShape.New)
            await UntilAsync(index, log => log.Copied > 0);
        var load = new StartLoad(api, machine, InputBytes, number);
        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(Clients, stop.Token);
        await UntilAsync(index, log => log.Frames - log.Copied >= LeastFrames && log.Copied > 0 == (shape == LogShape.PartlyCopied));
        await server.KillAsync();
        stop.Cancel();
        await running;
        reader.Undo();
        return (machine, load);
    }

    private static async Task UntilAsync(SafeFileHandle index, Func<LogFile, bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo(LogFile.Read(index)))
        {
            Assert.True(clock.Elapsed < Patience, $"the log is not as it was to be: {LogFile.Read(index)}");
            await Task.Delay(5);
        }
    }

    private static Losses Judge(TempFolder folder, TornLog torn, IReadOnlyList<(long At, byte Flip)> damages)
    {
        var total = default(Losses);
        var gate = new Lock();
        Parallel.ForEach(damages, new ParallelOptions { MaxDegreeOfParallelism = 2 }, damage =>
        {
            var copy = folder[string.Create(CultureInfo.InvariantCulture, $"damaged{damage.At}-{damage.Flip}")];
            torn.Copy(copy, damage.At, damage.Flip);
            var left = StoredJournal.Read(copy);
            var losses = torn.Judge(left, damage.At);
            var verification = StoreVerification.TryRun(copy, out var refusal);
            if (left.HasNoTables)
                Assert.Contains("its tables were never committed", refusal, StringComparison.Ordinal);
            else
                Assert.True(verification is { ProblemCount: 0 }, $"{damage}: {refusal ?? string.Join('\n', verification!.Problems.Take(10))}");
            Reopen(copy, damage.At);
            Assert.Equal(left.Rows, StoredJournal.Read(copy).Rows);
            Directory.Delete(copy, recursive: true);
            lock (gate)
                total += losses;
        });
        return total;
    }

    /// <summary>Opens the store as a process does, takes the shards, and closes it in order.</summary>
    private static void Reopen(string copy, long at)
    {
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = copy, FullSync = false }, out var refusal);
        Assert.True(store is not null, $"damaged at {at}: {refusal}");
        Assert.Equal(store.ShardCount, store.AcquireShardsAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Count);
    }

    /// <summary>A real server on a cut log: what is left is served, what is lost is unknown and can be started again.</summary>
    private async Task ServeAsync(TempFolder folder, TornLog torn, long cut, string machine)
    {
        var copy = folder["served"];
        torn.Copy(copy, cut);
        var verified = await ClusterCommand.RunAsync("verify", copy);
        Assert.True(verified.ExitCode == 0, verified.Output);
        var left = StoredJournal.Read(copy);
        await using (var server = await ServerProcess.RunAsync(new ServerStart { Folder = copy, Arguments = StoreMachine.EchoEverything }))
        {
            using var api = new ApiClient(server.Endpoint);
            foreach (var start in torn.Told.Where(start => start.Acknowledged && left.Names.Contains(start.Name)).Where((_, i) => i % 50 == 0))
                Assert.Equal(start.Input, (string)(await api.DescribeAsync(ApiClient.ExecutionOf(machine, start.Name)))["input"]!);
            foreach (var start in torn.Told.Where(start => start.Acknowledged && !left.Names.Contains(start.Name)).Take(20))
            {
                Assert.Equal("ExecutionDoesNotExist", (await api.CallAsync("DescribeExecution", new { executionArn = ApiClient.ExecutionOf(machine, start.Name) })).Error);
                Assert.True((await api.StartAsync(machine, start.Name, start.Input)).Succeeded);
            }
        }

        verified = await ClusterCommand.RunAsync("verify", copy);
        Assert.True(verified.ExitCode == 0, verified.Output);
        output.WriteLine($"served a log cut at {cut}: {verified.Output.Trim()}");
        Directory.Delete(copy, recursive: true);
    }
}

/// <summary>How the log lies on the disk when its process is killed.</summary>
internal enum LogShape
{
    /// <summary>It has been written to from its beginning only.</summary>
    New,

    /// <summary>Its beginning is in the file already, and it goes on behind that.</summary>
    PartlyCopied,

    /// <summary>All of it was copied, and it has begun again over its old frames, of which the last are still there.</summary>
    BegunAgain,
}
