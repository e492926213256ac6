using System.Net;
using System.Net.Sockets;

namespace Cluster.Testing.Postgres;

/// <summary>A line to a server that a test can cut: before what the client says next arrives, or after it, before its answer does.</summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int Pass = 0;
    private const int CutRequest = 1;
    private const int CutAnswer = 2;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _next = Pass;
    private int _cuts;

    public PostgresProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Whether a cut is only seen by the client, as when its line is dead: the server waits on.</summary>
    public bool LeavesServerWaiting { get; init; }

    /// <summary>The next thing that a client says never arrives.</summary>
    public void CutNextRequest() => Volatile.Write(ref _next, CutRequest);

    /// <summary>The next answer of the server never arrives, though it was given.</summary>
    public void CutNextAnswer() => Volatile.Write(ref _next, CutAnswer);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            client.NoDelay = server.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                await Task.WhenAny(PumpAsync(client, server, CutRequest), PumpAsync(server, client, CutAnswer));
                client.Dispose();
                if (LeavesServerWaiting)
                    await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One of the two has gone; so goes the other.
            }
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, int cut)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var length = await from.GetStream().ReadAsync(buffer, _stop.Token);
                if (length == 0)
                    return;
                if (Interlocked.CompareExchange(ref _next, Pass, cut) == cut)
                {
                    Interlocked.Increment(ref _cuts);
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, length), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of this line.
        }
    }
}
