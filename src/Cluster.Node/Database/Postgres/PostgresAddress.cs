using System.Globalization;
using Npgsql;

namespace Cluster.Node.Database.Postgres;

/// <summary>Where a PostgreSQL database is and who may enter; read from a connection string. Its text never shows the password.</summary>
public sealed class PostgresAddress
{
    /// <summary>The schema that holds all tables.</summary>
    public const string Schema = "cluster";

    /// <summary>How long opening a connection may take, in seconds.</summary>
    private const int ConnectSeconds = 3;

    /// <summary>How long an answer may take before the connection is given up, in seconds; the server gives up earlier.</summary>
    private const int CommandSeconds = 30;

    /// <summary>How often an idle connection is tried, in seconds, so that a dead one is known.</summary>
    private const int KeepAliveSeconds = 15;

    /// <summary>To the driver: do not ask a server that is late to stop, and wait for its answer to that.</summary>
    private const int GiveUpAtOnce = -1;

    /// <summary>Statements that a pooled connection keeps prepared.</summary>
    private const int PreparedStatements = 64;

    /// <summary>Every read walks an index from where it begins, whatever the statistics say of a table that is new.</summary>
    private const string ReaderSettings = "SET enable_seqscan = off; SET jit = off";

    private readonly NpgsqlConnectionStringBuilder _given;

    private PostgresAddress(NpgsqlConnectionStringBuilder given) => _given = given;

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">Keywords and values, such as <c>Host=db;Database=cluster;Username=cluster;Password=…</c>.</param>
    /// <param name="refusal">Why it cannot be used, without the secrets in it; null when it can.</param>
    public static PostgresAddress? TryParse(string text, out string? refusal)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(text);
            refusal = string.IsNullOrEmpty(given.Host) ? "the connection string names no Host"
                : string.IsNullOrEmpty(given.Database) ? "the connection string names no Database"
                : null;
            return refusal is null ? new PostgresAddress(given) : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            refusal = $"the connection string cannot be read: {(e is ArgumentException ? e.Message : "a value has the wrong form")}";
            return null;
        }
    }

    /// <summary>Host, port and database.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_given.Host}:{_given.Port}/{_given.Database}");

    /// <summary>A source of connections that are closed when they are disposed of.</summary>
    /// <param name="name">What the server shows of whoever is connected.</param>
    internal NpgsqlDataSource Single(string name)
    {
        var settings = Settings(name);
        settings.Pooling = false;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>A source of connections that are closed when they are disposed of, and given up when an answer takes long.</summary>
    /// <param name="name">What the server shows of whoever is connected.</param>
    /// <param name="seconds">How long connecting, and each answer, may take.</param>
    internal NpgsqlDataSource Single(string name, int seconds)
    {
        var settings = Settings(name);
        settings.Pooling = false;
        settings.Timeout = seconds;
        settings.CommandTimeout = seconds;
        settings.CancellationTimeout = GiveUpAtOnce;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>A source of connections that are kept for the next user.</summary>
    /// <param name="name">What the server shows of whoever is connected.</param>
    /// <param name="most">The most connections.</param>
    internal NpgsqlDataSource Pool(string name, int most)
    {
        var settings = Settings(name);
        settings.Pooling = true;
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = most;
        settings.MaxAutoPrepare = PreparedStatements;
        settings.AutoPrepareMinUsages = 2;
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UsePhysicalConnectionInitializer(
            static connection => connection.Run(ReaderSettings),
            static connection => connection.RunAsync(ReaderSettings));
        return source.Build();
    }

    private NpgsqlConnectionStringBuilder Settings(string name) => new(_given.ConnectionString)
    {
        ApplicationName = name,
        SearchPath = Schema,
        Enlist = false,
        Timeout = ConnectSeconds,
        CommandTimeout = CommandSeconds,
        KeepAlive = KeepAliveSeconds,
        NoResetOnClose = true,

        // By default the driver tries Kerberos first, with a connection of its own when the server refuses.
        GssEncryptionMode = _given.ShouldSerialize("GSS Encryption Mode") ? _given.GssEncryptionMode : GssEncryptionMode.Disable,
        IncludeErrorDetail = false,
    };
}
