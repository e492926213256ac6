using Cluster.Node.Sharding;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Reads the section <c>sharding</c>.</summary>
internal static class ShardingReader
{
    private const int LongestName = 256;
    private const int MostHandOffs = 4096;

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(10);

    /// <summary>How many renewals must fit into the part of a lease that may be relied on.</summary>
    private const int RenewalsInLease = 3;

    public static ShardingSettings Read(SettingsSection section, TimeSpan patience)
    {
        var defaults = new ShardingSettings();
        var leases = defaults.Leases;
        var settings = new ShardingSettings
        {
            Name = section.Text("name") ?? defaults.Name,
            Address = AddressOf(section),
            Leases = new LeaseSettings
            {
                Lease = section.Duration("lease", leases.Lease, ShortestLease, LongestTime),
                Margin = section.Duration("margin", leases.Margin, ShortestTime, LongestTime),
                Renew = section.Duration("renew", leases.Renew, ShortestTime, LongestTime),
                Absence = section.Duration("absence", leases.Absence, ShortestTime, LongestTime),
                Settle = section.Duration("settle", leases.Settle, TimeSpan.Zero, LongestTime),
                HandOffPatience = patience,
                HandOffsAtATime = (int)section.Number("handOffsAtATime", leases.HandOffsAtATime, 1, MostHandOffs),
            },
        };
        if (settings.Name.Length > LongestName)
            section.Wrong("name", "the name is too long.");
        if (settings.Leases.Renew * RenewalsInLease > settings.Leases.Lease - settings.Leases.Margin)
            section.Wrong("renew", $"three renewals must fit into the lease without its margin: {Durations.Text(settings.Leases.Renew)} is too long.");
        if (settings.Leases.Absence <= settings.Leases.Renew)
            section.Wrong("absence", "it must be longer than 'renew': a living node notices with a renewal that its connection broke.");
        section.WarnOfOthers();
        return settings;
    }

    private static Uri? AddressOf(SettingsSection section)
    {
        if (section.Text("address") is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
            return url;
        section.Wrong("address", $"'{text}' is not an address http://HOST[:PORT] or https://….");
        return null;
    }
}
