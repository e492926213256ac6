namespace Cluster.Asl.Interpreter;

/// <summary>What an attempt has that whoever holds its token ends. Few scopes have one, so it is apart from them.</summary>
/// <param name="Token">The token.</param>
/// <param name="HeartbeatSeconds">The declared longest silence in seconds, or null.</param>
/// <param name="Word">What was said with the token while the call was not answered yet, or null.</param>
/// <param name="Child">The ARN of the execution that runs as a part of the task, once it is known; null otherwise.</param>
public sealed record TokenTask(string Token, long? HeartbeatSeconds, TaskWord? Word = null, string? Child = null);
