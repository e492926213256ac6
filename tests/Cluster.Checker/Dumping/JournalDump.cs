using System.Data.Common;
using System.Globalization;
using Cluster.Checker.Dumps;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cluster.Checker.Dumping;

/// <summary>Dumps a store that nobody writes to, or as it is at one moment.</summary>
public static class JournalDump
{
    /// <summary>How many shards there are.</summary>
    public const int Shards = 64;

    private const string FileName = "cluster.db";
    private const string Schema = "cluster,public";
    private static readonly string[] Statuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];

    /// <summary>The records of a data folder. The file is opened for reading only.</summary>
    public static IEnumerable<DumpRecord> OfFolder(string folder)
    {
        var address = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(address.ToString());
        foreach (var record in Of(connection, new Dialect("sqlite", "lower(hex({0}))", "j.epoch", "1")))
            yield return record;
    }

    /// <summary>The records of a database.</summary>
    public static IEnumerable<DumpRecord> OfPostgres(string address)
    {
        var reached = new NpgsqlConnectionStringBuilder(address) { SearchPath = Schema, Pooling = false };
        using var connection = new NpgsqlConnection(reached.ToString());
        foreach (var record in Of(connection, new Dialect("postgres", "replace({0}::text, '-', '')", "j.incarnation", "j.segment")))
            yield return record;
    }

    /// <summary>What the two stores write differently.</summary>
    private sealed record Dialect(string Store, string Id, string Incarnation, string Segment)
    {
        /// <summary>Who holds a shard.</summary>
        public string Holder => Store == "sqlite" ? "epoch" : "incarnation";

        /// <summary>Whether it notes who was given a shard.</summary>
        public bool HasGrants => Store == "postgres";

        public string IdOf(string column) => string.Format(CultureInfo.InvariantCulture, Id, column);
    }

    private static IEnumerable<DumpRecord> Of(DbConnection connection, Dialect dialect)
    {
        connection.Open();
        using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.Serializable);
        yield return new RunRecord(dialect.Store, IncarnationIsEpoch: dialect.Store == "sqlite");
        foreach (var r in Rows(connection, transaction, "SELECT hash, text FROM definition"))
            yield return new DefinitionRecord(Hex(r, 0), r.GetString(1));
        foreach (var r in Rows(connection, transaction, $"""
            SELECT {dialect.IdOf("id")}, account, region, state_machine, name, status, start_date, stop_date, wake_at, name_expires_at, input_hash, definition_hash
            FROM execution
            """))
        {
            yield return new ExecutionRecord(
                r.GetString(0), Machine(r, 1), r.GetString(4), Statuses[r.GetInt16(5)], r.GetInt64(6), Optional(r, 7), Optional(r, 8), Optional(r, 9), Hex(r, 10), Hex(r, 11));
        }

        foreach (var r in Rows(connection, transaction, $"SELECT account, region, state_machine, name, {dialect.IdOf("execution_id")} FROM name"))
            yield return new NameRecord(Machine(r, 0), r.GetString(3), r.GetString(4));

        foreach (var r in Rows(connection, transaction, $"SELECT account, region, activity, {dialect.IdOf("execution_id")}, scope, visit, attempt, scheduled_at FROM pending_task"))
            yield return new PendingRecord(Machine(r, 0), r.GetString(3), r.GetString(4), r.GetInt64(5), r.GetInt32(6), r.GetInt64(7));
        yield return new CompleteRecord("pending");

        foreach (var r in Rows(connection, transaction, $"SELECT id, epoch, {dialect.Holder} FROM shard ORDER BY id"))
            yield return new ShardRecord(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2));
        if (dialect.HasGrants)
        {
            foreach (var r in Rows(connection, transaction, "SELECT shard, epoch, incarnation, (extract(epoch FROM at) * 1000)::bigint, id, reason FROM shard_log ORDER BY id"))
                yield return new LeaseRecord(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), Until: null, r.GetInt64(4), r.GetString(5));
            yield return new CompleteRecord("lease");
        }

        // 4,096 buckets in 64 shards.
        foreach (var r in Rows(connection, transaction, $"""
            SELECT {dialect.IdOf("j.execution_id")}, j.sequence_nr, j.first_history_id, j.last_history_id, COALESCE(e.bucket / 64, -1), j.epoch,
                {dialect.Incarnation}, j.commit_nr, {dialect.Segment}, j.terminal, j.events
            FROM journal j LEFT JOIN execution e ON e.id = j.execution_id ORDER BY j.commit_nr
            """))
        {
            yield return new EventRow(
                r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt32(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt32(8),
                r.GetBoolean(9), r.GetFieldValue<byte[]>(10));
        }
    }

    private static IEnumerable<DbDataReader> Rows(DbConnection connection, DbTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader;
    }

    private static string Machine(DbDataReader r, int at) => $"{r.GetString(at)}/{r.GetString(at + 1)}/{r.GetString(at + 2)}";

    private static string Hex(DbDataReader r, int at) => Convert.ToHexStringLower(r.GetFieldValue<byte[]>(at));

    private static long? Optional(DbDataReader r, int at) => r.IsDBNull(at) ? null : r.GetInt64(at);
}
