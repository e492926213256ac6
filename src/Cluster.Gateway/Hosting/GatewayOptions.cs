using System.Globalization;
using Cluster.Gateway.Authentication;

namespace Cluster.Gateway.Hosting;

/// <summary>The settings of the Gateway, checked at start with <see cref="Validate"/>.</summary>
public sealed class GatewayOptions
{
    private const int MiB = 1024 * 1024;
    private const int MaxKeys = 10_000;

    /// <summary>The longest <see cref="ClockTolerance"/>.</summary>
    public static readonly TimeSpan MaxClockTolerance = TimeSpan.FromMinutes(15);

    /// <summary>Where to listen: <c>http://HOST:PORT</c> with an IP address or <c>localhost</c>; port 0 takes a free one.</summary>
    public IList<string> Listen { get; } = [];

    /// <summary>
    /// The keys of callers. With any, every request of the API must be signed by one of them, whatever address it comes from. Without
    /// them every request is taken, signed or not, and only loopback addresses may be listened on.
    /// </summary>
    public IList<AccessKey> Keys { get; } = [];

    /// <summary>The region that callers sign for.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// How far the clocks of callers may be from this one's, to either side; at most <see cref="MaxClockTolerance"/>. A signed request
    /// that somebody has recorded is good for so long.
    /// </summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The most bytes of a request's body.</summary>
    public int MaxBodyBytes { get; set; } = 4 * MiB;

    /// <summary>The most bytes of bodies held at once over all connections; beyond it callers are asked to come again.</summary>
    public long MaxHeldBodyBytes { get; set; } = 64 * MiB;

    /// <summary>The most levels of nesting in a request's JSON; payloads and definitions travel as text and have their own limits.</summary>
    public int MaxJsonDepth { get; set; } = 128;

    /// <summary>The most connections at once; an activity worker that polls holds one.</summary>
    public int MaxConnections { get; set; } = 16_384;

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

        ValidateKeys(wrong);
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
    private void ValidateKeys(List<string> wrong)
    {
        if (Keys.Count > MaxKeys)
            wrong.Add(string.Create(CultureInfo.InvariantCulture, $"Gateway: there are more than {MaxKeys} keys."));
        if (Keys.Any(static key => !AccessKey.IsId(key.Id)))
            wrong.Add("Gateway: the id of a key must be 1 to 128 letters, digits, hyphens, underscores or dots.");
        if (Keys.Any(static key => key.Secret.Length == 0))
            wrong.Add("Gateway: a key has no secret.");
        if (Keys.DistinctBy(static key => key.Id, StringComparer.Ordinal).Count() != Keys.Count)
            wrong.Add("Gateway: two keys have the same id.");
        if (ClockTolerance <= TimeSpan.Zero || ClockTolerance > MaxClockTolerance)
            wrong.Add("Gateway: ClockTolerance must be more than nothing and at most 15 minutes.");
        if (Region.Length == 0)
            wrong.Add("Gateway: Region must not be empty.");
    }
}
