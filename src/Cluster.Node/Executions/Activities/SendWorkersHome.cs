namespace Cluster.Node.Executions.Activities;

/// <summary>To an activity: the node ends. Workers that wait, and those that come, get nothing; a task that is being handed out still arrives.</summary>
internal sealed record SendWorkersHome
{
    /// <summary>The one instance.</summary>
    public static readonly SendWorkersHome Instance = new();

    private SendWorkersHome()
    {
    }
}
