using System.Text;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>What an operation takes that asks for nothing but an ARN.</summary>
internal static class ArnMember
{
    /// <summary>Reads and judges the member.</summary>
    /// <param name="body">The request.</param>
    /// <param name="member">The name of the member that holds the ARN.</param>
    /// <param name="arn">The ARN's text.</param>
    /// <returns>What is wrong, or null.</returns>
    public static AwsError? Read(ref ShapeReader body, ReadOnlySpan<byte> member, out string arn)
    {
        string? read = null;
        while (body.NextMember())
        {
            if (body.Is(member))
                read = body.ReadString();
            else
                body.Skip();
        }

        arn = read ?? "";
        if (body.End() is { } malformed)
            return malformed;
        var name = Encoding.ASCII.GetString(member);
        var shape = default(ShapeConstraints);
        shape.Required(name, read);
        shape.Length(name, read, 1, Limits.Arn);
        return shape.Error;
    }
}
