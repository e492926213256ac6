namespace Cluster.Node.Executions.Activities;

/// <summary>An activity, by what its keys hold.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="Name">The name.</param>
public readonly record struct ActivityName(string Account, string Region, string Name)
{
    private const int RegionPart = 3;
    private const int AccountPart = 4;
    private const int NamePart = 6;

    /// <summary>The activity of an ARN that a definition names, whose form was checked.</summary>
    public static ActivityName Of(string arn)
    {
        var parts = arn.Split(':', NamePart + 1);
        return new ActivityName(parts[AccountPart], parts[RegionPart], parts[NamePart]);
    }
}
