using Cluster.Gateway.Authentication;

namespace Cluster.Gateway.Hosting;

/// <summary>The settings of the Gateway, checked at start with <see cref="Validate"/>.</summary>
public sealed class GatewayOptions
{
    private const int MiB = 1024 * 1024;

    /// <summary>Where to listen: <c>http://HOST:PORT</c> with an IP address or <c>localhost</c>; port 0 takes a free one.</summary>
    public IList<string> Listen { get; } = [];

    /// <summary>
    /// The keys of callers. Without them every request is taken, signed or not, and only loopback addresses may be listened on.
    /// </summary>
    public IList<AccessKey> Keys { get; } = [];

    /// <summary>The most bytes of a request's body.</summary>
    public int MaxBodyBytes { get; set; } = 4 * MiB;

    /// <summary>The most bytes of bodies held at once over all connections; beyond it callers are asked to come again.</summary>
    public long MaxHeldBodyBytes { get; set; } = 64 * MiB;

    /// <summary>The most levels of nesting in a request's JSON; payloads and definitions travel as text and have their own limits.</summary>
    public int MaxJsonDepth { get; set; } = 128;

    /// <summary>The most connections at once.</summary>
    public int MaxConnections { get; set; } = 4096;

    /// <summary>The most bytes of a request's headers.</summary>
    public int MaxHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>The most headers of a request.</summary>
    public int MaxHeaders { get; set; } = 100;

    /// <summary>The most bytes of a request's first line.</summary>
    public int MaxRequestLineBytes { get; set; } = 8 * 1024;

    /// <summary>How long a caller may take to send the headers.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle between requests.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The slowest rate at which a body may come or an answer be taken, in bytes a second.</summary>
    public double MinBytesPerSecond { get; set; } = 240;

    /// <summary>How long a body or an answer may be slower than <see cref="MinBytesPerSecond"/>.</summary>
    public TimeSpan SlowGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Everything that is wrong with the settings, as texts for the person who starts the process; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        if (Listen.Count == 0)
            wrong.Add("Gateway: at least one address to listen on is needed.");
        foreach (var address in Listen)
        {
            if (ListenRule.Judge(address, Keys.Count > 0) is { } reason)
                wrong.Add(reason);
        }

        Positive(nameof(MaxBodyBytes), MaxBodyBytes);
        Positive(nameof(MaxHeldBodyBytes), MaxHeldBodyBytes);
        Positive(nameof(MaxJsonDepth), MaxJsonDepth);
        Positive(nameof(MaxConnections), MaxConnections);
        Positive(nameof(MaxHeaderBytes), MaxHeaderBytes);
        Positive(nameof(MaxHeaders), MaxHeaders);
        Positive(nameof(MaxRequestLineBytes), MaxRequestLineBytes);
        Positive(nameof(HeadersTimeout), HeadersTimeout.Ticks);
        Positive(nameof(KeepAliveTimeout), KeepAliveTimeout.Ticks);
        Positive(nameof(MinBytesPerSecond), MinBytesPerSecond);
        if (SlowGrace <= TimeSpan.FromSeconds(1))
            wrong.Add("Gateway: SlowGrace must be longer than a second.");
        if (MaxHeldBodyBytes < MaxBodyBytes)
            wrong.Add("Gateway: MaxHeldBodyBytes must not be less than MaxBodyBytes.");
        return wrong;

        void Positive(string name, double value)
        {
            if (!(value > 0))
                wrong.Add($"Gateway: {name} must be greater than zero.");
        }
    }
}
