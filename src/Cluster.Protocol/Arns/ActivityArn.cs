namespace Cluster.Protocol.Arns;

/// <summary>The ARN of an activity: <c>arn:PARTITION:states:REGION:ACCOUNT:activity:NAME</c>.</summary>
/// <param name="Partition">Usually <c>aws</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account, 12 digits.</param>
/// <param name="Name">The activity's name.</param>
public sealed record ActivityArn(string Partition, string Region, string Account, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"arn:{Partition}:states:{Region}:{Account}:activity:{Name}";
}
