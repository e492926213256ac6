namespace Cluster.Asl.Definitions;

/// <summary>The Resource of a Task, taken apart.</summary>
/// <param name="Arn">The text of the definition.</param>
/// <param name="Kind">Which family of events it has.</param>
/// <param name="Service">The service of an integration (<c>lambda</c>), shown as resourceType; "lambda" for a function ARN.</param>
/// <param name="Action">The action of an integration with its pattern (<c>invoke</c>), shown as resource.</param>
/// <param name="Pattern">What ends the task.</param>
public sealed record TaskResource(
    string Arn, TaskKind Kind, string Service, string Action, TaskPattern Pattern = TaskPattern.RequestResponse)
{
    /// <summary>Whether each attempt has a token, by which somebody else ends it.</summary>
    public bool HasToken => Pattern != TaskPattern.RequestResponse || Kind == TaskKind.Activity;
}

/// <summary>What a Task calls.</summary>
public enum TaskKind : byte
{
    /// <summary>A function ARN as Resource: the LambdaFunction… events.</summary>
    LambdaFunction,

    /// <summary>An optimised integration (<c>arn:aws:states:::service:action</c>): the Task… events.</summary>
    Integration,

    /// <summary>An activity, whose workers poll for the task: the Activity… events.</summary>
    Activity,
}

/// <summary>What ends a task: AWS's integration patterns.</summary>
public enum TaskPattern : byte
{
    /// <summary>The answer of the call.</summary>
    RequestResponse,

    /// <summary><c>.waitForTaskToken</c>: the call hands a token out, and whoever has it ends the task.</summary>
    WaitForTaskToken,

    /// <summary><c>.sync</c>: the end of the execution that the call started; its input and output are shown as texts.</summary>
    Sync,

    /// <summary><c>.sync:2</c>: the same; its input and output are shown as JSON.</summary>
    Sync2,
}
