using System.Text;
using Cluster.Gateway.AwsJson;

namespace Cluster.Gateway.Operations;

/// <summary>The <c>definition</c> and <c>roleArn</c> members; the Node parses the definition.</summary>
internal static class DefinitionText
{
    /// <summary>Judges a definition's size in bytes. AWS never shows the text in an error.</summary>
    public static void Judge(ref ShapeConstraints shape, string? definition) => shape.HiddenLength(
        "definition", definition is null ? null : Encoding.UTF8.GetByteCount(definition), 1, Limits.DefinitionBytes);
}
