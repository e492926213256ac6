using System.Globalization;

namespace Cluster.Asl.Json;

/// <summary>A JSON number, kept as it was written: big integers and decimals lose nothing.</summary>
public sealed class JsonNumber(string text) : JsonValue
{
    /// <summary>The number as it was written.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Number;

    /// <summary>An integer.</summary>
    public static JsonNumber Of(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override bool Equals(JsonValue? other) => other is JsonNumber n && string.Equals(n.Text, Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StableHash.Of(Text);
}
