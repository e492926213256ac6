using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Cluster.Integration.Tests.Kills;
using Cluster.Protocol.Identity;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Faults;

/// <summary>
/// Callers that start executions while a fault is on, each one after the other, and each until it is acknowledged. Where there are several
/// nodes, a caller asks whom it was told to ask, and when that one does not help, the next.
/// </summary>
/// <param name="nodes">Whom they ask.</param>
/// <param name="machine">What they start.</param>
/// <param name="settings">How many callers there are, and how fast they go.</param>
internal sealed partial class FaultLoad(IReadOnlyList<LoadTarget> nodes, string machine, FaultSettings settings)
{
    /// <summary>What a caller may hear instead of an acknowledgement: nothing was decided, and asking again is right.</summary>
    private static readonly string[] Retryable = ["ServiceUnavailable", "ThrottlingException", NotOwner];

    private const string NotOwner = "NotOwner";
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Asked> _acknowledged = new();
    private readonly ConcurrentQueue<LoadAnswer> _answers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly int _shards = nodes.Count > 1 ? ShardRange.DefaultCount : 1;
    private Task _calling = Task.CompletedTask;
    private long _lastAcknowledged;
    private int _asked;
    private int _refusals;
    private int _unsure;
    private int _sentOn;

    /// <summary>Callers of the only node there is.</summary>
    public FaultLoad(ApiClient api, string machine, int callers)
        : this([new LoadTarget("", new Uri("http://localhost"), api)], machine, new FaultSettings { Callers = callers })
    {
    }

    public IReadOnlyCollection<Asked> Acknowledged => _acknowledged;

    public IReadOnlyCollection<LoadAnswer> Answers => _answers;

    /// <summary>How many starts were refused.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>Starts whose answer never came.</summary>
    public int Unsure => Volatile.Read(ref _unsure);

    /// <summary>Starts for which another node had to be asked.</summary>
    public int SentOn => Volatile.Read(ref _sentOn);

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public void Begin() => _calling = Task.WhenAll(Enumerable.Range(0, settings.Callers).Select(CallAsync));

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

    private async Task CallAsync(int caller)
    {
        var node = nodes[caller % nodes.Count];
        while (!_stop.IsCancellationRequested)
        {
            var asked = Next(caller % _shards);
            while (await AskAsync(node, asked) is var (kind, owner) && kind != LoadAnswerKind.Acknowledged)
            {
                if (owner is null)
                    await Task.Delay(AskAgainAfter);
                node = owner ?? nodes[(nodes.ToList().IndexOf(node) + 1) % nodes.Count];
            }

            _acknowledged.Enqueue(asked);
            await Task.Delay(settings.Pause);
        }
    }

    /// <summary>The next execution of a shard.</summary>
    private Asked Next(int shard)
    {
        var number = Interlocked.Increment(ref _asked);
        var parts = machine.Split(':');
        for (var i = 0; ; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"e{number:D6}-{i}");
            if (ShardRange.IndexOf(Buckets.Of(parts[4], parts[3], parts[^1], name), _shards) != shard)
                continue;
            var (kind, input) = KillMachine.Order(number, name, settings.Brisk);
            return new Asked(name, kind, input);
        }
    }

    private async Task<(LoadAnswerKind Kind, LoadTarget? Owner)> AskAsync(LoadTarget node, Asked asked)
    {
        var (sent, clock) = (Now, Stopwatch.StartNew());
        var (kind, owner) = await TryAsync(node, asked);
        _answers.Enqueue(new LoadAnswer(node.Name, sent, clock.Elapsed, kind));
        if (kind == LoadAnswerKind.Refused)
            Interlocked.Increment(ref _refusals);
        else if (kind == LoadAnswerKind.Unsure)
            Interlocked.Increment(ref _unsure);
        else if (kind == LoadAnswerKind.NotOwner)
            Interlocked.Increment(ref _sentOn);
        return (kind, owner);
    }

    private async Task<(LoadAnswerKind Kind, LoadTarget? Owner)> TryAsync(LoadTarget node, Asked asked)
    {
        try
        {
            // Asked again after it has ended already, the name is taken, by this very execution.
            var answer = await node.Api.StartAsync(machine, asked.Name, asked.Input);
            if (answer.Succeeded || answer.Error == "ExecutionAlreadyExists")
            {
                Volatile.Write(ref _lastAcknowledged, Now);
                return (LoadAnswerKind.Acknowledged, null);
            }

            if (!Retryable.Contains(answer.Error))
                throw new InvalidOperationException($"{asked.Name} was refused: {answer.Status} {answer.Error}: {answer.Message}");
            return answer.Error == NotOwner ? (LoadAnswerKind.NotOwner, Named(answer.Message!)) : (LoadAnswerKind.Refused, null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return (LoadAnswerKind.Unsure, null);
        }
    }

    /// <summary>The node whose address an answer names.</summary>
    private LoadTarget Named(string message)
    {
        var address = new Uri(AddressPattern().Match(message).Value);
        return nodes.Single(node => node.Endpoint == address);
    }

    [GeneratedRegex(@"https?://\S+?(?=[.,]?(\s|$))", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();
}
