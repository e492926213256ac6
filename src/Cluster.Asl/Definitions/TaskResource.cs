namespace Cluster.Asl.Definitions;

/// <summary>The Resource of a Task, taken apart.</summary>
/// <param name="Arn">The text of the definition.</param>
/// <param name="Kind">Which family of events it has.</param>
/// <param name="Service">The service of an integration (<c>lambda</c>), shown as resourceType; "lambda" for a function ARN.</param>
/// <param name="Action">The action of an integration with its pattern (<c>invoke</c>), shown as resource.</param>
public sealed record TaskResource(string Arn, TaskKind Kind, string Service, string Action);

/// <summary>What a Task calls.</summary>
public enum TaskKind : byte
{
    /// <summary>A function ARN as Resource: the LambdaFunction… events.</summary>
    LambdaFunction,

    /// <summary>An optimised integration (<c>arn:aws:states:::service:action</c>): the Task… events.</summary>
    Integration,
}
