namespace Cluster.Node.Tasks.Tokens;

/// <summary>What was found of a task token.</summary>
/// <param name="Token">What it names; null when no known key has made it.</param>
/// <param name="IsUnsure">It may be good all the same: it names a key that is not known here, and nobody could be asked for it.</param>
public readonly record struct TokenReading(TaskToken? Token, bool IsUnsure);
