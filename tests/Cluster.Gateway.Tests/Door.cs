using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Cluster.Gateway.Diagnostics;
using Cluster.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cluster.Gateway.Tests;

/// <summary>A Gateway over a real Kestrel on a free port, with fake ports behind it.</summary>
internal sealed class Door : IAsyncDisposable, ILoggerProvider
{
    private readonly WebApplication _app;

    private Door(GatewayOptions options, GatewayProbes probes, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(this).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => GatewayKestrel.Configure(kestrel, options));
        _app = builder.Build();
        _app.UseGateway(
            new GatewayPorts(Ports, Ports, Ports, Ports, Ports, Ports, time),
            options,
            probes,
            Metrics,
            _app.Services.GetRequiredService<ILoggerFactory>());
    }

    public FakePorts Ports { get; } = new();

    public GatewayMetrics Metrics { get; } = new();

    public HttpClient Client { get; private set; } = new();

    public Uri Address { get; private set; } = new("http://unset");

    public ConcurrentQueue<(LogLevel Level, string Text)> Log { get; } = new();

    /// <summary>Every line of every level, with its exceptions.</summary>
    public ConcurrentQueue<string> FullLog { get; } = new();

    public static async Task<Door> OpenAsync(
        Action<GatewayOptions>? change = null, GatewayProbes? probes = null, TimeProvider? time = null)
    {
        var options = new GatewayOptions { Listen = { "http://127.0.0.1:0" } };
        change?.Invoke(options);
        var door = new Door(options, probes ?? new GatewayProbes(), time ?? TimeProvider.System);
        await door._app.StartAsync();
        door.Address = new Uri(door._app.Urls.Single());
        door.Client = new HttpClient { BaseAddress = door.Address, Timeout = TimeSpan.FromSeconds(30) };
        return door;
    }

    public Task<Answer> CallAsync(string operation, string body) =>
        SendAsync("AWSStepFunctions." + operation, new ByteArrayContent(Encoding.UTF8.GetBytes(body)));

    public async Task<Answer> SendAsync(string? target, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        if (target is not null)
            request.Headers.Add("X-Amz-Target", target);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await Client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.Single() : null,
            response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Stops listening; what is under way has this long to end.</summary>
    public async Task StopAsync(TimeSpan longest)
    {
        using var stop = new CancellationTokenSource(longest);
        await _app.StopAsync(stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Metrics.Dispose();
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    void IDisposable.Dispose()
    {
    }

    private sealed class Logger(Door door) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            door.FullLog.Enqueue(formatter(state, exception) + exception);
            if (logLevel >= LogLevel.Warning)
                door.Log.Enqueue((logLevel, formatter(state, exception)));
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Body, string? RequestId, string? ContentType);
