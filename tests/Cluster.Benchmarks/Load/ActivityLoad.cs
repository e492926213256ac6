using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cluster.Benchmarks.Load;

/// <summary>
/// Workers that poll one activity, each on a connection and a thread of its own, and starters that keep so many executions in flight. An
/// execution has ended when SendTaskSuccess is answered: its end is in the append that this answer waits for.
/// </summary>
internal sealed class ActivityLoad(HttpServer server, string machineArn, string activityArn) : IDisposable
{
    /// <summary>The workers.</summary>
    public const int Pollers = 64;

    /// <summary>Executions that are started and have not ended.</summary>
    public const int InFlight = 256;

    private const int Starters = 16;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim _free = new(InFlight);
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly ManualResetEventSlim _done = new();
    private int _started = -1;
    private int _ended;

    /// <summary>Runs so many executions from start to end.</summary>
    /// <param name="prefix">How their names begin.</param>
    /// <param name="executions">How many.</param>
    /// <returns>Their names, and how long it took.</returns>
    public (IReadOnlyList<string> Ended, TimeSpan Took) Run(string prefix, int executions)
    {
        _started = -1;
        _ended = 0;
        _done.Reset();
        var connections = Enumerable.Range(0, Pollers + Starters).Select(_ => new RawConnection(server.Endpoint)).ToList();
        var began = Stopwatch.GetTimestamp();
        var threads = connections.Select((connection, i) => new Thread(() => Guarded(connection, i < Pollers))).ToList();
        foreach (var thread in threads)
            thread.Start();
        var ended = _done.Wait(LongestRun);
        var took = Stopwatch.GetElapsedTime(began);
        foreach (var connection in connections)
            connection.Close();
        foreach (var thread in threads)
            thread.Join();
        foreach (var connection in connections)
            connection.Dispose();
        if (_failures.TryDequeue(out var failure))
            throw new InvalidOperationException("A worker or a starter failed.", failure);
        return ended
            ? (Enumerable.Range(0, executions).Select(NameOf).ToList(), took)
            : throw new InvalidOperationException($"Only {_ended} of {executions} executions have ended.");

        string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");

        void Guarded(RawConnection connection, bool polls)
        {
            try
            {
                if (polls)
                    Work(connection);
                else
                    Start(connection);
            }
            catch (Exception) when (_done.IsSet)
            {
                // The run is over, and its connections are closed.
            }
            catch (Exception e)
            {
                _failures.Enqueue(e);
                _done.Set();
            }
        }

        void Start(RawConnection connection)
        {
            for (var i = Interlocked.Increment(ref _started); i < executions; i = Interlocked.Increment(ref _started))
            {
                _free.Wait();
                connection.Call("StartExecution", $$"""{"stateMachineArn":"{{machineArn}}","name":"{{NameOf(i)}}","input":{{InputText}}}""");
            }
        }

        void Work(RawConnection connection)
        {
            while (!_done.IsSet)
            {
                var answer = connection.Call("GetActivityTask", $$"""{"activityArn":"{{activityArn}}","workerName":"bench"}""");
                if (TokenIn(answer) is not { } token)
                    continue;
                connection.Call("SendTaskSuccess", $$"""{"taskToken":"{{token}}","output":{{InputText}}}""");
                _free.Release();
                if (Interlocked.Increment(ref _ended) == executions)
                    _done.Set();
            }
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        _done.Dispose();
    }

    private static string InputText { get; } = $"\"{JsonEncodedText.Encode(StandardFive.Input)}\"";

    /// <summary>The token, which needs no escapes; null when the poll came back empty.</summary>
    private static string? TokenIn(ReadOnlySpan<byte> answer)
    {
        var name = "\"taskToken\":\""u8;
        var at = answer.IndexOf(name);
        if (at < 0)
            return null;
        var rest = answer[(at + name.Length)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
