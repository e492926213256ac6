using Cluster.Node.Actors;

namespace Cluster.Node.Executions.Activities;

/// <summary>To an activity: a worker has gone away. A task that is on its way to it is lost, and ends by its time-outs, as at AWS.</summary>
/// <param name="Poller">Who had asked.</param>
public sealed record PollAbandoned(ActorRef Poller);
