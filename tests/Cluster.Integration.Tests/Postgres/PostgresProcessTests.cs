using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Node.Database.Postgres;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Postgres;

/// <summary>The real process on a real PostgreSQL.</summary>
public sealed class PostgresProcessTests
{
    private const int Refused = 1;
    private const int WrongSettings = 2;
    private const int Executions = 40;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_killed_process_is_followed_by_one_that_brings_every_execution_to_its_end()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        var postgres = PostgresServer.Shared!;
        using var folder = new TempFolder();
        await using var functions = await LambdaStandIn.RunAsync();
        var called = 0;
        functions.Add("work", async (_, _) =>
        {
            Interlocked.Increment(ref called);
            await Task.Delay(50);
            return new FunctionResult("{\"done\":true}");
        });
        var start = new ServerStart
        {
            Folder = folder["data"],
            LambdaEndpoint = functions.Endpoint,
            Environment = postgres.CreateStore(),
        };
        string machine;
        await using (var killed = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(killed.Endpoint);
            machine = await api.CreateAsync("waits-and-works", """
                {"StartAt":"Wait","States":{
                  "Wait":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Work"},
                  "Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{}},
                    "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"MaxAttempts":5}],"End":true}}}
                """);
            await Parallel.ForEachAsync(Enumerable.Range(0, Executions), async (i, _) =>
                Assert.True((await api.StartAsync(machine, Name(i), $$"""{"seconds":{{i % 4}}}""")).Succeeded));
            var clock = Stopwatch.StartNew();
            while (Volatile.Read(ref called) == 0 && clock.Elapsed < Soon)
                await Task.Delay(10);
            await killed.KillAsync();
        }

        await using var server = await ServerProcess.RunAsync(start);
        Assert.Contains("postgres at", server.Output, StringComparison.Ordinal);
        using var again = new ApiClient(server.Endpoint);
        await EndedAsync(again, machine);

        var listed = await again.ListAsync(machine);
        Assert.Equal(Executions, listed.Count);
        Assert.All(listed, execution => Assert.Equal("SUCCEEDED", (string?)execution["status"]));
        foreach (var execution in listed)
        {
            var history = await again.HistoryAsync((string)execution["executionArn"]!, pageSize: 5);
            Assert.Equal(Enumerable.Range(1, history.Count), history.Select(one => (int)one["id"]!));
            Assert.Equal("ExecutionSucceeded", (string?)history[^1]["type"]);
        }

        Assert.Equal(0, await server.TerminateAsync(Soon));
    }

    [Fact]
    public async Task A_database_that_was_not_migrated_is_refused_and_left_as_it_is()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        var postgres = PostgresServer.Shared!;
        var database = postgres.CreateDatabase();
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch(new ServerStart
        {
            Folder = folder["data"],
            Arguments = ["--store", "postgres", "--connection", postgres.ConnectionString(database)],
        });

        Assert.Equal(Refused, await server.ExitAsync(Soon));
        Assert.Contains("has no tables of Cluster: run 'cluster migrate", server.Output, StringComparison.Ordinal);
        Assert.Equal("0", postgres.Query(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'cluster'"));
    }

    [Fact]
    public async Task Migrate_says_what_it_did_and_what_is_wrong()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        var postgres = PostgresServer.Shared!;
        var connection = postgres.ConnectionString(postgres.CreateDatabase());

        var (code, output) = await MigrateAsync(connection);
        Assert.Equal(0, code);
        Assert.Contains($"was brought from format version 0 to {PostgresMigration.Newest}", output, StringComparison.Ordinal);
        (code, output) = await MigrateAsync(connection);
        Assert.Equal(0, code);
        Assert.Contains($"has format version {PostgresMigration.Newest}; nothing to do", output, StringComparison.Ordinal);
        (code, output) = await MigrateAsync(connection + "x;Password=hush");
        Assert.Equal(Refused, code);
        Assert.Contains("was not migrated", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
        (code, output) = await MigrateAsync("Colour=blue;Password=hush");
        Assert.Equal(WrongSettings, code);
        Assert.DoesNotContain("hush", output, StringComparison.Ordinal);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"e{number}");

    private static async Task EndedAsync(ApiClient api, string machine)
    {
        var clock = Stopwatch.StartNew();
        while ((await api.ListAsync(machine, "RUNNING")) is { Count: > 0 } open)
        {
            Assert.True(clock.Elapsed < Soon, $"{open.Count} executions are still open: {new JsonArray([.. open.Select(one => one.DeepClone())])}");
            await Task.Delay(100);
        }
    }

    private static async Task<(int Code, string Output)> MigrateAsync(string connection)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(
            "dotnet", [ServerProcess.ShippedAssembly, "migrate", "--store", "postgres", "--connection", connection])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
