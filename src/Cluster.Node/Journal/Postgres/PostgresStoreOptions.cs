using Cluster.Node.Database.Postgres;

namespace Cluster.Node.Journal.Postgres;

/// <summary>How a PostgreSQL store is opened.</summary>
public sealed record PostgresStoreOptions
{
    /// <summary>The database.</summary>
    public required PostgresAddress Address { get; init; }

    /// <summary>Measures where the writer's time goes, and tells which weeks the journal needs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called when the tables are not what they should be, on the writer's thread, which has stopped. By default the process ends: to go on
    /// would be to answer from a store that no longer takes anything.
    /// </summary>
    public Action<Exception> Broken { get; init; } = static e => Environment.FailFast("The store is broken: " + e.Message, e);
}
