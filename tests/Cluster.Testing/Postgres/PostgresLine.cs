using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Cluster.Testing.Postgres;

/// <summary>One line through a proxy: what the client says goes to the server, and back, until the proxy cuts it.</summary>
internal sealed class PostgresLine(PostgresProxy proxy, TcpClient client, TcpClient server, CancellationToken stop)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>A request that begins with this message runs a statement that was prepared before; a writer prepares only its append.</summary>
    private const byte Bind = (byte)'B';

    private const byte Error = (byte)'E';

    /// <summary>The whole of the message that ends an answer, outside a transaction.</summary>
    private static readonly byte[] Ready = [(byte)'Z', 0, 0, 0, 5, (byte)'I'];

    /// <summary>What a writer calls itself as it connects.</summary>
    private static readonly byte[] WriterName = Encoding.ASCII.GetBytes("cluster writer ");

    private delegate Fate Judgement(ReadOnlySpan<byte> piece);

    private bool _isWriter;
    private volatile bool _cutsAnswer;

    public Task RunAsync() => Task.WhenAny(RequestsAsync(), AnswersAsync());

    /// <summary>What becomes of a piece of what is said.</summary>
    private enum Fate
    {
        Passes,
        Dropped,

        /// <summary>It passes, but for the message that ends an answer; nothing comes after it.</summary>
        PassesLast,
        EndsLine,
    }

    private Task RequestsAsync() => PumpAsync(client, server, request =>
    {
        _isWriter = _isWriter || request.IndexOf(WriterName) >= 0;
        if (proxy.TakesRequest())
            return Fate.EndsLine;
        if (_isWriter && request[0] == Bind && !_cutsAnswer)
            _cutsAnswer = proxy.TakesCommit();
        return Fate.Passes;
    });

    /// <summary>
    /// A commit whose answer is to be cut has surely happened: the whole answer was here, and it was no error.
    /// </summary>
    private Task AnswersAsync() => PumpAsync(server, client, answer =>
    {
        if (proxy.TakesAnswer())
            return Fate.EndsLine;
        if (TellsError(answer))
        {
            _cutsAnswer = false;
            return proxy.TakesError() ? Fate.PassesLast : Fate.Passes;
        }

        if (!_cutsAnswer)
            return Fate.Passes;
        if (!answer.EndsWith(Ready))
            return Fate.Dropped;
        proxy.CommitWasCut();
        return Fate.EndsLine;
    });

    /// <summary>Whether an answer, from its beginning, tells an error: its messages are a letter, then their length without it.</summary>
    private static bool TellsError(ReadOnlySpan<byte> answer)
    {
        while (answer.Length > sizeof(int) && answer[0] != Error)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(answer[1..]) + 1;
            if (length <= 1 || length > answer.Length)
                return false;
            answer = answer[length..];
        }

        return answer.Length > sizeof(int);
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Judgement judge)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var length = await from.GetStream().ReadAsync(buffer, stop);
                if (length == 0)
                    return;
                await proxy.PassAsync();
                var fate = judge(buffer.AsSpan(0, length));
                if (fate == Fate.PassesLast && buffer.AsSpan(0, length).EndsWith(Ready))
                    length -= Ready.Length;
                if (fate is Fate.Passes or Fate.PassesLast)
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, length), stop);
                if (fate is Fate.EndsLine or Fate.PassesLast)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of this line.
        }
    }
}
