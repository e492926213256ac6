using Cluster.Node.Database.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// Writes an append that is alone in its batch. With few executions in flight nearly all are, and each waits for the one before it; the
/// statement for whole batches takes the server longer to begin than the commit takes the disk.
/// </summary>
internal sealed class LoneAppend : IDisposable
{
    private readonly Statement _continue;
    private readonly Statement _change;
    private readonly Statement _start;

    /// <summary>Makes and prepares the statements on a writing connection.</summary>
    public LoneAppend(NpgsqlConnection connection, long incarnation)
    {
        _continue = new Statement(connection, incarnation, LoneSql.Continue, []);
        _change = new Statement(
            connection, incarnation, LoneSql.Change, [NpgsqlDbType.Smallint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint]);
        _start = new Statement(
            connection,
            incarnation,
            LoneSql.Start,
            [
                NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Integer, NpgsqlDbType.Smallint,
                NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea,
            ]);
    }

    /// <summary>Writes an append.</summary>
    /// <returns>Whether it is committed. When not, nothing was written: it is of another kind, or not everything about it is good.</returns>
    public bool TryWrite(AppendRequest request)
    {
        if (RowOf(request) is not { } row)
            return false;
        try
        {
            return StatementOf(request).Run(request, row);
        }
        catch (PostgresException e) when (string.Equals(e.SqlState, PostgresErrorCodes.UniqueViolation, StringComparison.Ordinal))
        {
            // The row is there already, by an append whose writer has died meanwhile.
            return false;
        }
    }

    /// <summary>The row of an append of the kind that is written here, or null.</summary>
    public static JournalRow? RowOf(AppendRequest request) =>
        request.Snapshot is null && request.Row is { } row && row.SequenceNr == request.ExpectedSequenceNr + 1 ? row : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _continue.Dispose();
        _change.Dispose();
        _start.Dispose();
    }

    private Statement StatementOf(AppendRequest request)
    {
        if (request.NewExecution is { } created)
        {
            var first = FirstRow.Of(created, request.Change);
            return _start.With(
                created.Account,
                created.Region,
                created.StateMachine,
                created.Name,
                created.Id.Bucket,
                first.Status,
                created.StartDate,
                first.StopDate,
                first.WakeAt,
                first.NameExpiresAt,
                created.InputHash,
                created.DefinitionHash);
        }

        return request.Change is { } change
            ? _change.With((short?)change.Status, change.StopDate, change.WakeAt, change.NameExpiresAt)
            : _continue;
    }

    /// <summary>One statement with its parameters: the nine of every append first, then its own.</summary>
    private sealed class Statement : IDisposable
    {
        private readonly NpgsqlCommand _command;
        private readonly NpgsqlParameter<int> _shard;
        private readonly NpgsqlParameter<Guid> _id;
        private readonly NpgsqlParameter<long> _expected;
        private readonly NpgsqlParameter<long> _epoch;
        private readonly NpgsqlParameter<long> _first;
        private readonly NpgsqlParameter<long> _last;
        private readonly NpgsqlParameter<bool> _terminal;
        private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _events;
        private readonly NpgsqlParameter[] _own;

        public Statement(NpgsqlConnection connection, long incarnation, string sql, NpgsqlDbType[] own)
        {
            _command = new NpgsqlCommand(sql, connection);
            _shard = Add<int>(NpgsqlDbType.Integer);
            Add<long>(NpgsqlDbType.Bigint).TypedValue = incarnation;
            _id = Add<Guid>(NpgsqlDbType.Uuid);
            _expected = Add<long>(NpgsqlDbType.Bigint);
            _epoch = Add<long>(NpgsqlDbType.Bigint);
            _first = Add<long>(NpgsqlDbType.Bigint);
            _last = Add<long>(NpgsqlDbType.Bigint);
            _terminal = Add<bool>(NpgsqlDbType.Boolean);
            _events = Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
            _own = [.. own.Select(type => new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value })];
            _command.Parameters.AddRange(_own);
            _command.Prepare();
        }

        public Statement With(params ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++)
                _own[i].Value = values[i] ?? DBNull.Value;
            return this;
        }

        public bool Run(AppendRequest request, JournalRow row)
        {
            _shard.TypedValue = request.Shard;
            _id.TypedValue = PostgresCommands.ToUuid(request.Id);
            _expected.TypedValue = request.ExpectedSequenceNr;
            _epoch.TypedValue = request.Epoch;
            _first.TypedValue = row.FirstHistoryId;
            _last.TypedValue = row.LastHistoryId;
            _terminal.TypedValue = row.Terminal;
            _events.TypedValue = row.Events;
            return _command.ExecuteNonQuery() > 0;
        }

        public void Dispose() => _command.Dispose();

        private NpgsqlParameter<T> Add<T>(NpgsqlDbType type)
        {
            var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
            _command.Parameters.Add(parameter);
            return parameter;
        }
    }
}
