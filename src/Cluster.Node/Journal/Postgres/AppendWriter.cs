using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The one writer of a store, on its own thread: it takes all that has gathered, writes it in one statement, and answers after the commit.
/// When the database cannot do it now, or is gone, starts are refused after a while, and all else is kept and tried again. When an answer
/// was lost, the batch waits as it is until the ledger tells, over a new connection, whether it was committed: nobody is told a guess.
/// </summary>
internal sealed class AppendWriter
{
    /// <summary>How long starts are kept while the connection is gone; then they are refused, so that callers hear something.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly long _incarnation;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _broken;
    private readonly JournalWeeks _weeks;
    private readonly WriterThread _thread;
    private readonly AppendQueue _queue = new();
    private readonly List<AppendRequest> _batch = [];
    private readonly Lock _statisticsGate = new();

    private WriterSession? _session;
    private WriterStatistics _statistics;
    private long _number;
    private long? _unknown;

    /// <summary>A writer that takes over a source of connections.</summary>
    /// <param name="source">Gives connections that are named after the incarnation.</param>
    /// <param name="incarnation">The number of this process's life.</param>
    /// <param name="time">Measures where the time goes, and how long starts have waited.</param>
    /// <param name="broken">Called when a write failed in a way that trying again cannot cure. The writer has stopped.</param>
    public AppendWriter(NpgsqlDataSource source, long incarnation, TimeProvider time, Action<Exception> broken)
    {
        _source = source;
        _incarnation = incarnation;
        _time = time;
        _broken = broken;
        _weeks = new JournalWeeks(time);
        _thread = new WriterThread("postgres-writer", Run);
    }

    public WriterStatistics Statistics
    {
        get
        {
            lock (_statisticsGate)
                return _statistics;
        }
    }

    public void Start() => _thread.Start();

    /// <inheritdoc cref="WriterThread.ThrowIfCurrent"/>
    public void ThrowIfCurrent() => _thread.ThrowIfCurrent();

    /// <summary>Queues an append. When it is refused at once, that is told on the calling thread.</summary>
    public void Enqueue(AppendRequest request)
    {
        if (!_queue.TryAdd(request))
            Refuse(request, unknown: false);
    }

    /// <summary>Writes what is queued and ends. Later appends are refused.</summary>
    public void Close()
    {
        _queue.Close();
        _thread.Join();
        _session?.Dispose();
        _source.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        try
        {
            while (_queue.Take(_batch))
            {
                WriteBatch();
                _batch.Clear();
            }
        }
        catch (Exception e)
        {
            Break();
            _broken(e);
        }
    }

    private void WriteBatch()
    {
        var began = _time.GetTimestamp();
        var backOff = WriteLimits.FirstBackOff;
        while (_batch.Count > 0)
        {
            var failure = Try();
            if (failure is null)
                return;
            Count(statistics => statistics with { Failures = statistics.Failures + 1 });
            var gone = failure == PostgresFailure.Lost;
            if (!gone || _time.GetElapsedTime(began) >= StartPatience)
                RefuseStarts();
            if (_queue.IsClosing)
                RefuseBatch();
            if (_batch.Count > 0)
                _queue.WaitBeforeRetry(backOff);
            backOff = backOff * 2 < WriteLimits.LongestBackOff ? backOff * 2 : WriteLimits.LongestBackOff;
        }

        _unknown = null;
    }

    /// <summary>One try; null when the batch was answered.</summary>
    private PostgresFailure? Try()
    {
        try
        {
            Connect();
            if (_unknown is { } number)
            {
                var isSettled = Settle(number);
                _unknown = null;
                if (isSettled)
                    return null;
            }

            _session!.Run(_weeks.Ensure);
            Send();
            return null;
        }
        catch (Exception e) when (Judge(e) is var failure and not PostgresFailure.Broken)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.DiskFull })
                StoreMetrics.OfProcess.Full(isFull: true);
            if (failure == PostgresFailure.Lost)
            {
                _session?.Dispose();
                _session = null;
            }
            else if (failure == PostgresFailure.Refused)
            {
                Part();
                return null;
            }

            return failure;
        }
    }

    private PostgresFailure Judge(Exception failure) =>
        _session?.IsDead(failure) == true ? PostgresFailure.Lost : PostgresFailures.Judge(failure);

    private void Connect()
    {
        if (_session is { IsOpen: true })
            return;
        _session?.Dispose();
        _session = null;
        _session = WriterSession.Open(_source, _incarnation);
        Count(statistics => statistics with { Connections = statistics.Connections + 1 });
    }

    private void Send()
    {
        var began = _time.GetTimestamp();
        var number = ++_number;
        IReadOnlyList<AppendOutcome> outcomes;
        try
        {
            outcomes = _session!.Write(_batch, number);
        }
        catch (Exception e) when (Judge(e) == PostgresFailure.Lost)
        {
            _unknown = number;
            Count(statistics => statistics with { UnknownCommits = statistics.UnknownCommits + 1 });
            throw;
        }

        var committed = _time.GetTimestamp();
        StoreMetrics.OfProcess.Full(isFull: false);
        Answer(outcomes);
        Count(statistics => statistics with
        {
            Commits = statistics.Commits + 1,
            Writes = statistics.Writes + outcomes.Count,
            Fenced = statistics.Fenced + outcomes.Count(outcome => outcome.Kind == AppendOutcomeKind.Fenced),
            WriteTime = statistics.WriteTime + _time.GetElapsedTime(began, committed),
            AnswerTime = statistics.AnswerTime + _time.GetElapsedTime(committed),
        });
    }

    /// <summary>Answers a batch whose answer was lost, if it need not be sent again.</summary>
    private bool Settle(long number)
    {
        if (_session!.HasNoPast)
        {
            // It was away for so long that others took its ledger out: whether the batch was committed cannot be told any more.
            RefuseBatch();
            return true;
        }

        if (_session.LastBatch == number)
            Found([.. _session.LastOutcomes.Zip(_batch, OutcomeOf)]);
        else if (_batch is [var only] && _session.HasWrittenAlone(only))
            Found([new AppendOutcome(AppendOutcomeKind.Appended)]);
        else
            return false;
        return true;
    }

    /// <summary>The batch was committed although its answer was lost.</summary>
    private void Found(List<AppendOutcome> outcomes)
    {
        Answer(outcomes);
        Count(statistics => statistics with
        {
            Commits = statistics.Commits + 1,
            Writes = statistics.Writes + outcomes.Count,
            Fenced = statistics.Fenced + outcomes.Count(outcome => outcome.Kind == AppendOutcomeKind.Fenced),
            FoundCommitted = statistics.FoundCommitted + 1,
        });
    }

    private AppendOutcome OutcomeOf(AppendOutcomeKind kind, AppendRequest request)
    {
        if (kind != AppendOutcomeKind.NameTaken)
            return new AppendOutcome(kind);
        return _session!.FindHolder(request.NewExecution!) is { } holder
            ? new AppendOutcome(kind, holder)
            : new AppendOutcome(AppendOutcomeKind.Unknown);
    }

    private void Answer(IReadOnlyList<AppendOutcome> outcomes)
    {
        if (outcomes.Count != _batch.Count)
            throw new InvalidOperationException("A batch and its outcomes differ in number.");
        for (var i = 0; i < outcomes.Count; i++)
            _batch[i].Reply.Answered(_batch[i], outcomes[i]);
        _batch.Clear();
    }

    /// <summary>Something in the batch can never be stored: each append is tried alone, and the culprit is refused.</summary>
    private void Part()
    {
        var all = _batch.ToList();
        foreach (var one in all)
        {
            _batch.Clear();
            _batch.Add(one);
            if (all.Count == 1)
                Refuse(one, unknown: false);
            else
                WriteBatch();
        }

        _batch.Clear();
    }

    /// <summary>Refuses the starts of the queue, and those of the batch unless it may have been committed.</summary>
    private void RefuseStarts()
    {
        if (_unknown is null)
        {
            foreach (var request in _batch.FindAll(AppendQueue.IsStart))
                Refuse(request, unknown: false);
            _batch.RemoveAll(AppendQueue.IsStart);
        }

        foreach (var request in _queue.TakeRefusable())
            Refuse(request, unknown: false);
    }

    private void RefuseBatch()
    {
        foreach (var request in _batch)
            Refuse(request, unknown: true);
        _batch.Clear();
    }

    private void Break()
    {
        RefuseBatch();
        foreach (var request in _queue.TakeAll())
            Refuse(request, unknown: true);
    }

    private static void Refuse(AppendRequest request, bool unknown) => request.Reply.Answered(
        request,
        new AppendOutcome(unknown || !AppendQueue.IsStart(request) ? AppendOutcomeKind.Unknown : AppendOutcomeKind.Unavailable));

    private void Count(Func<WriterStatistics, WriterStatistics> change)
    {
        lock (_statisticsGate)
            _statistics = change(_statistics);
    }
}
