using Cluster.Node.Actors;

namespace Cluster.Node.Executions.Activities;

/// <summary>An activity that is polled on this node; all its polls share this object.</summary>
/// <param name="Name">The activity.</param>
/// <param name="Actor">Who brings its workers and its tasks together.</param>
internal sealed record PolledActivity(ActivityName Name, ActorRef Actor);
