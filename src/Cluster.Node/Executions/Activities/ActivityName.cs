namespace Cluster.Node.Executions.Activities;

/// <summary>An activity, by what its keys hold.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="Name">The name.</param>
public readonly record struct ActivityName(string Account, string Region, string Name);
