using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;

namespace Cluster.Node.Tasks.StepFunctions;

/// <summary>Reads the parameters of an action: the members of its operation, each with a capital.</summary>
internal static class SdkParameters
{
    /// <summary>The action whose name may follow from the call.</summary>
    public const string StartExecution = "startExecution";

    private const string Name = "Name";

    /// <summary>What is no text on the wire; a value of any other member is one, so JSON that is none is sent as its text.</summary>
    private static readonly string[] NoTexts =
    [
        "MaxResults", "ReverseOrder", "IncludeExecutionData", "Publish", "Tags", "TagKeys", "LoggingConfiguration", "TracingConfiguration",
        "EncryptionConfiguration",
    ];

    /// <summary>
    /// The body of the request, JSON in UTF-8, and whether it starts an execution by a name that follows from the call; or the outcome of a call
    /// that cannot be made.
    /// </summary>
    public static (ReadOnlyMemory<byte> Body, bool NameIsOwn, TaskOutcome.Failed? Failure) Read(SdkAction action, TaskCall call)
    {
        if (!JsonParser.TryParse(call.Input.Span, JsonParserOptions.Payload, out var value, out var error))
            return (default, false, Refused(call, error.Message));
        if (value is not JsonObject parameters)
            return (default, false, Refused(call, "The parameters must be an object"));
        var problems = new List<string>();
        var members = new List<KeyValuePair<string, JsonValue>>(parameters.Count + 1);
        foreach (var (name, parameter) in parameters.Properties)
        {
            if (!action.Takes(name))
                problems.Add($"The field \"{name}\" is not supported by Step Functions");
            else if (parameter is not JsonNull)
                members.Add(KeyValuePair.Create(SdkNames.ToMember(name), OnTheWire(name, parameter)));
        }

        foreach (var name in action.Required)
        {
            if (!parameters.TryGetValue(name, out _))
                problems.Add($"The field \"{name}\" is required but was missing");
        }

        if (problems.Count > 0)
            return (default, false, Refused(call, string.Join(", ", problems)));

        // A start that is sent again must find the execution that it has made.
        var nameIsOwn = action.Name is StartExecution && parameters[Name] is null or JsonNull;
        if (nameIsOwn)
            members.Add(KeyValuePair.Create<string, JsonValue>(SdkNames.ToMember(Name), new JsonString(StartExecutionParameters.NameOf(call))));
        return (JsonWriter.ToUtf8(new JsonObject([.. members])), nameIsOwn, null);
    }

    private static JsonValue OnTheWire(string name, JsonValue value) =>
        NoTexts.Contains(name, StringComparer.Ordinal) ? SdkNames.ToMembers(value)
        : value is JsonString ? value
        : new JsonString(Encoding.UTF8.GetString(JsonWriter.ToUtf8(value)));

    private static TaskOutcome.Failed Refused(TaskCall call, string problems) =>
        new("States.Runtime", $"The Parameters '{Encoding.UTF8.GetString(call.Input.Span)}' could not be used to start the Task: [{problems}]");
}
