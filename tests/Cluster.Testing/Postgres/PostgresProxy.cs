using System.Net;
using System.Net.Sockets;

namespace Cluster.Testing.Postgres;

/// <summary>
/// A line to a server that a test cuts: before what the client says next arrives, or after it, before its answer does, or just when a writer's
/// commit has happened; or that it holds, so that nothing passes until it is released, as when a network is parted.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private const int Pass = 0;
    private const int CutRequest = 1;
    private const int CutAnswer = 2;
    private const int CutError = 3;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile TaskCompletionSource? _held;
    private int _next = Pass;
    private int _cuts;
    private int _commits;
    private int _commitsCut;

    public PostgresProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were cut at the next request or answer.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Connections that were cut after a commit had happened and before its answer arrived.</summary>
    public int CommitsCut => Volatile.Read(ref _commitsCut);

    /// <summary>Every how manieth commit of a writer is one whose answer never arrives; 0 for none.</summary>
    public int CutEveryCommit { get; set; }

    /// <summary>Whether a cut is only seen by the client, as when its line is dead: the server waits on.</summary>
    public bool LeavesServerWaiting { get; init; }

    /// <summary>The next thing that a client says never arrives.</summary>
    public void CutNextRequest() => Volatile.Write(ref _next, CutRequest);

    /// <summary>The next answer of the server never arrives, though it was given.</summary>
    public void CutNextAnswer() => Volatile.Write(ref _next, CutAnswer);

    /// <summary>The next error that the server tells is the last that is heard of it.</summary>
    public void CutAfterNextError() => Volatile.Write(ref _next, CutError);

    /// <summary>From now on nothing passes, in neither direction, and nobody is told.</summary>
    public void Hold() => _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was held arrives, late; all passes again.</summary>
    public void Release()
    {
        var held = _held;
        _held = null;
        held?.SetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Release();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    internal Task PassAsync() => _held?.Task ?? Task.CompletedTask;

    internal bool TakesRequest() => Takes(CutRequest);

    internal bool TakesAnswer() => Takes(CutAnswer);

    internal bool TakesError() => Takes(CutError);

    /// <summary>Whether the commit that is asked for is one whose answer is to be cut.</summary>
    internal bool TakesCommit() => CutEveryCommit is var every and > 0 && Interlocked.Increment(ref _commits) % every == 0;

    internal void CommitWasCut() => Interlocked.Increment(ref _commitsCut);

    private bool Takes(int cut)
    {
        if (Interlocked.CompareExchange(ref _next, Pass, cut) != cut)
            return false;
        Interlocked.Increment(ref _cuts);
        return true;
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
                await PassAsync();
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
                await new PostgresLine(this, client, server, _stop.Token).RunAsync();
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
}
