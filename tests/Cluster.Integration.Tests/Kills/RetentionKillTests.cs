using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Cluster.Integration.Tests.Stores;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.StateMachines.Postgres;
using Cluster.Node.StateMachines.Sqlite;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Kills;

/// <summary>SIGKILL in the middle of the removal of old executions: what is due goes in the end, and nothing else.</summary>
[Trait("Suite", "Kill")]
public sealed partial class RetentionKillTests(ITestOutputHelper output)
{
    private const string Settings = """{"retention":{"keep":"30d","every":"1s"}}""";
    /// <summary>Rows of journals that belong to nobody and that nobody is going to remove.</summary>
    private const string Orphans = """
        SET search_path = cluster; SELECT count(*) FROM journal j WHERE NOT EXISTS (SELECT FROM execution e WHERE e.id = j.execution_id)
            AND NOT EXISTS (SELECT FROM removed r WHERE r.execution_id = j.execution_id)
        """;

    private const ulong Older = 1_000_000;
    private const int Kept = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Its name is not free yet, and that of the other is.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(60);

    private static readonly TimeSpan GreaterAge = TimeSpan.FromDays(100);

    private static bool IsLong => Environment.GetEnvironmentVariable("CLUSTER_SOAK") == "1";

    private static int Kills => IsLong ? 20 : 3;

    private static int Executions => 1_000 * (Kills + 1);

    [Fact]
    public async Task A_removal_on_SQLite_is_killed_again_and_again_and_comes_to_its_end()
    {
        using var folder = new TempFolder();
        foreach (var (age, from) in Ages())
        {
            using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = folder["data"], FullSync = false }, out _)!;
            var epochs = await store.AcquireShardsAsync(TestContext.Current.CancellationToken);
            var until = from + (ulong)(Executions / 2);
            await WrittenStore.WriteAsync(
                store, new SqliteStateMachineStore(store), store.Dispose, epochs, long.MaxValue, until, DateTimeOffset.UtcNow - age, from);
        }

        await SurviveAsync(folder, new Dictionary<string, string>(StringComparer.Ordinal), async () =>
        {
            var verified = await ClusterCommand.RunAsync("verify", folder["data"]);
            Assert.True(verified.ExitCode == 0, verified.Output);
        });
    }

    [Fact]
    public async Task A_removal_on_PostgreSQL_is_killed_again_and_again_and_comes_to_its_end()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var folder = new TempFolder();
        var database = PostgresServer.Shared!.CreateDatabase();
        var settings = PostgresServer.Shared.CreateStore(database);
        foreach (var (age, from) in Ages())
        {
            var address = PostgresAddress.TryParse(settings["CLUSTER_CONNECTION"], out _)!;
            using var store = PostgresStore.TryOpen(new PostgresStoreOptions { Address = address }, out _)!;
            var epochs = await store.AcquireShardsAsync(TestContext.Current.CancellationToken);
            var until = from + (ulong)(Executions / 2);
            await WrittenStore.WriteAsync(
                store, new PostgresStateMachineStore(store), store.Dispose, epochs, long.MaxValue, until, DateTimeOffset.UtcNow - age, from);
        }

        await SurviveAsync(folder, settings, () =>
        {
            Assert.Equal("0", PostgresServer.Shared.Query(database, Orphans));
            return Task.CompletedTask;
        });
    }

    private async Task SurviveAsync(TempFolder folder, IReadOnlyDictionary<string, string> store, Func<Task> verify)
    {
        await File.WriteAllTextAsync(folder["settings.json"], Settings);
        var quiet = new ServerStart { Folder = folder["data"], Environment = store };
        var removing = quiet with { Arguments = ["--config", folder["settings.json"]] };
        string machine;
        IReadOnlyList<string> kept;
        await using (var server = await ServerProcess.RunAsync(quiet))
        {
            using var api = new ApiClient(server.Endpoint);
            machine = await api.CreateAsync("kept", """{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.wait","End":true}}}""");
            for (var i = 0; i < Kept; i++)
                Assert.True((await api.StartAsync(machine, $"k-{i}", i % 2 == 0 ? """{"wait":0}""" : """{"wait":36000}""")).Succeeded);
            await UntilAsync(async () => (await api.ListAsync(machine, "RUNNING")).Count == Kept / 2, "what shall have ended has not");
            kept = await ToldAsync(api, machine);
            await server.KillAsync();
        }

        var random = new Random(1);
        var removed = new List<int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await ServerProcess.RunAsync(removing);
            var least = random.Next(1, 400);
            await UntilAsync(async () => await CountedAsync(server, "cluster_retention_executions") >= least, "nothing is removed");

            // At whatever moment of a step, or of the pause after one.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(40)));
            await server.KillAsync();
            await verify();
            await using var looking = await ServerProcess.RunAsync(quiet with { Port = FreePort.Take() });
            using var api = new ApiClient(looking.Endpoint);
            removed.Add(Executions - (await api.ListAsync(OldMachineOf(machine))).Count);
            Assert.Equal(kept, await ToldAsync(api, machine));
            await looking.KillAsync();
        }

        output.WriteLine($"of {Executions} executions were gone after each kill: {string.Join(", ", removed)}");
        Assert.All(removed.Zip(removed.Skip(1)), pair => Assert.True(pair.First < pair.Second, "a round removed nothing"));
        Assert.InRange(removed[^1], 1, Executions - 1);
        await EndAsync(removing, machine, kept);
        await verify();
    }

    private static async Task EndAsync(ServerStart removing, string machine, IReadOnlyList<string> kept)
    {
        await using var server = await ServerProcess.RunAsync(removing);
        using var api = new ApiClient(server.Endpoint);
        var old = OldMachineOf(machine);
        await UntilAsync(async () => await CountedAsync(server, "cluster_retention_rounds") > 0 && (await api.ListAsync(old)).Count == 0, "some stay");
        Assert.Equal(kept, await ToldAsync(api, machine));
        for (var i = 0; i < Kept; i++)
        {
            Assert.Equal("ExecutionAlreadyExists", (await api.StartAsync(old, StoreMachine.Name(i), """{"other":true}""")).Error);
            Assert.True((await api.StartAsync(old, StoreMachine.Name((int)Older + i), """{"other":true}""")).Succeeded, "a name did not come back");
        }

        await server.KillAsync();
    }

    /// <summary>All that is told of the executions of a machine.</summary>
    private static async Task<IReadOnlyList<string>> ToldAsync(ApiClient api, string machine)
    {
        var told = new List<string>();
        foreach (var one in await api.ListAsync(machine))
        {
            var arn = (string)one["executionArn"]!;
            told.Add((await api.DescribeAsync(arn)).ToJsonString());
            told.Add(string.Join('\n', (await api.HistoryAsync(arn)).Select(static e => e.ToJsonString())));
        }

        return told;
    }

    private static async Task<long> CountedAsync(ServerProcess server, string metric)
    {
        using var http = new HttpClient();
        var line = MetricLine().Matches(await http.GetStringAsync(new Uri(server.Endpoint, "/metrics"))).FirstOrDefault(match => match.Groups["name"].Value == metric);
        return line is null ? 0 : long.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Half of the executions are of each age.</summary>
    private static IEnumerable<(TimeSpan Age, ulong From)> Ages() => [(Age, 0), (GreaterAge, Older)];

    private static string OldMachineOf(string machine) => machine[..(machine.LastIndexOf(':') + 1)] + WrittenStore.Machine;

    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < Patience, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }
    }

    [GeneratedRegex(@"^(?<name>cluster_retention_\w+?)(_total)?(\{[^}]*\})? (?<value>\d+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricLine();
}
