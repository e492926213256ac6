using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>A worker asks for a task of an activity and waits for one up to the poll's 60 s.</summary>
/// <param name="ActivityArn">The activity; its account and region are those of the tasks.</param>
/// <param name="WorkerName">Who asks, 1 to 80 characters, as ActivityStarted shows it; null where the worker gave no name.</param>
public sealed record GetActivityTaskRequest(ActivityArn ActivityArn, string? WorkerName);

/// <summary>The answer: a task whose ActivityStarted is durable; or, with both members null, none within the poll's time.</summary>
/// <param name="TaskToken">The token that answers the task, at most 2,048 characters.</param>
/// <param name="Input">The task's input, JSON text in UTF-8.</param>
public sealed record GetActivityTaskResponse(string? TaskToken, ReadOnlyMemory<byte>? Input)
{
    /// <summary>No task came within the poll's time.</summary>
    public static GetActivityTaskResponse None { get; } = new(TaskToken: null, Input: null);
}
