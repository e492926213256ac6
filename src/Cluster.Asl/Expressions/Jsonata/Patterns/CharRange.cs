namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>UTF-16 code units from one to another, both included.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest, not below the lowest.</param>
internal readonly record struct CharRange(char First, char Last);
