using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The statement of one kind of lone append, and its forms that also offer or withdraw a task; those are prepared when they are first
/// needed.
/// </summary>
internal sealed class LoneStatements : IDisposable
{
    private static readonly NpgsqlDbType[] OfTask =
    [
        NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Integer,
    ];

    private readonly NpgsqlConnection _connection;
    private readonly long _incarnation;
    private readonly string _head;
    private readonly string _row;
    private readonly NpgsqlDbType[] _own;
    private readonly LoneStatement _taskless;
    private LoneStatement? _offering;
    private LoneStatement? _withdrawing;

    /// <summary>Prepares the form without a task.</summary>
    /// <param name="connection">A writing connection.</param>
    /// <param name="incarnation">The number of this process's life.</param>
    /// <param name="head">The statement as far as the journal's row.</param>
    /// <param name="row">The journal's row.</param>
    /// <param name="own">The types of the parameters that the kind has beyond those of every append.</param>
    public LoneStatements(NpgsqlConnection connection, long incarnation, string head, string row, NpgsqlDbType[] own)
    {
        (_connection, _incarnation, _head, _row, _own) = (connection, incarnation, head, row, own);
        _taskless = new LoneStatement(connection, incarnation, head + row, own);
    }

    /// <summary>The statement for an append with at most one task, which is bound.</summary>
    public LoneStatement For(AppendRequest request)
    {
        if (request.Tasks == 0)
            return _taskless;
        return request.Offered.Count > 0
            ? With(_offering ??= Prepare(LoneSql.Offer), request.Offered[0])
            : With(_withdrawing ??= Prepare(LoneSql.Withdraw), request.Withdrawn[0]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _withdrawing?.Dispose();
        _offering?.Dispose();
        _taskless.Dispose();
    }

    private LoneStatement Prepare(Func<int, string> task) =>
        new(_connection, _incarnation, _head + task(LoneStatement.Shared + _own.Length + 1) + _row, [.. _own, .. OfTask]);

    private LoneStatement With(LoneStatement statement, PendingTask task) => statement.WithFrom(
        _own.Length, task.Account, task.Region, task.Activity, task.ScheduledAt, task.Scope, task.Visit, task.Attempt);
}
