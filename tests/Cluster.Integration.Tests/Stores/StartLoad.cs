using System.Collections.Concurrent;
using System.Diagnostics;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Stores;

/// <summary>A start as its caller saw it. Times are of one monotonic clock.</summary>
/// <param name="Name">The execution's name.</param>
/// <param name="Input">Its input.</param>
/// <param name="Invoked">When it was sent.</param>
/// <param name="Answered">When its answer came, or nothing more could come.</param>
/// <param name="Status">The HTTP status; 0 without an answer.</param>
/// <param name="Error">The name of the error; null when it was acknowledged or there was no answer.</param>
internal sealed record SeenStart(string Name, string Input, long Invoked, long Answered, int Status, string? Error)
{
    public bool Acknowledged => Status == 200;

    public TimeSpan Took => Stopwatch.GetElapsedTime(Invoked, Answered);
}

/// <summary>Starts executions, several at a time, one after the other, until it is told to stop.</summary>
/// <param name="api">Where they are sent.</param>
/// <param name="machine">The machine's ARN.</param>
/// <param name="inputBytes">About how long their inputs are.</param>
/// <param name="first">The number before the first, where others have had some.</param>
internal sealed class StartLoad(ApiClient api, string machine, int inputBytes, int first = 0)
{
    private readonly ConcurrentQueue<SeenStart> _seen = new();
    private int _number = first;

    public IReadOnlyCollection<SeenStart> Seen => _seen;

    public IReadOnlyList<SeenStart> Acknowledged => [.. _seen.Where(start => start.Acknowledged)];

    /// <summary>Starts as many.</summary>
    public Task StartAsync(int count, int clients) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = clients }, async (_, _) => await NextAsync());

    /// <summary>Starts until it is cancelled; then it ends when all that was sent is answered.</summary>
    public Task RunAsync(int clients, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
            await NextAsync();
    })));

    /// <summary>Sends the next start and waits for its answer.</summary>
    public async Task<SeenStart> NextAsync()
    {
        var number = Interlocked.Increment(ref _number);
        var name = StoreMachine.Name(number);
        var input = StoreMachine.Input(number, inputBytes);
        var invoked = Stopwatch.GetTimestamp();
        SeenStart seen;
        try
        {
            var answer = await api.StartAsync(machine, name, input);
            seen = new SeenStart(name, input, invoked, Stopwatch.GetTimestamp(), answer.Status, answer.Succeeded ? null : answer.Error ?? "");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            seen = new SeenStart(name, input, invoked, Stopwatch.GetTimestamp(), Status: 0, Error: null);
        }

        _seen.Enqueue(seen);
        return seen;
    }
}
