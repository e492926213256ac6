using System.Text.Json.Nodes;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Kills;

/// <summary>An execution that ends the process whenever it is decided: after three lives it is left alone, and everything else goes on.</summary>
[Trait("Suite", "Kill")]
public sealed class PoisonTests
{
    private const int Lives = 3;
    private const int Others = 8;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("kill")]
    [InlineData("fail-fast")]
    [InlineData("stack-overflow")]
    public Task An_execution_that_ends_three_lives_of_the_process_is_quarantined_and_runs_again_when_it_is_released(string death) =>
        PoisonAsync(death, new Dictionary<string, string>(StringComparer.Ordinal));

    [Fact]
    public Task The_same_on_PostgreSQL_where_the_data_folder_is_there()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        return PoisonAsync("stack-overflow", PostgresServer.Shared!.CreateStore());
    }

    private static async Task PoisonAsync(string death, IReadOnlyDictionary<string, string> store)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["data"]);
        var poison = folder["poison"];
        var start = new ServerStart
        {
            Folder = folder["data"],
            Assembly = Killing.FaultHost,
            Environment = new Dictionary<string, string>(store, StringComparer.Ordinal) { ["CLUSTER_POISON_FILE"] = poison },
        };
        string poisonous;
        var others = new List<string>();
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            var slow = await api.CreateAsync("slow", Waiting(seconds: 3));
            for (var i = 0; i < Others; i++)
                others.Add((string)(await api.StartAsync(slow, $"other-{i}")).Ok["executionArn"]!);
            var soon = await api.CreateAsync("soon", Waiting(seconds: 1));
            poisonous = (string)(await api.StartAsync(soon, "poison")).Ok["executionArn"]!;
            await File.WriteAllTextAsync(poison, death);
            Assert.NotEqual(0, await server.ExitAsync(Soon));
        }

        for (var life = 1; life < Lives; life++)
        {
            await using var server = ServerProcess.Launch(start);
            Assert.NotEqual(0, await server.ExitAsync(Soon));
            Assert.Contains("is suspect", server.Output, StringComparison.Ordinal);
        }

        await using var living = await ServerProcess.RunAsync(start);
        using var client = new ApiClient(living.Endpoint);
        foreach (var other in others)
            Assert.Equal("SUCCEEDED", await EndedAsync(client, other));
        await QuarantinedAndReleasedAsync(living, client, poisonous, poison);
        Assert.Single(living.Output.Split('\n'), line => line.Contains("is quarantined", StringComparison.Ordinal));
        Assert.Equal(0, await living.TerminateAsync(Soon));
    }

    private static async Task QuarantinedAndReleasedAsync(ServerProcess server, ApiClient client, string arn, string poison)
    {
        Assert.Equal("RUNNING", (string)(await client.DescribeAsync(arn))["status"]!);
        Assert.Contains(await client.HistoryAsync(arn), e => (string)e["type"]! == "WaitStateEntered");
        var refused = await client.CallAsync("StopExecution", $$"""{"executionArn":"{{arn}}"}""");
        Assert.Equal(503, refused.Status);
        Assert.Contains("quarantined", refused.Body.ToJsonString(), StringComparison.Ordinal);

        using var http = new HttpClient();
        var listed = JsonNode.Parse(await http.GetStringAsync(server.Admin + "/quarantine"))!;
        var quarantined = Assert.Single(listed["quarantined"]!.AsArray())!;
        Assert.Equal(("poison", "soon", Lives), ((string)quarantined["name"]!, (string)quarantined["stateMachine"]!, (int)quarantined["crashes"]!));
        Assert.Contains(
            "cluster_executions_parked{reason=\"quarantined\"} 1",
            await http.GetStringAsync(new Uri(server.Endpoint, "/metrics")),
            StringComparison.Ordinal);

        File.Delete(poison);
        using var released = await http.PostAsync($"{server.Admin}/executions/{quarantined["id"]}/release", content: null);
        released.EnsureSuccessStatusCode();
        Assert.Equal("SUCCEEDED", await EndedAsync(client, arn));
        Assert.Empty(JsonNode.Parse(await http.GetStringAsync(server.Admin + "/quarantine"))!["quarantined"]!.AsArray());
    }

    private static string Waiting(int seconds) => $$"""
        {"StartAt":"A","States":{"A":{"Type":"Wait","Next":"B","Seconds":{{seconds}} },"B":{"Type":"Pass","End":true} } }
        """;

    private static async Task<string> EndedAsync(ApiClient api, string execution)
    {
        using var limit = new CancellationTokenSource(Soon);
        while (true)
        {
            var status = (string)(await api.DescribeAsync(execution))["status"]!;
            if (!string.Equals(status, "RUNNING", StringComparison.Ordinal))
                return status;
            await Task.Delay(50, limit.Token);
        }
    }
}
