namespace Cluster.Protocol.Arns;

/// <summary>What kind of resource has tags.</summary>
public enum TaggedKind : byte
{
    /// <summary>A state machine.</summary>
    StateMachine,

    /// <summary>An activity.</summary>
    Activity,
}

/// <summary>The ARN of a resource that can have tags.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account, 12 digits.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="Text">The ARN as the caller wrote it.</param>
public sealed record TaggedArn(TaggedKind Kind, string Region, string Account, string Name, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
