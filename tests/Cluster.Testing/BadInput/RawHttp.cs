using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cluster.Testing.BadInput;

/// <summary>What came back over a socket.</summary>
/// <param name="Status">The HTTP status; 0 when the connection was closed without one.</param>
/// <param name="Text">All that came, as text.</param>
public sealed record RawAnswer(int Status, string Text);

/// <summary>Requests that no HTTP client would send.</summary>
public static class RawHttp
{
    private const int MaxAnswer = 1 << 20;

    /// <summary>The head of a request of an operation, without the blank line at its end.</summary>
    public static string Head(string operation, string headers) =>
        $"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AWSStepFunctions.{operation}\r\nConnection: close\r\n{headers}";

    /// <summary>Sends bytes as the body of an operation.</summary>
    public static Task<RawAnswer> PostAsync(Uri endpoint, string operation, byte[] body) =>
        SendAsync(endpoint, Head(operation, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n")), body);

    /// <summary>Sends a head and what follows it, then reads what comes until the server closes the connection.</summary>
    public static async Task<RawAnswer> SendAsync(Uri endpoint, string head, ReadOnlyMemory<byte> after, bool thenEnd = false)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head + "\r\n"));
            await stream.WriteAsync(after);
            if (thenEnd)
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // The server answered before it had read everything, and closed.
        }

        return await ReadAsync(stream);
    }

    /// <summary>Reads an answer until the connection is closed.</summary>
    public static async Task<RawAnswer> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        try
        {
            while (text.Length < MaxAnswer && await stream.ReadAsync(buffer) is var count and > 0)
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }

        var answer = text.ToString();
        var status = answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0;
        return new RawAnswer(status, answer);
    }
}
