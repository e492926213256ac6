using System.Globalization;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The partitions of the journal: one for each week of starts, made a week ahead by the writer. A week is 604,800,000 ms counted from 1970.
/// A week that cannot be made stays in the partition for the rest, where everything works; only its retention costs more.
/// </summary>
internal sealed class JournalWeeks(TimeProvider time)
{
    /// <summary>The milliseconds of a week.</summary>
    public const long Milliseconds = 7L * 24 * 60 * 60 * 1000;

    /// <summary>Weeks that are made before they begin.</summary>
    private const int Ahead = 1;

    private long _madeUntil = -1;

    /// <summary>Makes the partitions of this week and of those ahead, if that was not tried yet.</summary>
    public void Ensure(NpgsqlConnection connection)
    {
        var week = time.GetUtcNow().ToUnixTimeMilliseconds() / Milliseconds;
        if (week + Ahead <= _madeUntil)
            return;
        for (var one = week; one <= week + Ahead; one++)
            Make(connection, one);
        _madeUntil = week + Ahead;
    }

    private static void Make(NpgsqlConnection connection, long week)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"journal_w{week}");
        using (var find = connection.Command("SELECT to_regclass($1) IS NOT NULL", PostgresCommands.Of(name)))
        {
            if ((bool)find.ExecuteScalar()!)
                return;
        }

        try
        {
            connection.Run($"""
                SET LOCAL lock_timeout = '500ms';
                CREATE TABLE {name} (LIKE journal INCLUDING DEFAULTS);
                ALTER TABLE journal ATTACH PARTITION {name} FOR VALUES FROM ('{First(week)}') TO ('{First(week + 1)}')
                """);
        }
        catch (PostgresException e) when (PostgresFailures.Judge(e) is not PostgresFailure.Lost)
        {
            // Another node made it, somebody is in the way, rows of that week lie in the rest already, or this user may not make tables.
        }
    }

    /// <summary>The least id of a week.</summary>
    public static Guid First(long week) => PostgresCommands.ToUuid(ExecutionId.Create(week * Milliseconds, 0, 0, 0));
}
