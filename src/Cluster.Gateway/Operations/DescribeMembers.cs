using System.Text;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>What every Describe operation takes: an ARN, and <c>includedData</c>.</summary>
internal static class DescribeMembers
{
    private const string MetadataOnly = "METADATA_ONLY";

    private static readonly string[] Values = ["ALL_DATA", MetadataOnly];

    /// <summary>Reads and judges the members.</summary>
    /// <param name="body">The request.</param>
    /// <param name="arnMember">The name of the member that holds the ARN.</param>
    /// <param name="arn">The ARN's text.</param>
    /// <param name="metadataOnly">Whether payloads and definitions are left out.</param>
    /// <returns>What is wrong, or null.</returns>
    public static AwsError? Read(ref ShapeReader body, ReadOnlySpan<byte> arnMember, out string arn, out bool metadataOnly)
    {
        string? read = null, included = null;
        while (body.NextMember())
        {
            if (body.Is(arnMember))
                read = body.ReadString();
            else if (body.Is("includedData"u8))
                included = body.ReadString();
            else
                body.Skip();
        }

        arn = read ?? "";
        metadataOnly = string.Equals(included, MetadataOnly, StringComparison.Ordinal);
        if (body.End() is { } malformed)
            return malformed;
        var name = Encoding.ASCII.GetString(arnMember);
        var shape = default(ShapeConstraints);
        shape.Required(name, read);
        shape.Length(name, read, 1, Limits.Arn);
        shape.OneOf("includedData", included, Values);
        return shape.Error;
    }
}
