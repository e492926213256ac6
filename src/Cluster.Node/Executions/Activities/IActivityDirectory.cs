namespace Cluster.Node.Executions.Activities;

/// <summary>Which activities there are, as far as the node knows; asked by decisions, which do not wait.</summary>
public interface IActivityDirectory
{
    /// <summary>Whether there is an activity of that ARN. Safe from any thread.</summary>
    bool Has(string arn);
}

/// <summary>Every activity is there.</summary>
public sealed class EveryActivity : IActivityDirectory
{
    /// <summary>The one instance.</summary>
    public static readonly EveryActivity Instance = new();

    private EveryActivity()
    {
    }

    /// <inheritdoc/>
    public bool Has(string arn) => true;
}
