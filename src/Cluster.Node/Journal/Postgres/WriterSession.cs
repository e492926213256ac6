using System.Data;
using System.Globalization;
using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// A connection of the writer. It exists only while it holds the advisory lock of its place, so when there is a second one, the backend of
/// the first is gone and whatever that had under way is either committed or undone.
/// </summary>
internal sealed class WriterSession : IDisposable
{
    /// <summary>The one writing connection of a store.</summary>
    public const int Number = 0;

    /// <summary>What the server shows of writers, followed by the incarnation.</summary>
    public const string NamePrefix = "cluster writer ";

    /// <summary>
    /// Plans by index only, made once: the tables may be empty when the statement is planned. A statement ends before the driver gives the
    /// connection up; a transaction that lies idle, or a line that is dead, does not hold the fence for long.
    /// </summary>
    private const string Settings = """
        SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_bitmapscan = off; SET jit = off;
        SET plan_cache_mode = force_generic_plan; SET work_mem = '64MB'; SET synchronous_commit = on;
        SET statement_timeout = '20s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '1s';
        SET tcp_user_timeout = '5s'
        """;

    private static readonly IReadOnlyList<AppendOutcome> OneAppended = [new AppendOutcome(AppendOutcomeKind.Appended)];

    private readonly NpgsqlConnection _connection;
    private readonly long _incarnation;
    private readonly AppendArrays _arrays;
    private readonly NpgsqlCommand _all;
    private readonly NpgsqlCommand _continue;
    private readonly KnownTails _tails = new();
    private readonly LoneAppend _lone;
    private NpgsqlCommand? _withTasks;

    private WriterSession(NpgsqlConnection connection, long incarnation)
    {
        _connection = connection;
        _incarnation = incarnation;
        _arrays = new AppendArrays(incarnation, Number);
        _all = Prepared(AppendSql.All, _arrays.OfAll());
        _continue = Prepared(AppendSql.Continue, _arrays.OfContinue());
        _lone = new LoneAppend(connection, incarnation, _tails);
    }

    /// <summary>Whether the connection was alive when it was last used or tried.</summary>
    public bool IsOpen => _connection.State == ConnectionState.Open;

    /// <summary>Whether a failure means that the driver has closed the connection.</summary>
    public bool IsDead(Exception failure) => PostgresFailures.IsDead(_connection, failure);

    /// <summary>Whether there was no ledger of this writer: it is new, or was taken for long gone. Nothing can be said of batches before.</summary>
    public bool HasNoPast { get; private set; }

    /// <summary>The last batch that the ledger shows as committed by this writer, 0 for none.</summary>
    public long LastBatch { get; private set; }

    /// <summary>How the appends of <see cref="LastBatch"/> were judged, in their order.</summary>
    public IReadOnlyList<AppendOutcomeKind> LastOutcomes { get; private set; } = [];

    /// <summary>The name under which the server shows the writer of an incarnation.</summary>
    public static string NameOf(long incarnation) => string.Create(CultureInfo.InvariantCulture, $"{NamePrefix}{incarnation:x16}");

    /// <summary>Opens the writer's connection.</summary>
    /// <param name="source">Gives connections that are named after the incarnation.</param>
    /// <param name="incarnation">The number of this process's life.</param>
    /// <exception cref="IOException">The backend of the connection before still lives; it was told to end, and a later try will do.</exception>
    public static WriterSession Open(NpgsqlDataSource source, long incarnation)
    {
        var connection = source.OpenConnection();
        try
        {
            connection.Run(Settings);
            TakePlace(connection, incarnation);
            var session = new WriterSession(connection, incarnation);
            session.ReadLedger(incarnation);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes a batch under a number; when this returns it is committed, and each append has its outcome.</summary>
    public IReadOnlyList<AppendOutcome> Write(IReadOnlyList<AppendRequest> batch, long number)
    {
        if (batch.Count == 1 && _lone.TryWrite(batch[0]))
            return OneAppended;
        _arrays.Fill(batch, number, _tails);
        try
        {
            using var rows = StatementOfBatch().ExecuteReader();
            var outcomes = Outcomes(rows);
            foreach (var (request, outcome) in batch.Zip(outcomes))
            {
                if (outcome.Kind is AppendOutcomeKind.Appended)
                    _tails.Wrote(request);
            }

            return outcomes;
        }
        finally
        {
            _arrays.Clear();
        }
    }

    /// <summary>Whether an append whose answer was lost was written alone, which the ledger does not tell, and is committed.</summary>
    public bool HasWrittenAlone(AppendRequest request)
    {
        if (LoneAppend.RowOf(request) is not { } row)
            return false;
        using var find = _connection.Command(
            LoneSql.Written,
            PostgresCommands.Of(request.Id),
            PostgresCommands.Of(row.SequenceNr),
            PostgresCommands.Of(_incarnation),
            PostgresCommands.Of(row.Events));
        return (bool)find.ExecuteScalar()!;
    }

    /// <summary>Runs something else than a batch on this connection.</summary>
    public void Run(Action<NpgsqlConnection> run) => run(_connection);

    /// <summary>The execution that has the name of a refused start, or null when it is gone meanwhile.</summary>
    public ExecutionRow? FindHolder(ExecutionRow start)
    {
        using var find = _connection.Command(
            AppendSql.Holder,
            PostgresCommands.Of(start.Account),
            PostgresCommands.Of(start.Region),
            PostgresCommands.Of(start.StateMachine),
            PostgresCommands.Of(start.Name));
        using var rows = find.ExecuteReader();
        return rows.Read() ? ExecutionColumns.Read(rows) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lone.Dispose();
        _withTasks?.Dispose();
        _continue.Dispose();
        _all.Dispose();
        _connection.Dispose();
    }

    /// <summary>The statement for what the arrays hold; the largest is prepared when it is first needed.</summary>
    private NpgsqlCommand StatementOfBatch() => _arrays switch
    {
        { HasTasks: true } => _withTasks ??= Prepared(AppendSql.AllWithTasks, _arrays.OfAllWithTasks()),
        { OnlyContinues: true } => _continue,
        _ => _all,
    };

    private NpgsqlCommand Prepared(string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        var command = _connection.Command(sql, [.. parameters]);
        command.Prepare();
        return command;
    }

    /// <summary>The outcomes of a batch; each row beyond names an append whose name was taken, and the holder.</summary>
    private static List<AppendOutcome> Outcomes(NpgsqlDataReader rows)
    {
        if (!rows.Read())
            throw new InvalidOperationException("A batch was not judged.");
        var outcomes = rows.GetFieldValue<short[]>(0).Select(one => new AppendOutcome(KindOf(one))).ToList();
        do
        {
            if (rows.GetInt64(1) is var n and > 0)
                outcomes[(int)n - 1] = new AppendOutcome(AppendOutcomeKind.NameTaken, ExecutionColumns.Read(rows, first: 2));
        }
        while (rows.Read());
        return outcomes;
    }

    private static void TakePlace(NpgsqlConnection connection, long incarnation)
    {
        using var take = connection.Command("SELECT pg_try_advisory_lock($1)", PostgresCommands.Of(incarnation + Number));
        if ((bool)take.ExecuteScalar()!)
            return;
        using var end = connection.Command(PostgresCommands.EndOthersOfName, PostgresCommands.Of(NameOf(incarnation)));
        end.ExecuteNonQuery();
        throw new IOException("The backend of the connection before is not gone yet.");
    }

    private void ReadLedger(long incarnation)
    {
        using (var make = _connection.Command(
            "INSERT INTO ledger VALUES ($1, $2, 0, '{}') ON CONFLICT DO NOTHING", PostgresCommands.Of(incarnation), PostgresCommands.Of(Number)))
            HasNoPast = make.ExecuteNonQuery() > 0;
        using var find = _connection.Command(
            "SELECT batch, outcomes FROM ledger WHERE incarnation = $1 AND connection = $2", PostgresCommands.Of(incarnation), PostgresCommands.Of(Number));
        using var rows = find.ExecuteReader();
        if (!rows.Read())
            return;
        LastBatch = rows.GetInt64(0);
        LastOutcomes = [.. rows.GetFieldValue<short[]>(1).Select(outcome => KindOf(outcome))];
    }

    /// <summary>The outcomes as <see cref="AppendSql"/> numbers them.</summary>
    private static AppendOutcomeKind KindOf(int number) => number switch
    {
        0 => AppendOutcomeKind.Appended,
        1 => AppendOutcomeKind.Conflict,
        2 => AppendOutcomeKind.Fenced,
        3 => AppendOutcomeKind.NameTaken,
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No outcome has the number {number}.")),
    };
}
