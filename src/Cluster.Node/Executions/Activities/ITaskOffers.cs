using Cluster.Node.Journal;

namespace Cluster.Node.Executions.Activities;

/// <summary>Hears of tasks that wait for a worker, when the append that holds them has committed.</summary>
public interface ITaskOffers
{
    /// <summary>A task waits. Called on any thread; must only hand it on.</summary>
    void Offer(PendingTask task);
}

/// <summary>Nobody hears; what is in the store is found there.</summary>
public sealed class NoTaskOffers : ITaskOffers
{
    /// <summary>The one instance.</summary>
    public static readonly NoTaskOffers Instance = new();

    private NoTaskOffers()
    {
    }

    /// <inheritdoc/>
    public void Offer(PendingTask task)
    {
    }
}
