using Cluster.Asl.Expressions;

namespace Cluster.Asl.Definitions;

/// <summary>A number of seconds, fixed or named by a path. Exactly one of the two is set.</summary>
/// <param name="Seconds">The fixed number.</param>
/// <param name="Path">Where the number stands.</param>
public sealed record SecondsField(long? Seconds, JsonPath? Path);
