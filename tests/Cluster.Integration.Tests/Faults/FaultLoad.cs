using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Cluster.Integration.Tests.Kills;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Faults;

/// <summary>Callers that start executions while a fault is on, each one after the other, and each until it is acknowledged.</summary>
/// <param name="api">Whom they ask.</param>
/// <param name="machine">What they start.</param>
/// <param name="callers">How many there are.</param>
internal sealed class FaultLoad(ApiClient api, string machine, int callers)
{
    /// <summary>What a caller may hear instead of an acknowledgement: nothing was decided, and asking again is right.</summary>
    private static readonly string[] Retryable = ["ServiceUnavailable", "ThrottlingException"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Asked> _acknowledged = new();
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _calling = Task.CompletedTask;
    private long _lastAcknowledged;
    private int _asked;
    private int _unsure;
    private int _refusals;

    /// <summary>An answer to a start.</summary>
    /// <param name="At">When it was asked for, Unix milliseconds.</param>
    /// <param name="After">How long the answer took.</param>
    /// <param name="Refused">Whether it was no acknowledgement.</param>
    internal readonly record struct Answer(long At, TimeSpan After, bool Refused);

    public IReadOnlyCollection<Asked> Acknowledged => _acknowledged;

    public IReadOnlyCollection<Answer> Answers => _answers;

    /// <summary>How many starts were refused.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>Starts whose answer never came.</summary>
    public int Unsure => Volatile.Read(ref _unsure);

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public void Begin() => _calling = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync()));

    /// <summary>Begins nothing new, and waits until all that was asked for is acknowledged.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _calling.WaitAsync(Patience);
    }

    /// <summary>Lets a time pass in which the load goes on.</summary>
    public Task GoOnAsync(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        return UntilAsync(() => clock.Elapsed >= time, "time passes");
    }

    /// <summary>Waits for more acknowledgements than there are now.</summary>
    public Task GoOnAsync(int more)
    {
        var enough = _acknowledged.Count + more;
        return UntilAsync(() => _acknowledged.Count >= enough, string.Create(CultureInfo.InvariantCulture, $"{more} more starts are acknowledged"));
    }

    /// <summary>Waits for the first acknowledgement after a moment, Unix milliseconds; how long after.</summary>
    public async Task<TimeSpan> AcknowledgedAfterAsync(long moment)
    {
        await UntilAsync(() => Volatile.Read(ref _lastAcknowledged) > moment, "a start is acknowledged");
        return TimeSpan.FromMilliseconds(Volatile.Read(ref _lastAcknowledged) - moment);
    }

    /// <summary>Waits for something while the load goes on; a caller that heard what it must not hear ends the wait.</summary>
    public async Task UntilAsync(Func<bool> reached, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!reached())
        {
            if (_calling.IsCompleted)
                await _calling;
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"after {Patience} still not: {what}");
            await Task.Delay(Step);
        }
    }

    private async Task CallAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _asked);
            var name = string.Create(CultureInfo.InvariantCulture, $"e{number:D6}");
            var (kind, input) = KillMachine.Order(number, name, brisk: true);
            var asked = new Asked(name, kind, input);
            while (!await IsAcknowledgedAsync(asked))
                await Task.Delay(AskAgainAfter);
            _acknowledged.Enqueue(asked);
            await Task.Delay(Pause);
        }
    }

    private async Task<bool> IsAcknowledgedAsync(Asked asked)
    {
        var (sent, clock) = (Now, Stopwatch.StartNew());
        try
        {
            // Asked again after it has ended already, the name is taken, by this very execution.
            var answer = await api.StartAsync(machine, asked.Name, asked.Input);
            if (answer.Succeeded || answer.Error == "ExecutionAlreadyExists")
            {
                _answers.Enqueue(new Answer(sent, clock.Elapsed, Refused: false));
                Volatile.Write(ref _lastAcknowledged, Now);
                return true;
            }

            if (!Retryable.Contains(answer.Error))
                throw new InvalidOperationException($"{asked.Name} was refused: {answer.Status} {answer.Error}: {answer.Message}");
            _answers.Enqueue(new Answer(sent, clock.Elapsed, Refused: true));
            Interlocked.Increment(ref _refusals);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            Interlocked.Increment(ref _unsure);
        }

        return false;
    }
}
