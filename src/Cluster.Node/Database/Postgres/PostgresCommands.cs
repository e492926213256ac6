using Cluster.Protocol.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Database.Postgres;

/// <summary>Short forms of what every statement does.</summary>
internal static class PostgresCommands
{
    /// <summary>Ends the backends of all other connections of a name ($1): one that is dead does not know it yet.</summary>
    public const string EndOthersOfName =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() AND datname = current_database()";

    /// <summary>A command with its parameters in the order of their numbers.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>Runs statements without parameters or rows.</summary>
    public static void Run(this NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs statements without parameters or rows.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    public static NpgsqlParameter Of(string text) => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter OfText(string? text) => new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Of(long number) => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Of(int number) => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Of(bool flag) => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean };

    public static NpgsqlParameter Of(ReadOnlyMemory<byte> bytes) =>
        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea };

    public static NpgsqlParameter Of(ExecutionId id) => new NpgsqlParameter<Guid> { TypedValue = ToUuid(id), NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Of(int[] numbers) =>
        new NpgsqlParameter<int[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    public static NpgsqlParameter Of(long[] numbers) =>
        new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    public static NpgsqlParameter Of(IEnumerable<ExecutionId> ids) => Of(ids.Select(ToUuid));

    public static NpgsqlParameter Of(IEnumerable<Guid> uuids) =>
        new NpgsqlParameter<Guid[]> { TypedValue = [.. uuids], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };

    /// <summary>A statement of a batch with its parameters in the order of their numbers.</summary>
    public static NpgsqlBatch With(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>An id as a uuid of the same 16 bytes, so that both sort alike.</summary>
    public static Guid ToUuid(ExecutionId id)
    {
        Span<byte> bytes = stackalloc byte[ExecutionId.Size];
        id.Write(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The id that <see cref="ToUuid"/> made a uuid of.</summary>
    public static ExecutionId ToId(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[ExecutionId.Size];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return ExecutionId.Read(bytes);
    }

    public static ExecutionId Id(this NpgsqlDataReader row, int column) => ToId(row.GetGuid(column));

    public static byte[] Bytes(this NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static long? NumberOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
