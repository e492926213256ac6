using System.Text.Json;

namespace Cluster.Gateway.Operations;

/// <summary>Kinds of members that several responses have.</summary>
internal static class JsonFields
{
    private const byte MillisecondScale = 3;

    /// <summary>Writes a time as AWS does: seconds since 1970, with milliseconds behind the point.</summary>
    public static void WriteTime(this Utf8JsonWriter json, ReadOnlySpan<byte> member, long unixMilliseconds) =>
        json.WriteNumber(
            member,
            new decimal((int)unixMilliseconds, (int)(unixMilliseconds >> 32), hi: 0, isNegative: false, MillisecondScale));

    /// <summary>Writes a text where there is one.</summary>
    public static void WriteOptional(this Utf8JsonWriter json, ReadOnlySpan<byte> member, string? value)
    {
        if (value is not null)
            json.WriteString(member, value);
    }

    /// <summary>Writes a number where there is one.</summary>
    public static void WriteOptional(this Utf8JsonWriter json, ReadOnlySpan<byte> member, long? value)
    {
        if (value is { } number)
            json.WriteNumber(member, number);
    }

    /// <summary>Writes a structure of one yes-or-no member, such as <c>inputDetails: {included: true}</c>.</summary>
    public static void WriteFlag(this Utf8JsonWriter json, ReadOnlySpan<byte> member, ReadOnlySpan<byte> flag, bool value)
    {
        json.WriteStartObject(member);
        json.WriteBoolean(flag, value);
        json.WriteEndObject();
    }

    /// <summary>Writes the token of the next page where there is one.</summary>
    public static void WriteNextToken(this Utf8JsonWriter json, string? token) => json.WriteOptional("nextToken"u8, token);
}
