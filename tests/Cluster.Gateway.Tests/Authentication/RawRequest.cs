using System.Net.Sockets;
using System.Text;
using Cluster.Testing;

namespace Cluster.Gateway.Tests.Authentication;

/// <summary>A request as bytes, so that a test can send what no HTTP client would.</summary>
internal sealed class RawRequest
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly RequestSigner Signer = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    public const string Body = """{"stateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:orders","name":"größe"}""";

    public string Method { get; set; } = "POST";

    public string Target { get; set; } = "/";

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[] Content { get; set; } = Encoding.UTF8.GetBytes(Body);

    public string this[string name]
    {
        get => Headers.Single(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
        set => Headers[Headers.FindIndex(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))] = (name, value);
    }

    /// <summary>A StartExecution, rightly signed.</summary>
    public static RawRequest Signed(
        RequestSigner? signer = null, DateTimeOffset? time = null, string operation = "StartExecution", params (string Name, string Value)[] more)
    {
        var request = new RawRequest();
        var headers = more.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        headers["Content-Type"] = "application/x-amz-json-1.0";
        headers["X-Amz-Target"] = "AWSStepFunctions." + operation;
        const string Host = "states.example.org:8080";
        request.Headers.Add(("Host", Host));
        foreach (var (name, value) in (signer ?? Signer).Sign(Host, request.Content, headers, time ?? Noon))
            request.Headers.Add((name, value));
        return request;
    }

    public RawRequest With(Action<RawRequest> change)
    {
        change(this);
        return this;
    }

    /// <summary>Sends it on a connection of its own.</summary>
    public async Task<RawAnswer> SendAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        head.Append("Content-Length: ").Append(Content.Length).Append("\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes(head.ToString()), .. Content]);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return new RawAnswer(int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}

/// <summary>What came back.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    public string Code => Body.Split('"') is [_, "__type", _, var code, ..] ? code : "";

    public string Header(string name) => Head.Split("\r\n").FirstOrDefault(
        line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..] ?? "";
}

/// <summary>A clock that stands until it is set.</summary>
internal sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
