using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cluster.Benchmarks.Load;

/// <summary>
/// One HTTP/1.1 connection whose caller blocks: two calls of the kernel a request, and next to no time of the cores that the server needs.
/// It sends the headers that an AWS SDK sends, signature included.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const int MostAnswerBytes = 8 * 1024;

    private static readonly string Headers =
        "User-Agent: aws-sdk-go-v2/1.32.2 ua/2.1 os/linux lang/go#1.23.2 md/GOOS#linux md/GOARCH#amd64 api/sfn#1.33.2\r\n"
        + "Accept-Encoding: identity\r\namz-sdk-invocation-id: 0d1c7c55-94a2-4f0e-a0a5-1d0f51e36ad8\r\namz-sdk-request: attempt=1; max=3\r\n"
        + "X-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/states/aws4_request, "
        + "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-target, "
        + $"Signature={new string('0', 64)}\r\nContent-Type: application/x-amz-json-1.0\r\n";

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[]? _answer;
    private readonly string _host;

    public RawConnection(Uri endpoint)
    {
        _host = endpoint.Authority;
        _socket.Connect(new IPEndPoint(IPAddress.Parse(endpoint.Host), endpoint.Port));
    }

    /// <summary>Whether an answer, or the connection's end, waits to be read.</summary>
    public bool IsAnswered => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Asks, and waits for the answer.</summary>
    /// <returns>The body, good until the next call.</returns>
    /// <exception cref="InvalidOperationException">The answer is an error.</exception>
    /// <exception cref="SocketException">The connection was closed.</exception>
    public ReadOnlySpan<byte> Call(string operation, string body)
    {
        Send(operation, body);
        return Receive(operation);
    }

    /// <summary>Asks.</summary>
    public void Send(string operation, string body)
    {
        var request = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST / HTTP/1.1\r\nHost: {_host}\r\nX-Amz-Target: AWSStepFunctions.{operation}\r\n{Headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        for (var sent = 0; sent < request.Length;)
            sent += _socket.Send(request.AsSpan(sent));
    }

    /// <summary>Waits for the answer to what was asked.</summary>
    public ReadOnlySpan<byte> Receive(string operation)
    {
        var read = 0;
        var answer = _answer ??= new byte[MostAnswerBytes];
        while (true)
        {
            var more = _socket.Receive(answer.AsSpan(read));
            if (more == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            read += more;
            var arrived = answer.AsSpan(0, read);
            var head = arrived.IndexOf("\r\n\r\n"u8);
            if (head < 0)
                continue;
            var length = LengthIn(arrived[..head]);
            var body = arrived[(head + 4)..];
            if (body.Length < length)
                continue;
            return arrived.StartsWith("HTTP/1.1 200 "u8)
                ? body
                : throw new InvalidOperationException($"{operation}: {Encoding.UTF8.GetString(arrived)}");
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Ends a call that waits on another thread.</summary>
    public void Close() => _socket.Shutdown(SocketShutdown.Both);

    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        return head.IndexOf(name) is var at and >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new InvalidOperationException("An answer without a length.");
    }
}
