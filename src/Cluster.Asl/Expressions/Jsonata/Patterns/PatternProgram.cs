namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>A compiled pattern.</summary>
/// <param name="Code">The instructions; the first is the start.</param>
/// <param name="Slots">How many numbers a search keeps: start and end of the match and of each capture, then counters and places.</param>
/// <param name="Branches">How many instructions open ways; 0 when failed ways cannot be remembered.</param>
internal sealed record PatternProgram(Instruction[] Code, int Slots, int Branches);
