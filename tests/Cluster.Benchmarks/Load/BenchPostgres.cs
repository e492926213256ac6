using Cluster.Benchmarks.Figures;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Hosting.Settings;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.Tasks;
using Cluster.Testing.Postgres;
using Npgsql;

namespace Cluster.Benchmarks.Load;

/// <summary>A PostgreSQL of the bench's own with one store on it. It flushes every commit: fsync and synchronous_commit are on.</summary>
internal sealed class BenchPostgres : IDisposable
{
    /// <summary>What differs from the package's settings, as a user of a machine with some memory would have it.</summary>
    public const string Settings = "-c shared_buffers=1GB -c max_wal_size=4GB";

    /// <summary>Starts at a time while a store is filled.</summary>
    private const int Starters = 64;

    private readonly PostgresServer _server;
    private readonly string _database;

    private BenchPostgres(PostgresServer server)
    {
        _server = server;
        _database = server.CreateDatabase();
        Connection = server.ConnectionString(_database);
        var address = PostgresAddress.TryParse(Connection, out var refusal);
        if (address is null || PostgresMigrator.TryRun(address, contract: false, out refusal) is null)
            throw new InvalidOperationException(refusal);
    }

    /// <summary>How to reach the store's database.</summary>
    public string Connection { get; }

    /// <summary>The settings of a node on it.</summary>
    public JournalSettings Journal => new() { Store = StoreKind.Postgres, Connection = Connection };

    /// <summary>Starts a server and makes the store's tables.</summary>
    public static BenchPostgres Start()
    {
        var server = PostgresServer.Start(Settings);
        try
        {
            return new BenchPostgres(server);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A node in this process on the store.</summary>
    /// <param name="around">What stands between the node and the journal; by default nothing.</param>
    /// <param name="tasks">Who makes the calls; by default the shipped one.</param>
    public Task<InProcessNode> OpenNodeAsync(
        Func<IExecutionJournal, IExecutionJournal>? around = null, ITaskRunner? tasks = null) => InProcessNode.OpenAsync(Journal, around, tasks);

    /// <summary>
    /// Fills the store with executions that a node has started and that stay where they are, and tidies up as the server would in time.
    /// </summary>
    public async Task FillAsync(string machine, string definition, IEnumerable<string> names)
    {
        using (var bulk = new BulkJournal(this))
        {
            using var node = await OpenNodeAsync(_ => bulk, new SilentTasks());
            await node.CreateAsync(machine, definition);
            await Parallel.ForEachAsync(
                names,
                new ParallelOptions { MaxDegreeOfParallelism = Starters },
                async (name, _) => await node.StartAsync(machine, name, StandardFive.Input));
        }

        Run("VACUUM ANALYZE");
        Run("CHECKPOINT");
    }

    /// <summary>The store without a node.</summary>
    public PostgresStore OpenStore() =>
        PostgresStore.TryOpen(new PostgresStoreOptions { Address = PostgresAddress.TryParse(Connection, out _)! }, out var refusal)
            ?? throw new InvalidOperationException(refusal);

    /// <summary>A connection to the store's database that finds its tables.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection)
        {
            SearchPath = PostgresAddress.Schema,
            Pooling = false,
            CommandTimeout = 0,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public void Run(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// What the server has done so far. Nobody may be connected: a backend tells its counts when it ends, or within ten seconds of idling.
    /// </summary>
    public PostgresFigures Read()
    {
        using var connection = Open();
        return PostgresFigures.Read(connection, _server.Log);
    }

    /// <summary>Processor time of the server and all its processes, in seconds.</summary>
    public double CpuSeconds() => ProcessUsage.CpuSecondsOfFamily(
        int.Parse(File.ReadAllText(Path.Combine(_server.Folder, "pid")), System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose() => _server.Dispose();
}
