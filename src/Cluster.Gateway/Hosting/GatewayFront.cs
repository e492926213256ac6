using Cluster.Gateway.AwsJson;
using Cluster.Gateway.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cluster.Gateway.Hosting;

/// <summary>The ways in: <c>POST /</c> for the API, <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>; all else is 404.</summary>
public static class GatewayFront
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Ends the pipeline with the Gateway.</summary>
    /// <param name="app">The pipeline.</param>
    /// <param name="ports">What the Gateway asks of the world.</param>
    /// <param name="options">The settings, validated.</param>
    /// <param name="probes">What the process tells those who watch it.</param>
    /// <param name="metrics">The numbers of this room.</param>
    /// <param name="loggers">Where it logs.</param>
    public static IApplicationBuilder UseGateway(
        this IApplicationBuilder app,
        GatewayPorts ports,
        GatewayOptions options,
        GatewayProbes probes,
        GatewayMetrics metrics,
        ILoggerFactory loggers)
    {
        var lifetime = app.ApplicationServices.GetRequiredService<IHostApplicationLifetime>();
        var api = new AwsJsonEndpoint(ports, options, metrics, loggers.CreateLogger<AwsJsonEndpoint>(), lifetime.ApplicationStopping);
        app.Run(http => (http.Request.Path.Value, http.Request.Method) switch
        {
            ("/" or "", "POST") => api.AnswerAsync(http),
            ("/health/live", "GET" or "HEAD") => TellAsync(http, StatusCodes.Status200OK, "live"),
            ("/health/ready", "GET" or "HEAD") => ReadyAsync(http, probes),
            ("/metrics", "GET") when probes.Metrics is { } write => MetricsAsync(http, write),
            _ => TellAsync(http, StatusCodes.Status404NotFound, "Not found"),
        });
        return app;
    }

    private static Task ReadyAsync(HttpContext http, GatewayProbes probes) => probes.Unready() is { } reason
        ? TellAsync(http, StatusCodes.Status503ServiceUnavailable, reason)
        : TellAsync(http, StatusCodes.Status200OK, "ready");

    private static async Task MetricsAsync(
        HttpContext http, Func<System.Buffers.IBufferWriter<byte>, CancellationToken, ValueTask> write)
    {
        http.Response.ContentType = PrometheusText;
        await write(http.Response.BodyWriter, http.RequestAborted).ConfigureAwait(false);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    private static Task TellAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync(text + "\n");
    }
}
