using System.Text.Json;

namespace Cluster.Node.Observation;

/// <summary>What is logged of an execution, and where: its machine's logging configuration when it started.</summary>
/// <param name="Level">Which events.</param>
/// <param name="IncludeExecutionData">Whether with inputs, outputs and parameters.</param>
/// <param name="LogGroup">The name of the log group, or empty where the configuration names none.</param>
public sealed record LogConfiguration(ExecutionLogLevel Level, bool IncludeExecutionData, string LogGroup)
{
    /// <summary>Nothing is logged.</summary>
    public static readonly LogConfiguration Off = new(ExecutionLogLevel.Off, IncludeExecutionData: false, LogGroup: "");

    private const string BeforeName = ":log-group:";
    private const string AfterName = ":*";

    /// <summary>Reads a configuration as it is stored: JSON as the API has it. Nothing is logged where that cannot be read.</summary>
    public static LogConfiguration Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Off;
            var level = root.TryGetProperty("level", out var name) ? LogLevels.Read(name.GetString()) : ExecutionLogLevel.Off;
            var data = root.TryGetProperty("includeExecutionData", out var flag) && flag.ValueKind == JsonValueKind.True;
            return new LogConfiguration(level, data, GroupOf(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Off;
        }
    }

    private static string GroupOf(JsonElement root)
    {
        if (!root.TryGetProperty("destinations", out var destinations) || destinations.GetArrayLength() == 0
            || !destinations[0].TryGetProperty("cloudWatchLogsLogGroup", out var group) || !group.TryGetProperty("logGroupArn", out var arn)
            || arn.GetString() is not { } text)
        {
            return "";
        }

        var start = text.IndexOf(BeforeName, StringComparison.Ordinal);
        if (start < 0)
            return "";
        var name = text[(start + BeforeName.Length)..];
        return name.EndsWith(AfterName, StringComparison.Ordinal) ? name[..^AfterName.Length] : name;
    }
}
