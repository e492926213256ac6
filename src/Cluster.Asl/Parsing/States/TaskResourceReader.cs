using System.Collections.Frozen;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Parsing.States;

/// <summary>Takes a Task's Resource apart and refuses what is no resource, or is none here yet.</summary>
internal static class TaskResourceReader
{
    /// <summary>Stands in a state that is refused anyway, so that its other fields are still checked.</summary>
    public static readonly TaskResource Unreadable = new("", TaskKind.Integration, "", "");

    /// <summary>The services with optimised integrations, and the one of all others.</summary>
    private static readonly FrozenSet<string> Services = FrozenSet.ToFrozenSet(
        [
            "apigateway", "athena", "aws-sdk", "batch", "bedrock", "codebuild", "databrew", "dynamodb", "ecs", "eks",
            "elasticmapreduce", "emr-containers", "emr-serverless", "events", "glue", "http", "lambda", "mediaconvert", "s3", "sagemaker",
            "sns", "sqs", "states",
        ],
        StringComparer.Ordinal);

    private static readonly string[] Patterns = [".sync:2", ".sync", ".waitForTaskToken"];

    public static TaskResource? Read(ObjectReader state)
    {
        if (state.Text("Resource") is not { } arn)
            return null;
        var at = state.At.Field("Resource");
        var parts = arn.Split(':');
        if (parts.Length < 6 || parts[0] is not "arn" || parts[1].Length == 0)
        {
            state.Diagnostics.Schema(at, "Value is not a valid resource ARN");
            return null;
        }

        switch (parts[2])
        {
            case "lambda" when parts is [_, _, _, { Length: > 0 }, { Length: > 0 }, "function", { Length: > 0 }, ..] && parts.Length <= 8:
                return new TaskResource(arn, TaskKind.LambdaFunction, "lambda", "");
            case "states" when parts is [_, _, _, "", "", { Length: > 0 } service, { Length: > 0 }, ..] && Services.Contains(service):
                return ReadIntegration(state, arn, service, string.Join(':', parts[6..]));
            case "states" when parts is [_, _, _, _, _, "activity", { Length: > 0 }]:
                state.Diagnostics.NotSupportedYet(at, "An activity as Resource");
                return null;
            default:
                state.Diagnostics.Schema(
                    at,
                    $"The resource provided {arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.");
                return null;
        }
    }

    private static TaskResource? ReadIntegration(ObjectReader state, string arn, string service, string action)
    {
        var at = state.At.Field("Resource");
        var pattern = Patterns.FirstOrDefault(p => action.EndsWith(p, StringComparison.Ordinal));
        if (pattern is not null && service is not ("lambda" or "dynamodb"))
        {
            state.Diagnostics.NotSupportedYet(at, $"Integration pattern '{pattern}' (service '{service}')");
            return null;
        }

        if (service is not "lambda")
        {
            state.Diagnostics.NotSupportedYet(at, $"Service integration '{service}'");
            return null;
        }

        switch (action)
        {
            case "invoke":
                RequireFunctionName(state, arn);
                return new TaskResource(arn, TaskKind.Integration, service, action);
            case "invoke.waitForTaskToken":
                state.Diagnostics.NotSupportedYet(at, "Integration pattern '.waitForTaskToken'");
                return null;
            default:
                state.Diagnostics.Schema(
                    at,
                    $"The resource provided {arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.");
                return null;
        }
    }

    private static void RequireFunctionName(ObjectReader state, string arn)
    {
        if (!state.Source.TryGetValue("Parameters", out var value))
            state.Refuse($"Parameters field is required for resource ARN: {arn}");
        else if (value is JsonObject parameters && !parameters.TryGetValue("FunctionName", out _) && !parameters.TryGetValue("FunctionName.$", out _))
            state.Refuse("Parameters", "The field 'FunctionName' is required but was missing");
    }
}
