using Cluster.Gateway.AwsJson;

namespace Cluster.Gateway.Operations;

/// <summary>The <c>includedData</c> member.</summary>
internal static class IncludedMembers
{
    private const string MetadataOnly = "METADATA_ONLY";

    private static readonly string[] Values = ["ALL_DATA", MetadataOnly];

    /// <summary>Judges the member.</summary>
    public static void Judge(ref ShapeConstraints shape, string? value) => shape.OneOf("includedData", value, Values);

    /// <summary>Whether payloads and definitions are left out.</summary>
    public static bool IsMetadataOnly(string? value) => string.Equals(value, MetadataOnly, StringComparison.Ordinal);
}
