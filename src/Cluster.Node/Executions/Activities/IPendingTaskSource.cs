using Cluster.Node.Actors;
using Cluster.Node.Journal;

namespace Cluster.Node.Executions.Activities;

/// <summary>Where an activity reads which of its tasks wait for a worker.</summary>
public interface IPendingTaskSource
{
    /// <summary>Reads a page of them, oldest first; the answer is a <see cref="PendingPage"/>.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="after">The last task of the page before, or null.</param>
    /// <param name="replyTo">Who gets the page.</param>
    void Read(ActivityName activity, PendingTask? after, ActorRef replyTo);
}
