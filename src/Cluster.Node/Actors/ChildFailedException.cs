namespace Cluster.Node.Actors;

/// <summary>
/// An actor cannot go on because one that it spawned has failed. The failure was told in the log when the child ended: it is not told again.
/// </summary>
/// <param name="child">The name of the actor that failed.</param>
/// <param name="reason">Why it did.</param>
public sealed class ChildFailedException(string child, Exception reason) : Exception($"Actor {child} failed.", reason);
