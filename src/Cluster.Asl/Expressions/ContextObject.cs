using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The execution's part of the context object: it stays the same from state to state.</summary>
/// <param name="ExecutionArn">The execution's ARN, shown as <c>Execution.Id</c>.</param>
/// <param name="ExecutionName">The execution's name.</param>
/// <param name="Input">The execution's input.</param>
/// <param name="RoleArn">The role pinned at the start.</param>
/// <param name="StartTime">The start, in Unix milliseconds.</param>
/// <param name="StateMachineArn">The machine's ARN, shown as <c>StateMachine.Id</c>.</param>
/// <param name="StateMachineName">The machine's name.</param>
public sealed record ExecutionContextFacts(
    string ExecutionArn,
    string ExecutionName,
    JsonValue Input,
    string RoleArn,
    long StartTime,
    string StateMachineArn,
    string StateMachineName);

/// <summary>The document that <c>$$</c> names. It is built only when an expression asks for it.</summary>
/// <param name="execution">What stays the same.</param>
/// <param name="stateName">The current state.</param>
/// <param name="enteredTime">When it was entered, in Unix milliseconds.</param>
/// <param name="retryCount">All retries of this visit, or null in states that cannot retry, where the field is absent.</param>
/// <param name="taskToken">The task token, in states that have one.</param>
/// <param name="item">The item of the innermost iteration, or null outside of any.</param>
public sealed class ContextObject(
    ExecutionContextFacts execution, string stateName, long enteredTime, int? retryCount, string? taskToken = null, IMapItem? item = null)
{
    private JsonObject? _document;

    /// <summary>The context object as JSON.</summary>
    public JsonObject Document => _document ??= Build();

    /// <summary>The execution's ARN, which no other execution has.</summary>
    internal string ExecutionArn => execution.ExecutionArn;

    /// <summary>A time as AWS writes it in the context object: ISO 8601, milliseconds, UTC.</summary>
    public static string Timestamp(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static KeyValuePair<string, JsonValue> Pair(string name, JsonValue value) => KeyValuePair.Create(name, value);

    private static KeyValuePair<string, JsonValue> Pair(string name, string value) => Pair(name, new JsonString(value));

    private JsonObject Build()
    {
        var aboutExecution = new JsonObject(
        [
            Pair("Id", execution.ExecutionArn),
            Pair("Input", execution.Input),
            Pair("StartTime", Timestamp(execution.StartTime)),
            Pair("Name", execution.ExecutionName),
            Pair("RoleArn", execution.RoleArn),
        ]);

        // The recordings show RedriveCount in states without RetryCount, and not in those with it (2023-10 to 2026-02).
        if (retryCount is null)
            aboutExecution = aboutExecution.With("RedriveCount", JsonNumber.Of(0));
        var aboutMachine = new JsonObject([Pair("Id", execution.StateMachineArn), Pair("Name", execution.StateMachineName)]);
        var aboutState = new JsonObject([Pair("Name", stateName), Pair("EnteredTime", Timestamp(enteredTime))]);
        if (retryCount is { } count)
            aboutState = aboutState.With("RetryCount", JsonNumber.Of(count));
        var document = new JsonObject([Pair("Execution", aboutExecution), Pair("StateMachine", aboutMachine), Pair("State", aboutState)]);
        if (item is not null)
            document = document.With("Map", new JsonObject([Pair("Item", Build(item))]));
        return taskToken is null ? document : document.With("Task", new JsonObject([Pair("Token", taskToken)]));
    }

    private static JsonObject Build(IMapItem item)
    {
        // Of an inline Map, whose items come from the state's data and not from a file.
        const string source = "STATE_DATA";
        var index = Pair("Index", JsonNumber.Of(item.Index));
        var value = Pair("Value", item.Value);
        return new JsonObject(
            item.Key is { } key ? [index, Pair("Key", key), value, Pair("Source", source)] : [index, value, Pair("Source", source)]);
    }
}
