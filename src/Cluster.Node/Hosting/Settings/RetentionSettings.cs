using Cluster.Node.Journal;

namespace Cluster.Node.Hosting.Settings;

/// <summary>How long executions are kept after they have ended; section <c>retention</c>.</summary>
public sealed record RetentionSettings
{
    /// <summary>How long, and the rules of machines.</summary>
    public RetentionRules Rules { get; init; } = new(RetentionRules.Default, []);

    /// <summary>How often a process looks for what need not be kept.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);
}
