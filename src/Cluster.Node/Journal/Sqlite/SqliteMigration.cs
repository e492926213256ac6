using System.Globalization;
using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>One step from a format version to the next.</summary>
/// <param name="From">The version that it starts from.</param>
/// <param name="Sql">The statements that lead to the next version.</param>
internal sealed record SqliteMigration(int From, string Sql)
{
    /// <summary>The steps that this build knows, by version.</summary>
    public static readonly IReadOnlyList<SqliteMigration> Steps =
    [
        new(1, SqliteSchema.Suspects),
        new(2, SqliteSchema.PendingTasks),
        new(3, SqliteSchema.ActivitiesAndTags),
        new(4, SqliteSchema.Retention),
        new(5, SqliteSchema.Checksums),
    ];

    /// <summary>The oldest version that the steps start from.</summary>
    public static int Oldest => Steps[0].From;

    /// <summary>
    /// Makes the steps from a version on, all or none of them, after a copy of the whole file was put beside it. Without steps to make
    /// nothing is touched.
    /// </summary>
    public static void Run(SqliteSession session, string path, int version, IReadOnlyList<SqliteMigration> steps)
    {
        var due = steps.Where(step => step.From >= version).ToList();
        if (due.Count == 0)
            return;

        var copy = string.Create(CultureInfo.InvariantCulture, $"{path}.v{version}");
        File.Delete(copy);
        session.Prepared("VACUUM INTO ?1").Bind(1, copy).Run();
        session.BeginWrite();
        foreach (var step in due)
            session.Run(step.Sql);
        SqliteFormat.SetVersion(session, due[^1].From + 1);
        session.Commit();
    }
}
