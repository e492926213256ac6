using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Cluster.Benchmarks.Figures;

/// <summary>What a PostgreSQL server has done since it began, by its own counts.</summary>
/// <param name="WalBytes">Bytes put into the log: the distance of its end.</param>
/// <param name="WalPages">Of its records, those that are whole pages: the first change of a page after a checkpoint.</param>
/// <param name="WalSyncs">Flushes of the log.</param>
/// <param name="FileSyncs">Files that checkpoints flushed, as the server's log tells.</param>
/// <param name="Inserted">Rows inserted into the store's tables.</param>
/// <param name="Updated">Rows updated there.</param>
/// <param name="UpdatedInPlace">Of these, the ones that no index was touched for.</param>
/// <param name="Bytes">The size of the tables with their indexes.</param>
internal readonly partial record struct PostgresFigures(
    long WalBytes, long WalPages, long WalSyncs, long FileSyncs, long Inserted, long Updated, long UpdatedInPlace, long Bytes)
{
    private const string Sql = """
        SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, wal_fpi, wal_sync,
            (SELECT sum(n_tup_ins)::bigint FROM pg_stat_user_tables), (SELECT sum(n_tup_upd)::bigint FROM pg_stat_user_tables),
            (SELECT sum(n_tup_hot_upd)::bigint FROM pg_stat_user_tables),
            (SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_stat_user_tables)
        FROM pg_stat_wal
        """;

    /// <summary>Reads the counts.</summary>
    /// <param name="connection">Any connection to the store's database.</param>
    /// <param name="log">All that the server has logged.</param>
    public static PostgresFigures Read(NpgsqlConnection connection, string log)
    {
        using var command = new NpgsqlCommand(Sql, connection);
        using var row = command.ExecuteReader();
        row.Read();
        var files = Checkpoint().Matches(log).Sum(one => long.Parse(one.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        return new PostgresFigures(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), files, row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
    }

    public static PostgresFigures operator -(PostgresFigures left, PostgresFigures right) => new(
        left.WalBytes - right.WalBytes,
        left.WalPages - right.WalPages,
        left.WalSyncs - right.WalSyncs,
        left.FileSyncs - right.FileSyncs,
        left.Inserted - right.Inserted,
        left.Updated - right.Updated,
        left.UpdatedInPlace - right.UpdatedInPlace,
        left.Bytes - right.Bytes);

    [GeneratedRegex("checkpoint complete:.* sync files=([0-9]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Checkpoint();
}
