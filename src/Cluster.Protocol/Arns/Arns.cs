namespace Cluster.Protocol.Arns;

/// <summary>The ARN of a state machine: <c>arn:PARTITION:states:REGION:ACCOUNT:stateMachine:NAME</c>.</summary>
/// <param name="Partition">Usually <c>aws</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account, 12 digits.</param>
/// <param name="Name">The machine's name.</param>
public sealed record StateMachineArn(string Partition, string Region, string Account, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"arn:{Partition}:states:{Region}:{Account}:stateMachine:{Name}";
}

/// <summary>The ARN of a Standard execution: <c>arn:PARTITION:states:REGION:ACCOUNT:execution:MACHINE:NAME</c>.</summary>
/// <param name="Partition">Usually <c>aws</c>.</param>
/// <param name="Region">The region.</param>
/// <param name="Account">The account, 12 digits.</param>
/// <param name="StateMachine">The machine's name.</param>
/// <param name="Name">The execution's name.</param>
public sealed record ExecutionArn(string Partition, string Region, string Account, string StateMachine, string Name)
{
    /// <summary>The ARN of the machine.</summary>
    public StateMachineArn Machine => new(Partition, Region, Account, StateMachine);

    /// <inheritdoc/>
    public override string ToString() => $"arn:{Partition}:states:{Region}:{Account}:execution:{StateMachine}:{Name}";
}
