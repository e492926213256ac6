using Cluster.Node.Journal;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Reads the section <c>retention</c>.</summary>
internal static class RetentionReader
{
    private const int LongestPattern = 256;
    private const int MostRules = 1_000;

    private static readonly TimeSpan ShortestKeep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestKeep = TimeSpan.FromDays(36_500);
    private static readonly TimeSpan ShortestPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPace = TimeSpan.FromDays(1);

    public static RetentionSettings Read(SettingsSection section)
    {
        var defaults = new RetentionSettings();
        var rules = section.List("machines").Select(ReadRule).OfType<MachineRetention>().ToArray();
        if (rules.Length > MostRules)
            section.Wrong("machines", "there are too many rules.");
        var settings = new RetentionSettings
        {
            Rules = new RetentionRules(section.Duration("keep", defaults.Rules.Keep, ShortestKeep, LongestKeep), rules),
            Every = section.Duration("every", defaults.Every, ShortestPace, LongestPace),
        };
        section.WarnOfOthers();
        return settings;
    }

    private static MachineRetention? ReadRule(SettingsSection section)
    {
        var name = section.Text("name");
        var isGood = name is { Length: <= LongestPattern } && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*');
        if (name is null)
            section.Wrong("name", "the machine's name is missing; * stands for any characters.");
        else if (!isGood)
            section.Wrong("name", $"'{name}' is not a machine's name; * stands for any characters.");
        if (section.Text("keep") is null)
            section.Wrong("keep", "how long executions of the machine are kept is missing, such as 30d.");
        var keep = section.Duration("keep", RetentionRules.Default, ShortestKeep, LongestKeep);
        section.WarnOfOthers();
        return isGood ? new MachineRetention(name!, keep) : null;
    }
}
