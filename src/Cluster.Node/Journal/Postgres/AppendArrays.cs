using Cluster.Node.Database.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// A batch as the arrays that <see cref="AppendSql"/> takes, in the order of its parameters. The lists are used again for every batch; an
/// entry of starts, snapshots and tasks names its append by the number in the batch, from 1.
/// </summary>
internal sealed class AppendArrays
{
    /// <summary>An expected sequence number that no execution has, so that the append conflicts.</summary>
    private const long Impossible = -1;

    private readonly List<Func<NpgsqlParameter>> _parameters = [];
    private readonly List<Action> _clear = [];
    private readonly List<NpgsqlParameter<long>> _batches = [];
    private readonly int _continuing;
    private readonly int _taskless;
    private bool _changesAny;

    private readonly List<int> _held;

    private readonly List<Guid> _ids;
    private readonly List<long> _expected;
    private readonly List<int> _shards;
    private readonly List<long> _epochs;
    private readonly List<bool> _hasRow;
    private readonly List<long> _firsts;
    private readonly List<long> _lasts;
    private readonly List<bool> _terminals;
    private readonly List<ReadOnlyMemory<byte>> _events;
    private readonly List<long?> _known;

    private readonly List<bool> _changes;
    private readonly List<short?> _statuses;
    private readonly List<long?> _stops;
    private readonly List<long?> _wakes;
    private readonly List<long?> _expiries;

    private readonly List<long> _starts;
    private readonly List<string> _accounts;
    private readonly List<string> _regions;
    private readonly List<string> _stateMachines;
    private readonly List<string> _names;
    private readonly List<long> _nows;
    private readonly List<int> _buckets;
    private readonly List<long> _startDates;
    private readonly List<short> _startStatuses;
    private readonly List<long?> _startStops;
    private readonly List<long?> _startWakes;
    private readonly List<long?> _startExpiries;
    private readonly List<ReadOnlyMemory<byte>> _inputHashes;
    private readonly List<ReadOnlyMemory<byte>> _definitionHashes;

    private readonly List<long> _snapshots;
    private readonly List<long> _snapshotNumbers;
    private readonly List<ReadOnlyMemory<byte>> _snapshotBytes;

    private readonly List<int> _tasks;
    private readonly List<bool> _offered;
    private readonly List<string> _taskAccounts;
    private readonly List<string> _taskRegions;
    private readonly List<string> _activities;
    private readonly List<long> _scheduled;
    private readonly List<Guid> _taskIds;
    private readonly List<string> _scopes;
    private readonly List<long> _visits;
    private readonly List<int> _attempts;

    /// <summary>Empty arrays for a writing connection.</summary>
    public AppendArrays(long incarnation, int connection)
    {
        _held = Array<int>(NpgsqlDbType.Integer);
        _parameters.Add(() => PostgresCommands.Of(incarnation));
        _parameters.Add(() => PostgresCommands.Of(connection));
        _parameters.Add(Batch);
        _ids = Array<Guid>(NpgsqlDbType.Uuid);
        _expected = Array<long>(NpgsqlDbType.Bigint);
        _shards = Array<int>(NpgsqlDbType.Integer);
        _epochs = Array<long>(NpgsqlDbType.Bigint);
        _hasRow = Array<bool>(NpgsqlDbType.Boolean);
        _firsts = Array<long>(NpgsqlDbType.Bigint);
        _lasts = Array<long>(NpgsqlDbType.Bigint);
        _terminals = Array<bool>(NpgsqlDbType.Boolean);
        _events = Array<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
        _known = Array<long?>(NpgsqlDbType.Bigint);
        _continuing = _parameters.Count;
        _changes = Array<bool>(NpgsqlDbType.Boolean);
        _statuses = Array<short?>(NpgsqlDbType.Smallint);
        _stops = Array<long?>(NpgsqlDbType.Bigint);
        _wakes = Array<long?>(NpgsqlDbType.Bigint);
        _expiries = Array<long?>(NpgsqlDbType.Bigint);
        _starts = Array<long>(NpgsqlDbType.Bigint);
        _accounts = Array<string>(NpgsqlDbType.Text);
        _regions = Array<string>(NpgsqlDbType.Text);
        _stateMachines = Array<string>(NpgsqlDbType.Text);
        _names = Array<string>(NpgsqlDbType.Text);
        _nows = Array<long>(NpgsqlDbType.Bigint);
        _buckets = Array<int>(NpgsqlDbType.Integer);
        _startDates = Array<long>(NpgsqlDbType.Bigint);
        _startStatuses = Array<short>(NpgsqlDbType.Smallint);
        _startStops = Array<long?>(NpgsqlDbType.Bigint);
        _startWakes = Array<long?>(NpgsqlDbType.Bigint);
        _startExpiries = Array<long?>(NpgsqlDbType.Bigint);
        _inputHashes = Array<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
        _definitionHashes = Array<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
        _snapshots = Array<long>(NpgsqlDbType.Bigint);
        _snapshotNumbers = Array<long>(NpgsqlDbType.Bigint);
        _snapshotBytes = Array<ReadOnlyMemory<byte>>(NpgsqlDbType.Bytea);
        _taskless = _parameters.Count;
        _tasks = Array<int>(NpgsqlDbType.Integer);
        _offered = Array<bool>(NpgsqlDbType.Boolean);
        _taskAccounts = Array<string>(NpgsqlDbType.Text);
        _taskRegions = Array<string>(NpgsqlDbType.Text);
        _activities = Array<string>(NpgsqlDbType.Text);
        _scheduled = Array<long>(NpgsqlDbType.Bigint);
        _taskIds = Array<Guid>(NpgsqlDbType.Uuid);
        _scopes = Array<string>(NpgsqlDbType.Text);
        _visits = Array<long>(NpgsqlDbType.Bigint);
        _attempts = Array<int>(NpgsqlDbType.Integer);
    }

    /// <summary>Whether what the arrays hold is only rows of executions that go on.</summary>
    public bool OnlyContinues => _starts.Count == 0 && !_changesAny && _snapshots.Count == 0;

    /// <summary>Whether any of the appends offers or withdraws tasks.</summary>
    public bool HasTasks => _tasks.Count > 0;

    /// <summary>
    /// New parameters of <see cref="AppendSql.AllWithTasks"/>, to be added to a command once; they show what the arrays hold now.
    /// </summary>
    public IEnumerable<NpgsqlParameter> OfAllWithTasks() => _parameters.Select(make => make());

    /// <summary>New parameters of <see cref="AppendSql.All"/>, the same way.</summary>
    public IEnumerable<NpgsqlParameter> OfAll() => _parameters.Take(_taskless).Select(make => make());

    /// <summary>New parameters of <see cref="AppendSql.Continue"/>, the same way.</summary>
    public IEnumerable<NpgsqlParameter> OfContinue() => _parameters.Take(_continuing).Select(make => make());

    /// <summary>Fills the arrays with a batch and its number.</summary>
    /// <param name="batch">The appends.</param>
    /// <param name="number">The number.</param>
    /// <param name="tails">The rows that need not be looked for.</param>
    public void Fill(IReadOnlyList<AppendRequest> batch, long number, KnownTails tails)
    {
        Clear();
        foreach (var parameter in _batches)
            parameter.TypedValue = number;
        for (var n = 1; n <= batch.Count; n++)
            Add(batch[n - 1], n, tails);
    }

    /// <summary>Lets go of what the arrays hold.</summary>
    public void Clear()
    {
        _changesAny = false;
        _clear.ForEach(clear => clear());
    }

    private void Add(AppendRequest request, long n, KnownTails tails)
    {
        var row = request.Row;
        var fits = row is null || row.SequenceNr == request.ExpectedSequenceNr + 1;
        _ids.Add(PostgresCommands.ToUuid(request.Id));
        _expected.Add(fits ? request.ExpectedSequenceNr : Impossible);
        _shards.Add(request.Shard);
        _epochs.Add(request.Epoch);
        _hasRow.Add(row is not null);
        _firsts.Add(row?.FirstHistoryId ?? 0);
        _lasts.Add(row?.LastHistoryId ?? 0);
        _terminals.Add(row is { Terminal: true });
        _events.Add(row?.Events ?? ReadOnlyMemory<byte>.Empty);
        _known.Add(fits ? tails.Before(request) : null);
        if (!_held.Contains(request.Shard))
            _held.Add(request.Shard);
        var created = request.NewExecution;
        AddChange(created is null ? request.Change : null);
        if (created is not null)
            AddStart(n, created, request.Name!, request.Change);
        if (request.Snapshot is { } snapshot)
        {
            _snapshots.Add(n);
            _snapshotNumbers.Add(snapshot.SequenceNr);
            _snapshotBytes.Add(snapshot.Bytes);
        }

        if (request.Tasks > 0)
            AddTasks(request, (int)n);
    }

    /// <summary>The statement would not see a row that it writes itself, so what is withdrawn at once is not offered.</summary>
    private void AddTasks(AppendRequest request, int n)
    {
        foreach (var task in request.Withdrawn.Count == 0 ? request.Offered : request.Offered.Except(request.Withdrawn))
            AddTask(task, n, isOffered: true);
        foreach (var task in request.Withdrawn)
            AddTask(task, n, isOffered: false);
    }

    private void AddTask(PendingTask task, int n, bool isOffered)
    {
        _tasks.Add(n);
        _offered.Add(isOffered);
        _taskAccounts.Add(task.Account);
        _taskRegions.Add(task.Region);
        _activities.Add(task.Activity);
        _scheduled.Add(task.ScheduledAt);
        _taskIds.Add(PostgresCommands.ToUuid(task.Id));
        _scopes.Add(task.Scope);
        _visits.Add(task.Visit);
        _attempts.Add(task.Attempt);
    }

    private void AddStart(long n, ExecutionRow row, NameReservation name, ExecutionChange? change)
    {
        var first = FirstRow.Of(row, change);
        _starts.Add(n);
        _accounts.Add(row.Account);
        _regions.Add(row.Region);
        _stateMachines.Add(row.StateMachine);
        _names.Add(row.Name);
        _nows.Add(name.Now);
        _buckets.Add(row.Id.Bucket);
        _startDates.Add(row.StartDate);
        _startStatuses.Add(first.Status);
        _startStops.Add(first.StopDate);
        _startWakes.Add(first.WakeAt);
        _startExpiries.Add(first.NameExpiresAt);
        _inputHashes.Add(row.InputHash);
        _definitionHashes.Add(row.DefinitionHash);
    }

    private void AddChange(ExecutionChange? change)
    {
        _changesAny |= change is not null;
        _changes.Add(change is not null);
        _statuses.Add((short?)change?.Status);
        _stops.Add(change?.StopDate);
        _wakes.Add(change?.WakeAt);
        _expiries.Add(change?.NameExpiresAt);
    }

    private NpgsqlParameter<long> Batch()
    {
        var parameter = new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint };
        _batches.Add(parameter);
        return parameter;
    }

    private List<T> Array<T>(NpgsqlDbType element)
    {
        var list = new List<T>();
        _parameters.Add(() => new NpgsqlParameter<List<T>> { TypedValue = list, NpgsqlDbType = NpgsqlDbType.Array | element });
        _clear.Add(list.Clear);
        return list;
    }
}
