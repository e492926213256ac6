namespace Cluster.Node.Tasks.Lambda;

/// <summary>What a Task's Resource stands for.</summary>
/// <param name="Name">The function that it names.</param>
/// <param name="Function">Where and how it is called, or null when nothing says so.</param>
internal sealed record ResolvedFunction(FunctionName Name, RegisteredFunction? Function);
