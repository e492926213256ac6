using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>A family of comparisons: which values belong to its type, and their order.</summary>
/// <typeparam name="T">What is compared.</typeparam>
internal interface IComparand<T>
{
    /// <summary>Takes a value that belongs to the type.</summary>
    static abstract bool TryTake(JsonValue value, [MaybeNullWhen(false)] out T comparand);

    /// <summary>Below, at or above zero, as the left one is smaller, equal or greater.</summary>
    static abstract int Compare(T left, T right);
}

/// <summary>Strings, in the order of their UTF-16 code units.</summary>
internal sealed class StringComparand : IComparand<string>
{
    public static bool TryTake(JsonValue value, [MaybeNullWhen(false)] out string comparand)
    {
        comparand = (value as JsonString)?.Value;
        return comparand is not null;
    }

    public static int Compare(string left, string right) => string.CompareOrdinal(left, right);
}

/// <summary>Numbers, by their exact value.</summary>
internal sealed class NumericComparand : IComparand<JsonNumber>
{
    public static bool TryTake(JsonValue value, [MaybeNullWhen(false)] out JsonNumber comparand)
    {
        comparand = value as JsonNumber;
        return comparand is not null;
    }

    public static int Compare(JsonNumber left, JsonNumber right) => JsonNumber.Compare(left, right);
}

/// <summary>Truth values.</summary>
internal sealed class BooleanComparand : IComparand<bool>
{
    public static bool TryTake(JsonValue value, out bool comparand)
    {
        comparand = value is JsonBoolean { Value: true };
        return value is JsonBoolean;
    }

    public static int Compare(bool left, bool right) => left.CompareTo(right);
}

/// <summary>Strings that are timestamps, as points in time.</summary>
internal sealed class TimestampComparand : IComparand<Instant>
{
    public static bool TryTake(JsonValue value, out Instant comparand)
    {
        comparand = default;
        return value is JsonString text && Timestamps.TryParse(text.Value, out comparand);
    }

    public static int Compare(Instant left, Instant right) => Instant.Compare(left, right);
}
