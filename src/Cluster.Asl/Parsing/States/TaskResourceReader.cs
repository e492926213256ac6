using Cluster.Asl.Definitions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Parsing.States;

/// <summary>Takes a Task's Resource apart and refuses what is no resource, or is none here yet.</summary>
internal static class TaskResourceReader
{
    /// <summary>Stands in a state that is refused anyway, so that its other fields are still checked.</summary>
    public static readonly TaskResource Unreadable = new("", TaskKind.Integration, "", "");

    /// <summary>How the actions of Step Functions itself begin, behind <c>aws-sdk:</c>.</summary>
    private const string StepFunctionsSdk = "sfn:";

    /// <summary>What the Invoke API takes.</summary>
    private static readonly string[] InvokeParameters =
        ["FunctionName", "Payload", "InvocationType", "ClientContext", "LogType", "Qualifier"];

    /// <summary>What StartExecution takes.</summary>
    private static readonly string[] StartExecutionParameters = ["StateMachineArn", "Input", "Name", "TraceHeader"];

    /// <summary>Whether a Resource names an activity.</summary>
    public static bool IsActivity(JsonValue? resource) =>
        resource is JsonString arn && arn.Value.Split(':') is [_, _, "states", _, _, "activity", { Length: > 0 }];

    public static TaskResource? Read(ObjectReader state)
    {
        if (state.Text("Resource") is not { } arn)
            return null;
        string[] parts = arn.Split(':');
        switch (parts)
        {
            case not ["arn", { Length: > 0 }, { Length: > 0 }, _, _, { Length: > 0 }, ..]:
            case var _ when arn.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') >= 0:
                state.Refuse("Resource", "Value is not a valid resource ARN");
                return null;
            case [_, _, "lambda", { Length: > 0 }, { Length: > 0 }, "function", { Length: > 0 }]:
            case [_, _, "lambda", { Length: > 0 }, { Length: > 0 }, "function", { Length: > 0 }, { Length: > 0 }]:
                return new TaskResource(arn, TaskKind.LambdaFunction, "lambda", "");
            case [_, _, "states", _, _, "activity", { Length: > 0 }]:
                return new TaskResource(arn, TaskKind.Activity, "activity", "");
            case [_, _, "states", "", "", var service, { Length: > 0 }, ..]:
                return ReadIntegration(state, arn, service, string.Join(':', parts[6..]));
            default:
                return RefuseUnknown(state, arn);
        }
    }

    private static TaskResource? ReadIntegration(ObjectReader state, string arn, string service, string action)
    {
        if (!IntegrationCatalog.Knows(service, action, out var pattern))
            return RefuseUnknown(state, arn);
        if (service is "aws-sdk" && action.StartsWith(StepFunctionsSdk, StringComparison.Ordinal))
            return ReadSdkAction(state, arn, action[StepFunctionsSdk.Length..], pattern);
        if (service is "lambda" && pattern is ("" or ".waitForTaskToken"))
        {
            CheckParameters(state, arn, ["FunctionName"], InvokeParameters);
            return new TaskResource(arn, TaskKind.Integration, service, action, TaskPatterns.Of(action));
        }

        if (service is "states")
        {
            CheckParameters(state, arn, ["StateMachineArn"], StartExecutionParameters);
            return new TaskResource(arn, TaskKind.Integration, service, action, TaskPatterns.Of(action));
        }

        state.Diagnostics.NotSupportedYet(
            state.At.Field("Resource"),
            service is "lambda" ? $"Integration pattern '{pattern}'" : $"Service integration '{service}:{action}'");
        return null;
    }

    /// <summary>An action of Step Functions itself: one that AWS does not have is no resource at all.</summary>
    private static TaskResource? ReadSdkAction(ObjectReader state, string arn, string action, string pattern)
    {
        var name = action[..^pattern.Length];
        if (!SdkAction.IsKnown(name))
            return RefuseUnknown(state, arn);
        if (SdkAction.Find(name) is not { } known)
        {
            state.Diagnostics.NotSupportedYet(state.At.Field("Resource"), $"Service integration '{SdkAction.Service}:{name}'");
            return null;
        }

        CheckParameters(state, arn, known.Required, [.. known.Required, .. known.Optional]);
        return new TaskResource(arn, TaskKind.Integration, SdkAction.Service, action, TaskPatterns.Of(action));
    }

    private static TaskResource? RefuseUnknown(ObjectReader state, string arn)
    {
        state.Refuse(
            "Resource",
            $"The resource provided {arn} is not recognized. "
            + "The value is not a valid resource ARN, or the resource is not available in this region.");
        return null;
    }

    private static void CheckParameters(ObjectReader state, string arn, string[] required, string[] known)
    {
        if (!state.Source.TryGetValue("Parameters", out var value) && required.Length > 0)
            state.Refuse("Resource", $"Parameters field is required for resource ARN: {arn}");
        if (value is not (null or JsonNull or JsonObject))
            state.Refuse("Parameters", "Expected value of type Object");
        if (value is not JsonObject parameters)
            return;
        foreach (var name in required)
        {
            if (!parameters.TryGetValue(name, out _) && !parameters.TryGetValue(name + ".$", out _))
                state.Refuse("Parameters", $"The field '{name}' is required but was missing");
        }

        // What a path gives is looked at when the task starts: AWS takes a field of an unknown name that ends in .$ until then.
        foreach (var (name, _) in parameters.Properties)
        {
            if (!name.EndsWith(".$", StringComparison.Ordinal) && !known.Contains(name, StringComparer.Ordinal))
                state.Refuse("Parameters", $"The field \"{name}\" is not supported by Step Functions");
        }
    }
}
