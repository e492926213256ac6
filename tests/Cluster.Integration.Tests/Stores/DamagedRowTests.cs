using System.Text.Json.Nodes;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Hosting;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>A server on a file in which one byte of one execution's events has changed, with all else of the row as it was.</summary>
public sealed class DamagedRowTests : IDisposable
{
    private const int Executions = 28;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Its_execution_is_refused_in_words_and_everything_else_is_served()
    {
        string machine;
        var asleep = StoreMachine.Name(4);
        await using (var server = await RunAsync())
        {
            using var api = new ApiClient(server.Endpoint);
            machine = await api.CreateAsync("stored", StoreMachine.Definition);
            await new StartLoad(api, machine, inputBytes: 300).StartAsync(Executions, clients: 4);
            Assert.Equal("RUNNING", (string?)(await api.DescribeAsync(ApiClient.ExecutionOf(machine, asleep)))["status"]);
            Assert.Equal(0, await server.TerminateAsync(Soon));
        }

        Damage(asleep);

        Assert.Contains(
            StoreVerification.TryRun(_folder["data"], out _)!.Problems, problem => problem.Contains("row 1 is not what was written", StringComparison.Ordinal));
        await using (var server = await RunAsync())
        {
            using var api = new ApiClient(server.Endpoint);
            var arn = ApiClient.ExecutionOf(machine, asleep);
            foreach (var operation in new[] { "DescribeExecution", "GetExecutionHistory", "StopExecution" })
            {
                var refused = await api.CallAsync(operation, new { executionArn = arn });
                Assert.Equal((503, "ServiceUnavailable"), (refused.Status, refused.Error));
                Assert.Contains("cannot be read. An operator must look after it.", refused.Message, StringComparison.Ordinal);
            }

            for (var i = 1; i <= Executions; i++)
            {
                if (StoreMachine.Name(i) != asleep)
                    Assert.NotEmpty(await api.HistoryAsync(ApiClient.ExecutionOf(machine, StoreMachine.Name(i))));
            }

            Assert.Equal(Executions, (await api.ListAsync(machine)).Count);
            Assert.True((await api.StartAsync(machine, "later", StoreMachine.Input(0, 10))).Succeeded);
            var parked = JsonNode.Parse(await _http.GetStringAsync(server.Admin + "/quarantine"))!["parkedHere"]!.AsArray();
            Assert.Equal("Damaged", (string?)Assert.Single(parked)!["reason"]);
            Assert.False(server.HasExited);
        }
    }

    private Task<ServerProcess> RunAsync() =>
        ServerProcess.RunAsync(new ServerStart { Folder = _folder["data"], Arguments = StoreMachine.EchoEverything });

    /// <summary>Changes one letter of the input's text, in place, so that the row can still be read.</summary>
    private void Damage(string name)
    {
        using var session = SqliteSession.Open(Path.Combine(_folder["data"], SqliteStore.FileName), writable: true, Soon);
        var find = session.Prepared("""
            SELECT commit_nr, events FROM journal WHERE sequence_nr = 1 AND execution_id = (SELECT id FROM execution WHERE name = ?1)
            """).Bind(1, name);
        Assert.True(find.Step());
        var (row, events) = (find.Number(0), find.Blob(1));
        find.Reset();
        var text = events.AsSpan().IndexOf("eeeeeeee"u8);
        Assert.True(text > 0, "the input is not in the row as text");
        events[text] = (byte)'d';
        session.Prepared("UPDATE journal SET events = ?2 WHERE commit_nr = ?1").Bind(1, row).Bind(2, events.AsSpan()).Run();
        session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
