using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Gateway.Tests;

/// <summary>Polls that wait. What is held is counted for the process, so nothing runs beside.</summary>
[Collection(AloneCollection.Name)]
public sealed class LongPollTests
{
    private const string Body = """{"activityArn":"arn:aws:states:us-east-1:111111111111:activity:act","workerName":"w"}""";

    /// <summary>Long enough that a poll which kept its headers would hold too much.</summary>
    private static readonly string Signature = new('0', 3_000);

    /// <summary>What one poll holds at both ends of its connection, at most.</summary>
    private const long MostBytesOfAPoll = 16_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_poll_outlasts_the_times_that_slow_callers_have()
    {
        await using var door = await Door.OpenAsync(options =>
        {
            options.HeadersTimeout = TimeSpan.FromMilliseconds(500);
            options.KeepAliveTimeout = TimeSpan.FromMilliseconds(500);
            options.SlowGrace = TimeSpan.FromSeconds(1.1);
        });
        door.Ports.Poll = async cancellation =>
        {
            // A real wait is the point: the server's own clocks run beside it.
            await Task.Delay(TimeSpan.FromSeconds(4), cancellation);
            return GetActivityTaskResponse.None;
        };
        var answer = await door.CallAsync("GetActivityTask", Body);
        Assert.Equal((200, "{}"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_poll_whose_caller_goes_away_is_cancelled_and_told_as_no_failure()
    {
        await using var door = await Door.OpenAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        door.Ports.Poll = cancellation => WaitAsync(begun, cancelled, cancellation);
        var socket = await ConnectAsync(door);
        await socket.SendAsync(Request());
        await begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        socket.Dispose();

        await cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        door.Ports.Poll = null;
        door.Ports.Answer = GetActivityTaskResponse.None;
        Assert.Equal(200, (await door.CallAsync("GetActivityTask", Body)).Status);
        Assert.Empty(door.Log);
    }

    [Fact]
    public async Task A_server_that_stops_sends_its_pollers_home_at_once()
    {
        await using var door = await Door.OpenAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var home = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        door.Ports.WorkersSentHome = home.SetResult;
        door.Ports.Poll = async cancellation =>
        {
            begun.SetResult();
            await home.Task.WaitAsync(cancellation);
            return GetActivityTaskResponse.None;
        };
        var poll = door.CallAsync("GetActivityTask", Body);
        await begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var stop = door.StopAsync(Patience);

        var answer = await poll.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((200, "{}"), (answer.Status, answer.Body));
        await stop;
    }

    [Fact]
    public async Task Idle_polls_hold_little_memory_and_none_of_the_budget_of_bodies()
    {
        const int warm = 100;
        const int polls = 400;

        // If bodies of polls stayed, these would not fit.
        await using var door = await Door.OpenAsync(options => options.MaxHeldBodyBytes = options.MaxBodyBytes = 256 * 1024);
        var waiting = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var expected = warm;
        door.Ports.Poll = async cancellation =>
        {
            if (Interlocked.Increment(ref waiting) == Volatile.Read(ref expected))
                Volatile.Read(ref all).SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return GetActivityTaskResponse.None;
        };
        var sockets = new List<Socket>();
        await PollAsync(warm);
        door.FullLog.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Volatile.Write(ref all, new TaskCompletionSource());
        Volatile.Write(ref expected, warm + polls);
        await PollAsync(polls);
        door.FullLog.Clear();

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{held / polls} bytes a poll, both ends"));
        Assert.InRange(held / polls, 1, MostBytesOfAPoll);
        sockets.ForEach(socket => socket.Dispose());

        async Task PollAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var socket = await ConnectAsync(door);
                sockets.Add(socket);
                await socket.SendAsync(Request());
            }

            await all.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    private static async ValueTask<AwsResult<GetActivityTaskResponse>> WaitAsync(
        TaskCompletionSource begun, TaskCompletionSource cancelled, CancellationToken cancellation)
    {
        await using var told = cancellation.Register(cancelled.SetResult);
        begun.SetResult();
        await Task.Delay(Timeout.Infinite, cancellation);
        return GetActivityTaskResponse.None;
    }

    private static async Task<Socket> ConnectAsync(Door door)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, door.Address.Port));
        return socket;
    }

    private static byte[] Request() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AWSStepFunctions.GetActivityTask\r\nAuthorization: {Signature}\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
}
