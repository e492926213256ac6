namespace Cluster.Node.Database.Postgres;

/// <summary>What a migration does to builds that are older than it.</summary>
public enum MigrationKind
{
    /// <summary>It only adds: nodes of the version before go on working.</summary>
    Expand,

    /// <summary>It takes away what only older builds need; made on request, once none of them runs.</summary>
    Contract,
}

/// <summary>One step from a format version to the next.</summary>
/// <param name="From">The version that it starts from; the next is one more.</param>
/// <param name="Kind">What it does to older builds.</param>
/// <param name="Sql">The statements.</param>
public sealed record PostgresMigration(int From, MigrationKind Kind, string Sql)
{
    /// <summary>The version of a database without tables.</summary>
    public const int Nothing = 0;

    /// <summary>The version that this build needs.</summary>
    public const int Newest = 5;

    /// <summary>The first version whose builds know that a name can outlive its execution.</summary>
    public const int Removal = 5;

    /// <summary>The steps that this build knows, by version.</summary>
    public static IReadOnlyList<PostgresMigration> Steps { get; } =
    [
        new(Nothing, MigrationKind.Expand, PostgresSchema.Tables),
        new(1, MigrationKind.Expand, PostgresSchemaVersion2.Changes),
        new(2, MigrationKind.Expand, PostgresSchemaVersion3.Changes),
        new(3, MigrationKind.Expand, PostgresSchemaVersion4.Changes),
        new(4, MigrationKind.Expand, PostgresSchemaVersion5.Changes),
    ];
}
