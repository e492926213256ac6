namespace Cluster.Node.Hosting.Settings;

/// <summary>Something about a setting that its writer should know.</summary>
/// <param name="Path">Which setting: <c>section:name</c>.</param>
/// <param name="Reason">A sentence that says what is wrong and what would be right.</param>
public sealed record SettingsProblem(string Path, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Reason}";
}

/// <summary>What came of reading the settings.</summary>
/// <param name="Settings">The settings; meaningless when there are errors.</param>
/// <param name="Errors">All that forbids to start.</param>
/// <param name="Warnings">All that is merely strange, such as a name that no setting has.</param>
public sealed record SettingsReading(ClusterSettings Settings, IReadOnlyList<SettingsProblem> Errors, IReadOnlyList<SettingsProblem> Warnings);
