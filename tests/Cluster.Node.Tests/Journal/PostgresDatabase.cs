using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal.Postgres;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>A migrated database of one test on the shared server, dropped at its end. Without PostgreSQL the test is skipped.</summary>
public sealed class PostgresDatabase : IDisposable
{
    /// <summary>Migrated once; every other is a copy of it.</summary>
    private static readonly Lazy<string> Template = new(() =>
    {
        var name = PostgresServer.Shared!.CreateDatabase();
        Assert.NotNull(PostgresMigrator.TryRun(AddressOf(PostgresServer.Shared, name), contract: false, out var refusal));
        Assert.Null(refusal);
        return name;
    });

    private static readonly Lock Copying = new();

    public PostgresDatabase(bool migrated = true)
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        Server = PostgresServer.Shared!;
        lock (Copying)
            Name = Server.CreateDatabase(migrated ? Template.Value : null);
    }

    public PostgresServer Server { get; }

    public string Name { get; }

    public PostgresAddress Address => AddressOf(Server, Name);

    public PostgresStoreOptions Options => new() { Address = Address, Broken = e => throw e };

    public PostgresStore Open()
    {
        var store = PostgresStore.TryOpen(Options, out var refusal);
        Assert.Null(refusal);
        return store!;
    }

    public string Query(string sql) => Server.Query(Name, "SET search_path = cluster; " + sql);

    public void Dispose() => Server.DropDatabase(Name);

    public static PostgresAddress AddressOf(PostgresServer server, string database, int? port = null)
    {
        var address = PostgresAddress.TryParse(server.ConnectionString(database, port), out var refusal);
        Assert.Null(refusal);
        return address!;
    }
}
