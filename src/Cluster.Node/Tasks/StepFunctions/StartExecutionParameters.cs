using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Operations;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>Reads the parameters of <c>states:startExecution</c>.</summary>
internal static class StartExecutionParameters
{
    private const int UuidBytes = 16;

    /// <summary>The request of a call, or the outcome of one that cannot be made.</summary>
    public static (StartExecutionRequest? Request, TaskOutcome.Failed? Failure) Read(TaskCall call)
    {
        if (!JsonParser.TryParse(call.Input.Span, JsonParserOptions.Payload, out var value, out var error))
            return (null, Refused(call, error.Message));
        if (value is not JsonObject parameters)
            return (null, Refused(call, "The parameters must be an object"));
        var problems = new List<string>();
        var machine = Text(parameters, "StateMachineArn", problems);
        var name = Text(parameters, "Name", problems);
        var trace = Text(parameters, "TraceHeader", problems);
        if (machine is null && problems.Count == 0)
            problems.Add("The field \"StateMachineArn\" is required but was missing");
        if (problems.Count > 0)
            return (null, Refused(call, string.Join(", ", problems)));
        var arn = ArnReader.StateMachine(machine!);
        if (arn.Error is { } wrong)
            return (null, StartExecutionOutcome.Failed(wrong));
        var pattern = TaskPatterns.Of(call.Resource);
        return (new StartExecutionRequest(arn.Value!, name ?? NameOf(call), InputOf(parameters), trace)
        {
            ParentToken = pattern.HasChild() ? call.Token : null,
            NameIsOwn = name is null,
            ParentSeesJson = pattern == TaskPattern.Sync2,
        }, null);
    }

    /// <summary>A name that is the same when the call is sent again, and no other call's.</summary>
    public static string NameOf(TaskCall call)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(call.Key.ToString()));
        return new Guid(hash.AsSpan(0, UuidBytes), bigEndian: true).ToString();
    }

    /// <summary>A text is the input itself; null and nothing are an empty object; anything else is its JSON.</summary>
    private static ReadOnlyMemory<byte> InputOf(JsonObject parameters) => parameters["Input"] switch
    {
        null or JsonNull => "{}"u8.ToArray(),
        JsonString text => Encoding.UTF8.GetBytes(text.Value),
        var value => JsonWriter.ToUtf8(value),
    };

    private static string? Text(JsonObject parameters, string name, List<string> problems)
    {
        switch (parameters[name])
        {
            case null:
                return null;
            case JsonString text:
                return text.Value;
            default:
                problems.Add($"The value for the field '{name}' must be a STRING");
                return null;
        }
    }

    private static TaskOutcome.Failed Refused(TaskCall call, string problems) =>
        new("States.Runtime", $"The Parameters '{Encoding.UTF8.GetString(call.Input.Span)}' could not be used to start the Task: [{problems}]");
}
