using Cluster.Asl.Definitions;
using Cluster.Asl.Json;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Ports;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>
/// A <c>startExecution</c> that is sent again and finds its name taken by an execution that has ended. Where the name is the one that follows from
/// the call, nobody but the call itself can have started it: the start has succeeded.
/// </summary>
internal static class OwnStart
{
    /// <summary>The code of the error that tells it.</summary>
    public const string NameTaken = "ExecutionAlreadyExists";

    private const string ExecutionArnMember = "executionArn";
    private const string StartDateMember = "startDate";

    /// <summary>The body of the DescribeExecution that tells when it started; null where the execution may be another's.</summary>
    public static ReadOnlyMemory<byte>? Question(SdkAction action, TaskCall call)
    {
        if (!call.Resent
            || action.Name is not SdkParameters.StartExecution
            || !JsonParser.TryParse(call.Input.Span, JsonParserOptions.Payload, out var value, out _)
            || value is not JsonObject parameters
            || parameters["Name"] is not (null or JsonNull)
            || parameters["StateMachineArn"] is not JsonString machine
            || ArnReader.StateMachine(machine.Value).Value is not { } arn)
            return null;
        var own = new ExecutionArn(arn.Partition, arn.Region, arn.Account, arn.Name, StartExecutionParameters.NameOf(call));
        return JsonWriter.ToUtf8(new JsonObject([KeyValuePair.Create<string, JsonValue>(ExecutionArnMember, new JsonString(own.ToString()))]));
    }

    /// <summary>The response of the start, from the execution's description; null where that is none.</summary>
    public static LocalResponse? Response(LocalResponse description) =>
        description.Body is { } body
        && JsonParser.TryParse(body.Span, JsonParserOptions.Payload, out var value, out _)
        && value is JsonObject members
        && members[ExecutionArnMember] is { } arn
        && members[StartDateMember] is { } started
            ? new LocalResponse(JsonWriter.ToUtf8(new JsonObject([KeyValuePair.Create(ExecutionArnMember, arn), KeyValuePair.Create(StartDateMember, started)])))
            : null;
}
