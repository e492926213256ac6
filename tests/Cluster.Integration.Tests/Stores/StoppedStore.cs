using Cluster.Node.Database.Sqlite;
using Cluster.Node.Hosting;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>The store of a server that ran for a while and stopped in order: executions of all kinds, some asleep, some with snapshots.</summary>
public sealed class StoppedStore : IAsyncLifetime
{
    private const int Executions = 140;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();

    /// <summary>The data directory.</summary>
    public string Folder => _folder["data"];

    public async ValueTask InitializeAsync()
    {
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = Folder, Arguments = StoreMachine.EchoEverything });
        using var api = new ApiClient(server.Endpoint);
        var load = new StartLoad(api, await api.CreateAsync("stored", StoreMachine.Definition), inputBytes: 300);
        await load.StartAsync(Executions, clients: 8);
        Assert.Equal(Executions, load.Acknowledged.Count);
        await server.TerminateAsync(Soon);
    }

    /// <summary>What is told of a copy of the store after something was changed in it.</summary>
    internal StoreVerification VerifyAfter(Action<SqliteSession> change)
    {
        using var copy = new TempFolder();
        var file = Path.Combine(copy.Path, SqliteStore.FileName);
        File.Copy(Path.Combine(Folder, SqliteStore.FileName), file);
        using (var session = SqliteSession.Open(file, writable: true, Soon))
        {
            change(session);
            session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var verification = StoreVerification.TryRun(copy.Path, out var refusal);
        Assert.Null(refusal);
        return verification!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
