using System.Globalization;

namespace Cluster.Node.Hosting.Settings;

/// <summary>Spans of time as people write them: <c>250ms</c>, <c>30s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>, or <c>hh:mm:ss</c>.</summary>
public static class Durations
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1e3), ("m", 60e3), ("h", 3600e3), ("d", 86400e3)];

    /// <summary>Reads a span; false when the text is none.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        text = text.Trim();
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span);
        span = TimeSpan.Zero;
        foreach (var (unit, milliseconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                || !double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
                || !double.IsFinite(count) || Math.Abs(count * milliseconds) > TimeSpan.MaxValue.TotalMilliseconds / 2)
                continue;
            span = TimeSpan.FromMilliseconds(count * milliseconds);
            return true;
        }

        return false;
    }

    /// <summary>Writes a span shortly.</summary>
    public static string Text(TimeSpan span)
    {
        var best = Units[0];
        foreach (var unit in Units)
        {
            if (span.TotalMilliseconds >= unit.Milliseconds && span.TotalMilliseconds % unit.Milliseconds == 0)
                best = unit;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds / best.Milliseconds}{best.Unit}");
    }
}
