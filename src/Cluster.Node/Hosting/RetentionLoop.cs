using Cluster.Node.Database;
using Cluster.Node.Journal;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>
/// Removes what need not be kept any longer, at a fixed pace for as long as the process lives. Of several nodes each tries; one has its turn.
/// </summary>
public sealed partial class RetentionLoop : IAsyncDisposable
{
    /// <summary>How long after its start a process waits with its first round, if rounds are not closer together anyway.</summary>
    public static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);

    private readonly RetentionRound _round;
    private readonly TimeSpan _every;
    private readonly TimeProvider _time;
    private readonly RetentionMetrics _metrics;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Begins.</summary>
    /// <param name="round">What is done each time.</param>
    /// <param name="every">How often.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts rounds.</param>
    /// <param name="log">Where it is told what was removed, and why something was not.</param>
    public RetentionLoop(RetentionRound round, TimeSpan every, TimeProvider time, RetentionMetrics metrics, ILogger<RetentionLoop> log)
    {
        _round = round;
        _every = every;
        _time = time;
        _metrics = metrics;
        _log = log;
        _running = RunAsync(_stop.Token);
    }

    /// <summary>Ends after the step under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(_every < FirstAfter ? _every : FirstAfter, _time, stop).ConfigureAwait(false);
            using var pace = new PeriodicTimer(_every, _time);
            do
            {
                await RunOnceAsync(stop).ConfigureAwait(false);
            }
            while (await pace.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process ends; the next one goes on.
        }
    }

    private async Task RunOnceAsync(CancellationToken stop)
    {
        try
        {
            if (await _round.RunAsync(stop).ConfigureAwait(false) is not { } tally)
                return;
            _metrics.Ended();
            if (!tally.IsNothing)
                LogRemoved(_log, tally.Executions, tally.Rows, tally.Weeks, tally.Names, tally.Definitions);
        }
        catch (StoreUnavailableException e)
        {
            _metrics.Failed();
            LogPutOff(_log, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What is kept too long does no harm to anybody, so the process goes on; but it must be heard of.
            _metrics.Failed();
            LogFailed(_log, e);
        }
    }

    [LoggerMessage(EventId = 340, Level = LogLevel.Information, Message = "Removed {Executions} executions whose time was over, {Rows} rows and {Weeks} weeks of journal, {Names} names, {Definitions} definitions")]
    private static partial void LogRemoved(ILogger log, long executions, long rows, long weeks, long names, long definitions);

    [LoggerMessage(EventId = 341, Level = LogLevel.Warning, Message = "What need not be kept could not be removed to the end; the next round goes on")]
    private static partial void LogPutOff(ILogger log, Exception reason);

    [LoggerMessage(EventId = 342, Level = LogLevel.Error, Message = "The removal of what need not be kept failed")]
    private static partial void LogFailed(ILogger log, Exception reason);
}
