using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>Which texts are ARNs of roles. The role itself is not looked for: there is no IAM behind this server.</summary>
internal static class RoleArns
{
    private const int Sections = 6;

    /// <summary>The error of a text that is no role's ARN, or null.</summary>
    public static AwsError? Judge(string roleArn)
    {
        Span<Range> sections = stackalloc Range[Sections];
        var text = roleArn.AsSpan();
        return text.Split(sections, ':') == Sections
            && text[sections[0]].SequenceEqual("arn")
            && text[sections[2]].SequenceEqual("iam")
            && text[sections[5]].StartsWith("role/", StringComparison.Ordinal)
                ? null
                : new AwsError("InvalidArn", $"Invalid Role Arn: '{roleArn}'");
    }
}
