using System.Net;
using Cluster.Gateway.Authentication;
using Cluster.Gateway.Diagnostics;
using Cluster.Gateway.Hosting;
using Cluster.Node.Diagnostics;
using Cluster.Node.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>The two HTTP servers of a node: the Gateway for callers, /admin for whoever runs it.</summary>
public sealed class NodeServers : IAsyncDisposable
{
    private readonly WebApplication _gateway;
    private readonly WebApplication _admin;
    private readonly GatewayMetrics _gatewayMetrics = new();

    /// <summary>Puts both together; they do not listen yet.</summary>
    public NodeServers(
        ClusterSettings settings, ClusterNode node, NodeParts parts, Drain drain, MetricsPage metrics, NodeStores stores)
    {
        var options = OptionsOf(settings.Gateway);
        options.Region = settings.Node.Region;
        var probes = new GatewayProbes { Unready = () => drain.IsDraining ? "draining" : node.HasJoined ? null : "joining", Metrics = metrics.WriteAsync };
        _gateway = Server(parts.Loggers, kestrel => GatewayKestrel.Configure(kestrel, options));
        _gateway.UseGateway(
            new GatewayPorts(node.Router, node.Queries, node.Catalog, node.Activities, node.Tags, parts.Secrets, parts.Time),
            options,
            probes,
            _gatewayMetrics,
            parts.Loggers);
        _admin = Server(parts.Loggers, kestrel => ListenAdmin(kestrel, settings.Gateway.Admin));
        new AdminFront(node, parts.Queries, drain, stores).Use(_admin);
    }

    /// <summary>What is wrong with the Gateway's settings, for the person who starts the process; empty when all is well.</summary>
    public static IReadOnlyList<string> Judge(GatewaySettings settings) => OptionsOf(settings).Validate();

    /// <summary>Where callers come in.</summary>
    public string GatewayAddress => AddressOf(_gateway);

    /// <summary>Where /admin is.</summary>
    public string AdminAddress => AddressOf(_admin);

    /// <summary>Begins to listen; callers come last.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await _admin.StartAsync(cancellation).ConfigureAwait(false);
        await _gateway.StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>No new callers; those that are here get their answers.</summary>
    public Task StopGatewayAsync(CancellationToken cancellation) => _gateway.StopAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync().ConfigureAwait(false);
        await _admin.DisposeAsync().ConfigureAwait(false);
        _gatewayMetrics.Dispose();
    }

    private static GatewayOptions OptionsOf(GatewaySettings settings)
    {
        var options = new GatewayOptions
        {
            ClockTolerance = settings.ClockTolerance,
            MaxBodyBytes = settings.MaxBodyBytes,
            MaxConnections = settings.MaxConnections,
        };
        foreach (var address in settings.Listen)
            options.Listen.Add(address.GetLeftPart(UriPartial.Authority));
        foreach (var key in settings.Keys)
            options.Keys.Add(new AccessKey(key.Id, key.Secret));
        return options;
    }

    private static WebApplication Server(ILoggerFactory loggers, Action<KestrelServerOptions> configure)
    {
        // Nothing but the server: no configuration files, no environment, no static files of a working directory.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new ServerLoggers(loggers));
        builder.Services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(configure);
        return builder.Build();
    }

    private static void ListenAdmin(KestrelServerOptions kestrel, Uri? address)
    {
        kestrel.AddServerHeader = false;
        if (address is null)
            kestrel.Listen(IPAddress.Loopback, port: 0);
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port);
        else
            kestrel.ListenLocalhost(address.Port);
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
}
