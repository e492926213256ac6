using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Turns configuration into checked settings. Every fault is found in one reading.</summary>
public static partial class SettingsReader
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(1);

    /// <summary>Reads all sections.</summary>
    public static SettingsReading Read(IConfiguration configuration)
    {
        var errors = new List<SettingsProblem>();
        var warnings = new List<SettingsProblem>();
        var root = new SettingsSection(configuration, "", errors, warnings);
        var node = ReadNode(root.Section("node"));
        var gateway = GatewayReader.Read(root.Section("gateway"));
        var journal = ReadJournal(root.Section("journal"));
        var defaults = new ClusterSettings();
        var settings = new ClusterSettings
        {
            Node = node,
            Gateway = gateway,
            Journal = journal,
            Sharding = ShardingReader.Read(root.Section("sharding"), node.DrainTimeout),
            Retention = RetentionReader.Read(root.Section("retention")),
            Tasks = TaskReader.Read(root.Section("tasks")),
            Logs = RecordReader.Read(
                root.Section("logs"), defaults.Logs, Path.Combine(journal.Directory, ClusterSettings.LogsFolder)),
            StatusEvents = RecordReader.Read(
                root.Section("statusEvents"), defaults.StatusEvents, Path.Combine(journal.Directory, ClusterSettings.StatusEventsFolder)),
        };
        root.WarnOfOthers();
        return new SettingsReading(settings, errors, warnings);
    }

    private static NodeSettings ReadNode(SettingsSection section)
    {
        var defaults = new NodeSettings();
        var settings = new NodeSettings
        {
            Account = Shaped(section, "account", defaults.Account, AccountShape(), "an account id of 12 digits"),
            Region = Shaped(section, "region", defaults.Region, WordShape(), "a region such as us-east-1"),
            Partition = Shaped(section, "partition", defaults.Partition, WordShape(), "a partition such as aws"),
            HistoryLimit = section.Number("historyLimit", defaults.HistoryLimit, 0, long.MaxValue),
            CatchAllTakesDataLimit = section.Flag("catchAllTakesDataLimit", defaults.CatchAllTakesDataLimit),
            DrainTimeout = section.Duration("drainTimeout", defaults.DrainTimeout, TimeSpan.Zero, LongestDrain),
        };
        section.WarnOfOthers();
        return settings;
    }

    private static JournalSettings ReadJournal(SettingsSection section)
    {
        var defaults = new JournalSettings();
        var directory = section.Text("data") ?? defaults.Directory;
        if (directory.Contains('\0', StringComparison.Ordinal) || File.Exists(directory))
            section.Wrong("data", $"'{directory}' is not a directory.");
        else
            directory = Path.GetFullPath(directory);
        var settings = new JournalSettings
        {
            Directory = directory,
            Store = section.Choice("store", defaults.Store),
            Synchronous = section.Choice("synchronous", defaults.Synchronous),
            Connection = section.Text("connection"),
        };
        if (settings.Store == StoreKind.Postgres && settings.Connection is null)
            section.Wrong("connection", "a PostgreSQL store needs a connection string, such as Host=db;Database=cluster;Username=cluster.");
        section.WarnOfOthers();
        return settings;
    }

    private static string Shaped(SettingsSection section, string name, string otherwise, Regex shape, string what)
    {
        if (section.Text(name) is not { } text)
            return otherwise;
        if (shape.IsMatch(text))
            return text;
        section.Wrong(name, $"'{text}' is not {what}.");
        return otherwise;
    }

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AccountShape();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordShape();
}
