using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cluster.Testing.BadInput;

/// <summary>Functions that misbehave, each by its name; and one that works.</summary>
public static class HostileFunctions
{
    public const string Work = "work";
    public const string Hang = "hang";
    public const string Drip = "drip";
    public const string Flood = "flood";
    public const string FloodOfErrors = "flood-of-errors";
    public const string Headers = "headers";
    public const string BreakOff = "break-off";
    public const string Lie = "lie";
    public const string Refuse = "refuse";

    /// <summary>Answers with the bytes whose hexadecimal digits are the input, with a text that is repeated, or with so many bytes of text.</summary>
    public const string Say = "say";

    private const long FloodBytes = 10L << 30;
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Starts them.</summary>
    public static async Task<LambdaStandIn> RunAsync() => (await LambdaStandIn.RunAsync())
        .Add(Work, _ => new FunctionResult("{\"ok\":true}"))
        .Add(Hang, async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return null;
        })
        .Add(Drip, async (call, cancel) =>
        {
            while (true)
            {
                await call.Http.Response.WriteAsync(" ", cancel);
                await call.Http.Response.Body.FlushAsync(cancel);
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
            }
        })
        .Add(Flood, FloodAsync)
        .Add(FloodOfErrors, (call, cancel) =>
        {
            call.Http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return FloodAsync(call, cancel);
        })
        .Add(Headers, (call, _) =>
        {
            for (var i = 0; i < 100; i++)
                call.Http.Response.Headers[string.Create(CultureInfo.InvariantCulture, $"x-{i}")] = new string('x', 10_000);
            return Task.FromResult<FunctionResult?>(new FunctionResult("{}"));
        })
        .Add(BreakOff, async (call, cancel) =>
        {
            await call.Http.Response.WriteAsync("{\"half\":", cancel);
            await call.Http.Response.Body.FlushAsync(cancel);
            call.Http.Abort();
            return null;
        })
        .Add(Lie, async (call, cancel) =>
        {
            call.Http.Response.ContentLength = FloodBytes;
            await call.Http.Response.WriteAsync("{}", cancel);
            await call.Http.Response.Body.FlushAsync(cancel);
            await Task.Delay(Timeout.Infinite, cancel);
            return null;
        })
        .Add(Say, async (call, cancel) =>
        {
            var input = JsonNode.Parse(call.Payload.Span)!;
            var bytes = (string?)input["hex"] is { } hex ? Convert.FromHexString(hex)
                : (string?)input["repeat"] is { } part ? Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, (int)input["times"]!)))
                : Encoding.UTF8.GetBytes(Texts.OfBytes((int)input["bytes"]!));
            if ((bool?)input["fails"] == true)
                call.Http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            await call.Http.Response.Body.WriteAsync(bytes, cancel);
            return null;
        });

    private static async Task<FunctionResult?> FloodAsync(FunctionInvocation call, CancellationToken cancel)
    {
        var chunk = new byte[ChunkBytes];
        chunk.AsSpan().Fill((byte)'1');
        for (var sent = 0L; sent < FloodBytes; sent += chunk.Length)
            await call.Http.Response.Body.WriteAsync(chunk, cancel);
        return null;
    }
}
