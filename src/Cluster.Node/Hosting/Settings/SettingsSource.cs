using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Cluster.Node.Hosting.Settings;

/// <summary>
/// Lays the places where settings come from over one another: command line, over environment, over file.
/// </summary>
/// <remarks>
/// A variable is <c>CLUSTER_</c> and the setting's path in which <c>__</c> stands for the colon (<c>CLUSTER_NODE__REGION</c>); the settings
/// that everyone needs also have a short name (<c>CLUSTER_LAMBDA_ENDPOINT</c>).
/// </remarks>
public static class SettingsSource
{
    /// <summary>The file that is read when none is named, if it is there.</summary>
    public const string DefaultFile = "appsettings.json";

    private const string Prefix = "CLUSTER_";

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LISTEN"] = "gateway:listen",
        ["ADMIN"] = "gateway:admin",
        ["DATA"] = "journal:data",
        ["STORE"] = "journal:store",
        ["CONNECTION"] = "journal:connection",
        ["ACCOUNT"] = "node:account",
        ["REGION"] = "node:region",
        ["HISTORY_LIMIT"] = "node:historyLimit",
        ["LAMBDA_ENDPOINT"] = "tasks:lambdaEndpoint",
    };

    /// <summary>Reads and checks the settings of this process.</summary>
    /// <param name="commandLine">The settings of the command line, by path.</param>
    /// <param name="file">The file that the command line names, or null for <see cref="DefaultFile"/>.</param>
    public static SettingsReading Read(IReadOnlyDictionary<string, string> commandLine, string? file)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "", StringComparer.Ordinal);
        return Read(commandLine, environment, file);
    }

    /// <summary>Reads and checks settings of given places.</summary>
    /// <param name="commandLine">The settings of the command line, by path.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="file">The file, which must be there; or null for <see cref="DefaultFile"/>, which need not.</param>
    public static SettingsReading Read(
        IReadOnlyDictionary<string, string> commandLine, IReadOnlyDictionary<string, string> environment, string? file)
    {
        var layers = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath(file ?? DefaultFile), optional: file is null, reloadOnChange: false)
            .AddInMemoryCollection(Variables(environment))
            .AddInMemoryCollection(commandLine.Select(static e => KeyValuePair.Create(e.Key, (string?)e.Value)));
        try
        {
            return SettingsReader.Read(layers.Build());
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            var reason = failure.InnerException is { } inner ? $"{failure.Message} {inner.Message}" : failure.Message;
            return new SettingsReading(new ClusterSettings(), [new SettingsProblem(file ?? DefaultFile, reason)], []);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Variables(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (variable, value) in environment)
        {
            if (!variable.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            var name = variable[Prefix.Length..];
            yield return KeyValuePair.Create(
                ShortNames.GetValueOrDefault(name) ?? name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)value);
        }
    }
}
