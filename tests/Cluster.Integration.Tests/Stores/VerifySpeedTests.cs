using System.Diagnostics;
using System.Globalization;
using Cluster.Integration.Tests.Faults;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>How long <c>cluster verify</c> takes and how much memory, by events.</summary>
[Trait("Suite", "Kill")]
public sealed class VerifySpeedTests(ITestOutputHelper output)
{
    private const long Million = 1_000_000;
    private const long MostBytes = 400L << 20;
    private static readonly TimeSpan PerMillion = TimeSpan.FromSeconds(50);

    /// <summary>A process that begins on a machine that has much to do.</summary>
    private static readonly TimeSpan ToBegin = TimeSpan.FromSeconds(10);

    /// <summary>200,000 events; a million with CLUSTER_SOAK=1.</summary>
    private static long Events => FaultCollection.IsSoak ? Million : Million / 5;

    [Fact]
    public async Task A_million_events_are_verified_within_a_minute_in_bounded_memory()
    {
        using var folder = new TempFolder();
        var events = await WrittenStore.WriteAsync(folder.Path, Events);
        var bytes = new FileInfo(folder[SqliteStore.FileName]).Length;
        var clock = Stopwatch.StartNew();
        var verified = await ClusterCommand.RunAsync("verify", folder.Path);
        var took = clock.Elapsed;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{events} events in {bytes >> 20} MiB verified in {took.TotalSeconds:F1} s with {verified.MostBytes >> 20} MiB of memory: {verified.Output.Trim()}"));
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $" {events} events"), verified.Output, StringComparison.Ordinal);
        Assert.True(took < ToBegin + (PerMillion * events / Million), $"{took} for {events} events");
        Assert.InRange(verified.MostBytes, 1, MostBytes);
    }
}
