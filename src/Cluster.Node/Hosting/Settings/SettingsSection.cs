using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Cluster.Node.Hosting.Settings;

/// <summary>
/// One section while it is read: gives typed values or their defaults, notes what is wrong, and remembers which names were asked for, so
/// that the others can be named as unknown.
/// </summary>
internal sealed class SettingsSection(IConfiguration section, string path, List<SettingsProblem> errors, List<SettingsProblem> warnings)
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path of a setting in this section.</summary>
    public string PathOf(string name) => path.Length == 0 ? name : $"{path}:{name}";

    /// <summary>Notes that a setting is wrong.</summary>
    public void Wrong(string name, string reason) => errors.Add(new SettingsProblem(PathOf(name), reason));

    /// <summary>A section within this one.</summary>
    public SettingsSection Section(string name)
    {
        _asked.Add(name);
        if (section[name] is { Length: > 0 } text)
            Wrong(name, $"'{text}' is a value, but this is a section of settings.");
        return new SettingsSection(section.GetSection(name), PathOf(name), errors, warnings);
    }

    /// <summary>The sections of a list.</summary>
    public IReadOnlyList<SettingsSection> List(string name)
    {
        _asked.Add(name);
        if (section[name] is { Length: > 0 } text)
            Wrong(name, $"'{text}' is a value, but this is a list of sections.");
        return [.. section.GetSection(name).GetChildren().Select(c => new SettingsSection(c, $"{PathOf(name)}:{c.Key}", errors, warnings))];
    }

    /// <summary>A text, or null when it is absent or empty.</summary>
    public string? Text(string name)
    {
        _asked.Add(name);
        var child = section.GetSection(name);
        if (child.Value is null && child.GetChildren().Any())
            Wrong(name, "this is one value, not a section or a list.");
        return string.IsNullOrWhiteSpace(child.Value) ? null : child.Value.Trim();
    }

    /// <summary>Texts: a list, or one text in which semicolons separate them; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _asked.Add(name);
        var child = section.GetSection(name);
        return child.Value is { } text
            ? text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. child.GetChildren().Select(static c => c.Value ?? "")];
    }

    /// <summary>A whole number.</summary>
    public long Number(string name, long otherwise, long least, long most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a whole number from {least} to {most}."));
        return otherwise;
    }

    /// <summary>A span of time.</summary>
    public TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (Durations.TryParse(text, out var value) && value >= least && value <= most)
            return value;
        Wrong(name, $"'{text}' is not a span of time from {Durations.Text(least)} to {Durations.Text(most)}, such as 500ms, 30s or 15m.");
        return otherwise;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out var value))
            return value;
        Wrong(name, $"'{text}' is neither true nor false.");
        return otherwise;
    }

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return otherwise;
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        Wrong(name, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>().Select(static n => n.ToLowerInvariant()))}.");
        return otherwise;
    }

    /// <summary>Warns of everything that nobody asked for.</summary>
    public void WarnOfOthers()
    {
        foreach (var child in section.GetChildren())
        {
            if (!_asked.Contains(child.Key))
                warnings.Add(new SettingsProblem(PathOf(child.Key), "no setting has this name; it is ignored."));
        }
    }
}
