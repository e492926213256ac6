using System.Globalization;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.AwsJson;

/// <summary>Gathers the constraints of the API model that a request breaks, all of them, in AWS's words.</summary>
internal struct ShapeConstraints
{
    /// <summary>The most characters of a value that an error shows.</summary>
    public const int MaxShownCharacters = 4096;

    private List<string>? _broken;

    /// <summary>All that is broken as one error, or null.</summary>
    public readonly AwsError? Error => _broken switch
    {
        null => null,
        [var one] => AwsErrors.Validation("1 validation error detected: " + one),
        _ => AwsErrors.Validation(
            string.Create(CultureInfo.InvariantCulture, $"{_broken.Count} validation errors detected: {string.Join("; ", _broken)}")),
    };

    /// <summary>The member must be there.</summary>
    public void Required(string member, object? value)
    {
        if (value is null)
            Broken($"Value null at '{member}' failed to satisfy constraint: Member must not be null");
    }

    /// <summary>The text, where there is one, has a length within bounds, in UTF-16 units as AWS counts.</summary>
    public void Length(string member, string? value, int min, int max)
    {
        if (value is not null)
            Within(member, $"Value '{Shown(value)}'", value.Length, min, max);
    }

    /// <summary>A length within bounds, of a member whose value AWS never shows; in the unit of the limit.</summary>
    public void HiddenLength(string member, int? length, int min, int max)
    {
        if (length is { } known)
            Within(member, "Value", known, min, max);
    }

    /// <summary>The number, where there is one, lies within bounds.</summary>
    public void Range(string member, int? value, int min, int max)
    {
        if (value < min)
            Broken(string.Create(
                CultureInfo.InvariantCulture,
                $"Value '{value}' at '{member}' failed to satisfy constraint: Member must have value greater than or equal to {min}"));
        else if (value > max)
            Broken(string.Create(
                CultureInfo.InvariantCulture,
                $"Value '{value}' at '{member}' failed to satisfy constraint: Member must have value less than or equal to {max}"));
    }

    /// <summary>The text, where there is one, is one of a set.</summary>
    public void OneOf(string member, string? value, string[] set)
    {
        if (value is not null && !set.Contains(value, StringComparer.Ordinal))
            Broken($"Value '{Shown(value)}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", set)}]");
    }

    private static string Shown(string value) =>
        value.Length <= MaxShownCharacters ? value : string.Concat(value.AsSpan(0, MaxShownCharacters), "…");

    private void Within(string member, string subject, int length, int min, int max)
    {
        if (length < min)
            Broken(string.Create(
                CultureInfo.InvariantCulture,
                $"{subject} at '{member}' failed to satisfy constraint: Member must have length greater than or equal to {min}"));
        else if (length > max)
            Broken(string.Create(
                CultureInfo.InvariantCulture,
                $"{subject} at '{member}' failed to satisfy constraint: Member must have length less than or equal to {max}"));
    }

    private void Broken(string text) => (_broken ??= []).Add(text);
}
