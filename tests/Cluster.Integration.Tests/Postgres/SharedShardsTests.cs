using System.Diagnostics;
using System.Globalization;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Postgres;

/// <summary>Two real processes on one database: they divide its shards, and each names the other to who asks the wrong one.</summary>
public sealed class SharedShardsTests
{
    private const int Shards = 64;
    private const int Executions = 40;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_processes_divide_the_shards_name_each_other_and_take_over_when_one_is_killed_or_leaves()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        var postgres = PostgresServer.Shared!;
        using var folder = new TempFolder();
        var database = postgres.CreateDatabase();
        var environment = postgres.CreateStore(database);
        var one = await ServerProcess.RunAsync(Start(folder["one"], environment));
        await using var endOne = one;
        var two = await ServerProcess.RunAsync(Start(folder["two"], environment));
        await using var endTwo = two;
        await HoldAsync(postgres, database, Shards / 2, Shards / 2);

        using var api = new ApiClient(one.Endpoint);
        using var other = new ApiClient(two.Endpoint);
        var machine = await api.CreateAsync("waits", """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":5,"End":true}}}""");
        var elsewhere = 0;
        for (var i = 0; i < Executions; i++)
        {
            var answer = await api.StartAsync(machine, Name(i));
            if (answer.Succeeded)
                continue;
            Assert.Equal((503, "NotOwner"), (answer.Status, answer.Error));
            Assert.Contains(two.Endpoint.GetLeftPart(UriPartial.Authority), answer.Message, StringComparison.Ordinal);
            await StartAsync(other, machine, Name(i));
            elsewhere++;
        }

        Assert.InRange(elsewhere, 1, Executions - 1);
        await one.KillAsync();
        await HoldAsync(postgres, database, Shards);
        await EndedAsync(other, machine);
        for (var i = 0; i < Executions; i++)
            Assert.Equal("ExecutionAlreadyExists", (await other.StartAsync(machine, Name(i))).Error);

        await using var three = await ServerProcess.RunAsync(Start(folder["three"], environment));
        await HoldAsync(postgres, database, Shards / 2, Shards / 2);
        Assert.Equal(0, await two.TerminateAsync(Soon));
        await HoldAsync(postgres, database, Shards);
        Assert.Equal("1", postgres.Query(database, "SELECT count(*) FROM cluster.node WHERE expires_at > clock_timestamp()").Trim());
        Assert.Equal("0", postgres.Query(database, "SELECT count(*) FROM (SELECT epoch, lag(epoch) OVER (PARTITION BY shard ORDER BY id) AS before FROM cluster.shard_log) AS l WHERE epoch <= before").Trim());
        using var last = new ApiClient(three.Endpoint);
        await StartAsync(last, machine, "after");
    }

    /// <summary>Starts an execution at the node whose shard it is by the register; it hears of that with its next look.</summary>
    private static async Task StartAsync(ApiClient api, string machine, string name)
    {
        var clock = Stopwatch.StartNew();
        ApiAnswer answer;
        while (!(answer = await api.StartAsync(machine, name)).Succeeded)
        {
            Assert.Equal(503, answer.Status);
            Assert.True(clock.Elapsed < Soon, answer.Message);
            await Task.Delay(50);
        }
    }

    private static ServerStart Start(string folder, IReadOnlyDictionary<string, string> environment) => new()
    {
        Folder = folder,
        Environment = environment,
        Arguments = ["--set", "sharding:lease=6s", "--set", "sharding:margin=1s", "--set", "sharding:settle=1s"],
    };

    /// <summary>Waits until so many nodes hold so many shards each.</summary>
    private static async Task HoldAsync(PostgresServer postgres, string database, params int[] shards)
    {
        var expected = string.Join(',', shards.Select(count => count.ToString(CultureInfo.InvariantCulture)));
        var clock = Stopwatch.StartNew();
        string held;
        while ((held = postgres.Query(
            database, "SELECT string_agg(n::text, ',') FROM (SELECT count(*) AS n FROM cluster.shard GROUP BY incarnation ORDER BY 1) AS s").Trim()) != expected)
        {
            Assert.True(clock.Elapsed < Soon, $"the nodes hold {held}, not {expected}");
            await Task.Delay(100);
        }
    }

    private static async Task EndedAsync(ApiClient api, string machine)
    {
        var clock = Stopwatch.StartNew();
        while ((await api.ListAsync(machine, "RUNNING")).Count > 0)
        {
            Assert.True(clock.Elapsed < Soon, "executions did not end");
            await Task.Delay(100);
        }

        Assert.Equal(Executions, (await api.ListAsync(machine, "SUCCEEDED")).Count);
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"run-{i}");
}
