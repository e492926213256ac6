using Cluster.Node.Observation;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Reads the sections <c>logs</c> and <c>statusEvents</c>.</summary>
internal static class RecordReader
{
    private const long LeastBytes = 1024;
    private const long MostFileBytes = 1L << 40;
    private const long MostQueueBytes = 1L << 32;
    private const int MostFiles = 1000;

    /// <summary>Reads a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="defaults">Its defaults.</param>
    /// <param name="folder">The folder of its files, where none is named.</param>
    public static RecordSettings Read(SettingsSection section, RecordSettings defaults, string folder)
    {
        var directory = section.Text("directory") ?? folder;
        if (directory.Contains('\0', StringComparison.Ordinal) || File.Exists(directory))
            section.Wrong("directory", $"'{directory}' is not a directory.");
        else
            directory = Path.GetFullPath(directory);
        var settings = new RecordSettings
        {
            To = section.Choice("to", defaults.To),
            Directory = directory,
            FileBytes = section.Number("fileBytes", defaults.FileBytes, LeastBytes, MostFileBytes),
            Files = (int)section.Number("files", defaults.Files, 1, MostFiles),
            QueueBytes = section.Number("queueBytes", defaults.QueueBytes, LeastBytes, MostQueueBytes),
        };
        section.WarnOfOthers();
        return settings;
    }
}
