using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cluster.Node.Tests.Tasks;

/// <summary>What a function's place was asked.</summary>
public sealed record ReceivedCall(string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>
/// A function's place on a loopback port, down to the bytes: each connection's requests are read and answered by a script that may
/// answer, hang, drip, break off or never end.
/// </summary>
public sealed class FunctionServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Func<ReceivedCall, NetworkStream, CancellationToken, Task> _script;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;

    public FunctionServer(Func<ReceivedCall, NetworkStream, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public List<ReceivedCall> Calls { get; } = [];

    /// <summary>Completes when the other side has closed a connection whose script was running.</summary>
    public TaskCompletionSource Hangup { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A server that answers every call alike.</summary>
    public static FunctionServer Answering(int status, string body, params string[] headers) =>
        new((_, stream, cancellation) => AnswerAsync(stream, status, body, headers, cancellation));

    public static async Task AnswerAsync(NetworkStream stream, int status, string body, string[] headers, CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"HTTP/1.1 {status} Some\r\n{string.Concat(headers.Select(h => h + "\r\n"))}Content-Length: {bytes.Length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
        await stream.WriteAsync(bytes, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] open;
        lock (_connections)
            open = [.. _connections];
        await Task.WhenAll(open);
        _closing.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                lock (_connections)
                    _connections.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // The server closes.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                while (await ReadAsync(stream) is { } call)
                {
                    lock (Calls)
                        Calls.Add(call);
                    await _script(call, stream, _closing.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
            {
                Hangup.TrySetResult();
            }
        }
    }

    private async Task<ReceivedCall?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _closing.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _closing.Token);
        return new ReceivedCall(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(body));
    }
}
