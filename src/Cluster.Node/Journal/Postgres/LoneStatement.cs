using Cluster.Node.Database.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>A prepared statement of a lone append with its parameters: those of every append first, then its own.</summary>
internal sealed class LoneStatement : IDisposable
{
    /// <summary>How many parameters every lone append has.</summary>
    public const int Shared = 9;

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

    /// <summary>Prepares it on a writing connection.</summary>
    public LoneStatement(NpgsqlConnection connection, long incarnation, string sql, NpgsqlDbType[] own)
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

    /// <summary>Binds the first of its own parameters.</summary>
    public LoneStatement With(params ReadOnlySpan<object?> values) => WithFrom(0, values);

    /// <summary>Binds its own parameters from a place on.</summary>
    public LoneStatement WithFrom(int first, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            _own[first + i].Value = values[i] ?? DBNull.Value;
        return this;
    }

    /// <summary>Runs it; whether the append was written.</summary>
    /// <param name="request">The append.</param>
    /// <param name="row">Its row.</param>
    /// <param name="first">The first history id to be stored.</param>
    /// <param name="last">The last history id to be stored.</param>
    public bool Run(AppendRequest request, JournalRow row, long first, long last)
    {
        _shard.TypedValue = request.Shard;
        _id.TypedValue = PostgresCommands.ToUuid(request.Id);
        _expected.TypedValue = request.ExpectedSequenceNr;
        _epoch.TypedValue = request.Epoch;
        _first.TypedValue = first;
        _last.TypedValue = last;
        _terminal.TypedValue = row.Terminal;
        _events.TypedValue = row.Events;
        return _command.ExecuteNonQuery() > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();

    private NpgsqlParameter<T> Add<T>(NpgsqlDbType type)
    {
        var parameter = new NpgsqlParameter<T> { NpgsqlDbType = type };
        _command.Parameters.Add(parameter);
        return parameter;
    }
}
