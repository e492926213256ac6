using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Hosting;

/// <summary>
/// The loggers of the HTTP servers. A request that waits holds whatever the server keeps for its log, so they open no scopes, which nothing
/// that is logged here shows, and each request's own trace, which nobody asks for, is not begun.
/// </summary>
internal sealed class ServerLoggers(ILoggerFactory inner) : ILoggerFactory
{
    /// <summary>Who begins a trace of each request as soon as anything is to be logged.</summary>
    private const string OfRequests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => string.Equals(categoryName, OfRequests, StringComparison.Ordinal)
        ? NullLogger.Instance
        : new Scopeless(inner.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The loggers are the node's, which outlives its servers.
    }

    private sealed class Scopeless(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
