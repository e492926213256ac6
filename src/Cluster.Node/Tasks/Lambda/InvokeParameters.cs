using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Node.Tasks.Lambda;

/// <summary>Reads the parameters of <c>lambda:invoke</c>.</summary>
internal static class InvokeParameters
{
    /// <summary>The resource of the optimised integration, after its partition.</summary>
    private const string InvokeResource = ":states:::lambda:invoke";

    /// <summary>The same, where the function hands a task token out.</summary>
    private const string CallbackResource = InvokeResource + ".waitForTaskToken";

    /// <summary>Whether a Resource is the optimised integration, whose parameters name the function.</summary>
    public static bool IsInvoke(string resource) =>
        resource.EndsWith(InvokeResource, StringComparison.Ordinal) || resource.EndsWith(CallbackResource, StringComparison.Ordinal);

    /// <summary>Reads the parameters of a call of the optimised integration.</summary>
    /// <returns>The request, or the outcome of a call that cannot be made.</returns>
    public static (FunctionRequest? Request, TaskOutcome.Failed? Failure) Read(ReadOnlyMemory<byte> input)
    {
        if (!JsonParser.TryParse(input.Span, JsonParserOptions.Payload, out var value, out var error))
            return (null, Refused(input, error.Message));
        if (value is not JsonObject parameters)
            return (null, Refused(input, "The parameters must be an object"));
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        var payload = ReadOnlyMemory<byte>.Empty;
        foreach (var (name, field) in parameters.Properties)
        {
            if (name is "Payload")
                payload = PayloadOf(field);
            else if (name is not ("FunctionName" or "InvocationType" or "ClientContext" or "LogType" or "Qualifier"))
                problems.Add($"The field \"{name}\" is not supported by Step Functions");
            else if (field is not JsonString text)
                problems.Add($"The value for the field '{name}' must be a STRING");
            else if (!IsHeaderText(text.Value))
                problems.Add($"The value for the field '{name}' holds a character that cannot be sent");
            else
                texts[name] = text.Value;
        }

        FunctionName? function = null;
        if (!parameters.TryGetValue("FunctionName", out _))
            problems.Add("The field \"FunctionName\" is required but was missing");
        else if (texts.TryGetValue("FunctionName", out var name) && (function = FunctionName.Parse(name)) is null)
            problems.Add("The value for the field 'FunctionName' is not the name or ARN of a function");
        if (problems.Count > 0 || function is null)
            return (null, Refused(input, string.Join(", ", problems)));
        return (new FunctionRequest
        {
            Function = function,
            Payload = payload,
            IsInvoke = true,
            InvocationType = texts.GetValueOrDefault("InvocationType"),
            ClientContext = texts.GetValueOrDefault("ClientContext"),
            LogType = texts.GetValueOrDefault("LogType"),
            Qualifier = texts.GetValueOrDefault("Qualifier"),
        }, null);
    }

    /// <summary>
    /// A text is sent as it is, so a text that holds JSON reaches the function as that JSON; null is sent as nothing, which functions
    /// see as <c>{}</c>; anything else is sent as its JSON.
    /// </summary>
    private static ReadOnlyMemory<byte> PayloadOf(JsonValue value) => value switch
    {
        JsonNull => ReadOnlyMemory<byte>.Empty,
        JsonString text => Encoding.UTF8.GetBytes(text.Value),
        _ => JsonWriter.ToUtf8(value),
    };

    private static bool IsHeaderText(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~')
                return false;
        }

        return true;
    }

    private static TaskOutcome.Failed Refused(ReadOnlyMemory<byte> input, string problems) =>
        new("States.Runtime", $"The Parameters '{Encoding.UTF8.GetString(input.Span)}' could not be used to start the Task: [{problems}]");
}
