using System.Diagnostics;
using System.Globalization;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>
/// F12a: the disk of PostgreSQL, data and log, is full for a while. First there is room left in the log only, so that it lives and refuses;
/// then not even that, so that it panics and stays down until there is room.
/// </summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Megabytes = 300;

    /// <summary>Log files that are ready to be used again, of 16 MB each.</summary>
    private const int LogFiles = 5;

    private const int LeastSeen = 40;
    private const string Settings = "-c max_wal_size=128MB -c min_wal_size=128MB -c max_connections=200 -c shared_buffers=64MB";
    private const string NextLogFile = "SELECT pg_logical_emit_message(false, 'test', 'next'); SELECT pg_switch_wal()";
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(50);

    private static TimeSpan Full => TimeSpan.FromSeconds(FaultCollection.IsSoak ? 60 : 8);

    [Fact]
    public async Task F12a_a_full_disk_refuses_starts_lets_reads_go_on_and_is_recovered_from()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var disk = SmallDisk.TryMount(Megabytes, out var refusal);
        Assert.SkipWhen(disk is null, refusal ?? "");
        using var postgres = PostgresServer.Start(Settings, disk);
        for (var i = 0; i < LogFiles; i++)
            postgres.Query("postgres", NextLogFile);
        postgres.Query("postgres", "CHECKPOINT");
        await using var rig = await FaultRig.StartAsync(postgres, output.WriteLine);
        await rig.Load.GoOnAsync(more: 300);

        var full = await FillAsync(rig, disk!);
        var acknowledged = rig.Load.Acknowledged.Count;
        var (reads, slowest) = await ReadAsync(rig);
        Assert.True(postgres.IsReady, postgres.Log);
        Assert.Contains("No space left on device", postgres.Log, StringComparison.Ordinal);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"full for {Full.TotalSeconds:F0} s: {rig.Load.Acknowledged.Count - acknowledged} starts acknowledged, {reads} reads, the slowest {slowest.TotalMilliseconds:F0} ms"));
        Assert.True(reads >= LeastSeen, "too little was read while the disk was full");
        Assert.Contains("\ncluster_store_full 1\n", await rig.Node.MetricsAsync(), StringComparison.Ordinal);
        disk!.Empty();
        await RecoverAsync(rig, full, "stayed up");
        Assert.Contains("\ncluster_store_full 0\n", await rig.Node.MetricsAsync(), StringComparison.Ordinal);

        full = await FillAsync(rig, disk);
        Panic(postgres);
        await rig.Load.GoOnAsync(Refused + Refused);
        Assert.False(postgres.IsReady);
        disk.Empty();
        postgres.Restart();
        await RecoverAsync(rig, full, "panicked, and was started again");
        await rig.Load.GoOnAsync(more: 300);
        await rig.JudgeAsync();
    }

    /// <summary>Fills the disk until a start is refused; from when on it was full, Unix milliseconds.</summary>
    private static async Task<long> FillAsync(FaultRig rig, SmallDisk disk)
    {
        var before = rig.Load.Refusals;
        var full = FaultLoad.Now;
        await rig.Load.UntilAsync(
            () =>
            {
                disk.Fill();
                return rig.Load.Refusals > before;
            },
            "a start is refused");
        return full;
    }

    /// <summary>There is room again: the node goes on by itself.</summary>
    private async Task RecoverAsync(FaultRig rig, long full, string how)
    {
        var free = FaultLoad.Now;
        var back = await rig.Load.AcknowledgedAfterAsync(free);

        // Whatever was asked for while there was no room is answered by now.
        await rig.Load.GoOnAsync(Refused);
        var answers = rig.Load.Answers.Where(one => one.At >= full && one.At < free).ToList();
        var refusals = answers.Count(one => one.Refused);
        var slowest = answers.Max(one => one.After);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{refusals} starts refused, the slowest answer after {slowest.TotalMilliseconds:F0} ms; PostgreSQL {how}; written again {back.TotalMilliseconds:F0} ms later"));
        Assert.InRange(slowest, TimeSpan.Zero, Refused);
        Assert.True(refusals >= LeastSeen, "too little was refused while the disk was full");
        Assert.InRange(back, TimeSpan.Zero, Back);
    }

    /// <summary>Uses the log up.</summary>
    private static void Panic(PostgresServer postgres)
    {
        try
        {
            for (var i = 0; i < 4 * LogFiles; i++)
                postgres.Query("postgres", NextLogFile);
        }
        catch (InvalidOperationException) when (postgres.Log.Contains("PANIC", StringComparison.Ordinal))
        {
            return;
        }

        Assert.Fail("PostgreSQL does not need its log:\n" + postgres.Log);
    }

    /// <summary>Reads of all kinds.</summary>
    private static async Task<(int Reads, TimeSpan Slowest)> ReadAsync(FaultRig rig)
    {
        var (reads, slowest) = (0, TimeSpan.Zero);
        var known = rig.Load.Acknowledged.First().Name;
        var arn = ApiClient.ExecutionOf(rig.Machine, known);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Full; await rig.Load.GoOnAsync(ReadEvery))
        {
            var began = clock.Elapsed;
            Assert.Equal(known, (string?)(await rig.Node.Api.DescribeAsync(arn))["name"]);
            Assert.NotEmpty(await rig.Node.Api.HistoryAsync(arn));
            Assert.NotEmpty(await rig.Node.Api.ListAsync(rig.Machine));
            reads += 3;
            slowest = clock.Elapsed - began > slowest ? clock.Elapsed - began : slowest;
        }

        return (reads, slowest);
    }
}
