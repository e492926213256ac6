using System.Collections.Concurrent;
using System.Text.Json;
using Cluster.Testing.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cluster.Testing;

/// <summary>One call that reached a function.</summary>
/// <param name="Number">Which call of all, from 1.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Key">The idempotency key that came with it, or null.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Http">The exchange, for functions that misbehave.</param>
public sealed record FunctionInvocation(long Number, string Function, string? Key, ReadOnlyMemory<byte> Payload, HttpContext Http);

/// <summary>What a function answers. Null lets the function have answered by itself.</summary>
/// <param name="Payload">JSON.</param>
/// <param name="FunctionError">The value of X-Amz-Function-Error, or null for a success.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record FunctionResult(string Payload, string? FunctionError = null, int Status = 200)
{
    public static FunctionResult Failed(string type, string message) =>
        new(JsonSerializer.Serialize(new { errorType = type, errorMessage = message }), "Unhandled");
}

/// <summary>
/// A server of the Lambda Invoke API inside the test, with functions that the test writes. With a log, each call is on disk before its
/// function runs and each answer before it is sent, so that counts survive whatever happens to the caller.
/// </summary>
public sealed class LambdaStandIn : IAsyncDisposable
{
    private const string Prefix = "/2015-03-31/functions/";
    private const string Suffix = "/invocations";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<FunctionInvocation, CancellationToken, Task<FunctionResult?>>> _functions = new(StringComparer.Ordinal);
    private readonly CallLog? _log;
    private readonly Func<FunctionInvocation, string> _subject;
    private long _calls;
    private int _inFlight;

    private LambdaStandIn(WebApplication app, CallLog? log, Func<FunctionInvocation, string>? subject)
    {
        _app = app;
        _log = log;
        _subject = subject ?? (static _ => "");
    }

    /// <summary>Its address.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>How many calls have come in and are not answered yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many calls have come in.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Starts a stand-in.</summary>
    /// <param name="logPath">The call log, made anew; null for none.</param>
    /// <param name="subject">What the log says that a call is about.</param>
    public static async Task<LambdaStandIn> RunAsync(string? logPath = null, Func<FunctionInvocation, string>? subject = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var standIn = new LambdaStandIn(app, logPath is null ? null : new CallLog(logPath), subject);
        app.Run(standIn.AnswerAsync);
        await app.StartAsync();
        standIn.Endpoint = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return standIn;
    }

    /// <summary>Registers a function by its name.</summary>
    public LambdaStandIn Add(string name, Func<FunctionInvocation, CancellationToken, Task<FunctionResult?>> function)
    {
        _functions[name] = function;
        return this;
    }

    /// <summary>Registers a function that answers at once.</summary>
    public LambdaStandIn Add(string name, Func<FunctionInvocation, FunctionResult> function) =>
        Add(name, (call, _) => Task.FromResult<FunctionResult?>(function(call)));

    /// <summary>The ARN by which a definition names a function.</summary>
    public static string ArnOf(string name) => "arn:aws:lambda:us-east-1:111111111111:function:" + name;

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _log?.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var name = NameOf(http.Request.Path.Value ?? "");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (!_functions.TryGetValue(name, out var function))
        {
            http.Response.Headers["x-amzn-ErrorType"] = "ResourceNotFoundException";
            await SendAsync(http, new FunctionResult(
                JsonSerializer.Serialize(new { Type = "User", Message = "Function not found: " + ArnOf(name) }), Status: 404));
            return;
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        var call = new FunctionInvocation(Interlocked.Increment(ref _calls), name, key.Length == 0 ? null : key, body.ToArray(), http);
        Interlocked.Increment(ref _inFlight);
        var line = new CallLogLine(call.Number, CallLogLine.Called, name, key, _subject(call));
        try
        {
            _log?.Write(line);
            var result = await function(call, http.RequestAborted);
            if (result is not null)
            {
                _log?.Write(line with { What = CallLogLine.Answered, Hash = result.FunctionError is null && result.Status == 200 ? ClientSession.Hash(result.Payload) : "" });
                await SendAsync(http, result);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            _log?.Write(line with { What = CallLogLine.Abandoned });
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static string NameOf(string path)
    {
        var decoded = Uri.UnescapeDataString(path);
        if (!decoded.StartsWith(Prefix, StringComparison.Ordinal) || !decoded.EndsWith(Suffix, StringComparison.Ordinal))
            return decoded;
        var name = decoded[Prefix.Length..^Suffix.Length];
        const string Marker = ":function:";
        if (name.IndexOf(Marker, StringComparison.Ordinal) is var at and >= 0)
            name = name[(at + Marker.Length)..];
        return name.Split(':')[0];
    }

    private static async Task SendAsync(HttpContext http, FunctionResult result)
    {
        http.Response.StatusCode = result.Status;
        http.Response.ContentType = "application/json";
        if (result.FunctionError is { } error)
            http.Response.Headers["X-Amz-Function-Error"] = error;
        http.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        await http.Response.WriteAsync(result.Payload);
    }
}
