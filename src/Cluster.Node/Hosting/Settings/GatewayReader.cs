using System.Net;
using Cluster.Gateway.Authentication;
using Cluster.Gateway.Hosting;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Reads the section <c>gateway</c>.</summary>
internal static class GatewayReader
{
    private const int LeastBody = 1024;
    private const int MostBody = 64 * 1024 * 1024;
    private const int MostConnections = 1_000_000;
    private static readonly TimeSpan LeastClockTolerance = TimeSpan.FromSeconds(1);

    public static GatewaySettings Read(SettingsSection section)
    {
        var defaults = new GatewaySettings();
        var keys = section.List("keys").Select(ReadKey).OfType<KeySettings>().ToArray();
        foreach (var twice in keys.GroupBy(static k => k.Id, StringComparer.Ordinal).Where(static g => g.Count() > 1))
            section.Wrong("keys", $"the key '{twice.Key}' stands here twice.");
        var settings = new GatewaySettings
        {
            Keys = keys,
            Listen = ReadListen(section, defaults.Listen, keys.Length > 0),
            Admin = ReadAdmin(section),
            ClockTolerance = section.Duration(
                "clockTolerance", defaults.ClockTolerance, LeastClockTolerance, GatewayOptions.MaxClockTolerance),
            MaxBodyBytes = (int)section.Number("maxBodyBytes", defaults.MaxBodyBytes, LeastBody, MostBody),
            MaxConnections = (int)section.Number("maxConnections", defaults.MaxConnections, 1, MostConnections),
        };
        section.WarnOfOthers();
        return settings;
    }

    private static Uri[] ReadListen(SettingsSection section, IReadOnlyList<Uri> otherwise, bool hasKeys)
    {
        var texts = section.Texts("listen");
        var addresses = new List<Uri>();
        foreach (var text in texts)
        {
            if (AddressOf(section, "listen", text) is not { } address)
                continue;
            if (!hasKeys && !IsLoopback(address))
                section.Wrong("listen", $"'{text}' can be reached from other machines, so the keys of callers must be configured (gateway:keys) first.");
            if (addresses.Contains(address))
                section.Wrong("listen", $"'{text}' stands here twice.");
            addresses.Add(address);
        }

        return texts.Count == 0 ? [.. otherwise] : [.. addresses];
    }

    private static Uri? ReadAdmin(SettingsSection section)
    {
        if (section.Text("admin") is not { } text || AddressOf(section, "admin", text) is not { } address)
            return null;
        if (!IsLoopback(address))
            section.Wrong("admin", $"'{text}' is not a loopback address; /admin has no keys, so only this machine may reach it.");
        return address;
    }

    private static KeySettings? ReadKey(SettingsSection section)
    {
        var id = section.Text("id");
        var secret = section.Text("secret");
        section.WarnOfOthers();
        if (id is null)
            section.Wrong("id", "the access key id is missing.");
        else if (!AccessKey.IsId(id))
            section.Wrong("id", "an access key id is 1 to 128 letters, digits, hyphens, underscores or dots.");
        if (secret is null)
            section.Wrong("secret", "the secret access key is missing.");
        return id is null || secret is null ? null : new KeySettings(id, secret);
    }

    private static Uri? AddressOf(SettingsSection section, string name, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
            && address.PathAndQuery is "/" && address.UserInfo.Length == 0
            && (IPAddress.TryParse(address.DnsSafeHost, out _) || address.DnsSafeHost is "localhost"))
            return address;
        section.Wrong(name, $"'{text}' is not http://ADDRESS:PORT with an IP address or localhost.");
        return null;
    }

    private static bool IsLoopback(Uri address) =>
        address.DnsSafeHost is "localhost" || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));
}
