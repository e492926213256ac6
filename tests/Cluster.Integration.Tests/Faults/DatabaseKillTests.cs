using System.Globalization;
using System.Text.RegularExpressions;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>F08: SIGKILL for the database, postmaster and backends, under load; it comes back five seconds later.</summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed partial class DatabaseKillTests(ITestOutputHelper output)
{
    /// <summary>A writer, eight readers, and the one that keeps the lease.</summary>
    private const int PoolSize = 10;

    private const string Settings = "-c log_connections=on -c log_timezone=UTC -c max_connections=200 -c shared_buffers=64MB";
    private static readonly TimeSpan Dark = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static int Rounds => FaultCollection.IsSoak ? 10 : 3;

    [Fact]
    public async Task F08_the_database_is_killed_under_load_and_comes_back()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var postgres = PostgresServer.Start(Settings);
        await using var rig = await FaultRig.StartAsync(postgres, output.WriteLine);
        for (var round = 1; round <= Rounds; round++)
        {
            await rig.Load.GoOnAsync(Calm);
            await rig.Load.GoOnAsync(more: 100);
            postgres.Kill();
            Assert.False(postgres.IsReady);
            var refused = rig.Load.Refusals;
            await rig.Load.GoOnAsync(Dark);
            refused = rig.Load.Refusals - refused;
            postgres.Restart();
            var ready = Times(ReadyPattern(), postgres.Log)[^1];
            var back = await rig.Load.AcknowledgedAfterAsync(ready.ToUnixTimeMilliseconds());
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"kill {round}: {refused} starts refused, written again {back.TotalMilliseconds:F0} ms after PostgreSQL was ready"));
            Assert.InRange(back, TimeSpan.Zero, Back);
            Assert.True(refused > 0, "nothing was refused while the database was dead");
            Assert.False(rig.Node.Server.HasExited, rig.Node.Server.Output);
        }

        await rig.Load.GoOnAsync(Calm);
        var storm = MostWithin(Second, Times(ConnectionPattern(), postgres.Log));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at most {storm} new connections in a second, of a pool of {PoolSize}"));
        Assert.InRange(storm, 1, 2 * PoolSize);
        await rig.JudgeAsync();
    }

    private static List<DateTimeOffset> Times(Regex line, string log) =>
        [.. line.Matches(log).Select(match => DateTimeOffset.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))];

    private static int MostWithin(TimeSpan span, IReadOnlyList<DateTimeOffset> times)
    {
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= span)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    [GeneratedRegex(@"^(?<at>\S+ \S+) UTC .*database system is ready to accept connections", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ReadyPattern();

    /// <summary>By TCP comes only the node.</summary>
    [GeneratedRegex(@"^(?<at>\S+ \S+) UTC .*connection received: host=127\.0\.0\.1", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ConnectionPattern();
}
