using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cluster.Node.Tasks;
using Xunit;

namespace Cluster.Node.Tests.Tasks;

/// <summary>Functions that hang, drip, break off, answer without end or nonsense: the runner's memory, time and threads stay bounded.</summary>
public sealed class HostileFunctionTests
{
    private const string TooLarge = "returned a result with a size exceeding the maximum number of bytes service limit.";

    [Theory]
    [InlineData(Caller.Arn, "{}", Caller.Arn)]
    [InlineData(Caller.Invoke, "{\"FunctionName\":\"work\"}", "lambda")]
    public async Task An_answer_of_ten_gigabytes_is_not_read_and_exceeds_the_data_limit(string resource, string input, string name)
    {
        var sent = 0L;
        await using var server = new FunctionServer(async (_, stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray(), cancellation);
            var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('1', 0x10000) + "\r\n");
            for (; sent < 10L << 30; sent += 0x10000)
                await stream.WriteAsync(chunk, cancellation);
        });
        using var caller = Caller.Of(server.Address);

        var outcome = await caller.Run(resource, input);

        Assert.Equal($"States.DataLimitExceeded: The state/task '{name}' {TooLarge}", Caller.TextOf(outcome));
        await server.Hangup.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(sent, 0, 64L << 20);
    }

    [Fact]
    public async Task An_announced_length_beyond_the_limit_is_refused_unread()
    {
        await using var server = new FunctionServer(async (_, stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n"u8.ToArray(), cancellation);
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var caller = Caller.Of(server.Address);

        Assert.EndsWith(TooLarge, Caller.TextOf(await caller.Run(Caller.Arn, "{}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task An_answer_nested_200000_deep_is_an_error_and_no_recursion(char open, char close)
    {
        var start = open is '[' ? "[" : "{\"a\":";
        await using var server = FunctionServer.Answering(200, string.Concat(Enumerable.Repeat(start, 100_000)) + "1" + new string(close, 100_000));
        using var caller = Caller.Of(server.Address);

        var text = Caller.TextOf(await caller.Run(Caller.Arn, "{}"));

        Assert.StartsWith(open is '[' ? "Lambda.Unknown: The function's answer is not a JSON payload: Document nesting depth" : "States.DataLimitExceeded", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_error_nested_200000_deep_is_unknown()
    {
        await using var server = FunctionServer.Answering(200, new string('[', 200_000) + new string(']', 200_000), "X-Amz-Function-Error: Unhandled");
        using var caller = Caller.Of(server.Address);

        Assert.Equal("Lambda.Unknown", Assert.IsType<TaskOutcome.Failed>(await caller.Run(Caller.Arn, "{}")).Error);
    }

    [Fact]
    public async Task A_function_that_hangs_ends_with_its_time()
    {
        await using var server = new FunctionServer((_, _, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        using var caller = Caller.Of(server.Address, timeout: TimeSpan.FromMilliseconds(250));

        var call = caller.Call(Caller.Arn, "{}");
        var outcome = await caller.Start(call).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(
            new TaskOutcome.Failed("Sandbox.Timedout", $"{{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: {call.Key} Error: Task timed out after 0.25 seconds\"}}"),
            outcome);
    }

    [Fact]
    public async Task A_function_that_drips_ends_with_its_time()
    {
        await using var server = new FunctionServer(async (_, stream, cancellation) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), cancellation);
            while (true)
            {
                await stream.WriteAsync("1"u8.ToArray(), cancellation);
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
        });
        using var caller = Caller.Of(server.Address, timeout: TimeSpan.FromMilliseconds(300));
        var clock = Stopwatch.StartNew();

        Assert.StartsWith("Sandbox.Timedout", Caller.TextOf(await caller.Run(Caller.Arn, "{}")), StringComparison.Ordinal);

        // The timer counts ticks of the system's clock, the stopwatch does not: they may differ by some milliseconds.
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_call_that_is_given_up_closes_its_connection_and_is_never_answered()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FunctionServer(async (_, stream, cancellation) =>
        {
            asked.SetResult();
            while (await stream.ReadAsync(new byte[1], cancellation) > 0)
            {
                // Nothing more is expected; the end of the stream is the other side's hanging up.
            }

            throw new IOException("hung up");
        });
        using var caller = Caller.Of(server.Address);
        var call = caller.Call(Caller.Arn, "{}");
        _ = caller.Start(call);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));

        caller.Runner.Cancel(call.Key);

        await server.Hangup.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, caller.Answers);
        Assert.Equal(0, caller.Runner.InFlight);
    }

    [Fact]
    public async Task A_refused_connection_is_a_client_error()
    {
        using var caller = Caller.Of(ClosedPort());

        Assert.StartsWith("Lambda.SdkClientException: Unable to execute HTTP request: Connection refused", Caller.TextOf(await caller.Run(Caller.Arn, "{}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    public async Task A_connection_that_breaks_or_speaks_something_else_is_a_client_error_and_the_call_is_not_sent_again(string answer)
    {
        await using var server = new FunctionServer(async (_, stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellation);
            stream.Socket.Shutdown(SocketShutdown.Both);
            throw new IOException("broken off");
        });
        using var caller = Caller.Of(server.Address);

        Assert.StartsWith("Lambda.SdkClientException: Unable to execute HTTP request: ", Caller.TextOf(await caller.Run(Caller.Arn, "{}")), StringComparison.Ordinal);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_unknown_for_the_arn_and_a_text_for_invoke()
    {
        await using var server = FunctionServer.Answering(200, "<html>");
        using var caller = Caller.Of(server.Address);

        Assert.StartsWith("Lambda.Unknown: The function's answer is not a JSON payload", Caller.TextOf(await caller.Run(Caller.Arn, "{}")), StringComparison.Ordinal);
        Assert.Contains("\"Payload\":\"<html>\"", Caller.TextOf(await caller.Run(Caller.Invoke, "{\"FunctionName\":\"work\"}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_beyond_the_concurrency_wait_their_turn_and_calls_beyond_the_queue_are_throttled()
    {
        var running = 0;
        var most = 0;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new FunctionServer(async (_, stream, cancellation) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            await release.Task.WaitAsync(cancellation);
            Interlocked.Decrement(ref running);
            await FunctionServer.AnswerAsync(stream, 200, "{}", [], cancellation);
        });
        using var caller = Caller.Of(server.Address, concurrency: 2, maxWaiting: 3);
        var calls = Enumerable.Range(0, 6).Select(_ => caller.Call(Caller.Arn, "{}")).ToArray();
        var started = calls.Select(caller.Start).ToArray();

        Assert.StartsWith("Lambda.TooManyRequestsException: Rate Exceeded", Caller.TextOf(await started[5].WaitAsync(TimeSpan.FromSeconds(10))), StringComparison.Ordinal);
        caller.Runner.Cancel(calls[3].Key);
        release.SetResult();
        await Task.WhenAll(started[0], started[1], started[2], started[4]).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.False(started[3].IsCompleted);
        Assert.InRange(most, 1, 2);
        Assert.Equal(4, server.Calls.Count);
        Assert.Equal(0, caller.Runner.InFlight);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }

    private static Uri ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
