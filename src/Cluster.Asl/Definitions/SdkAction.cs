using System.Collections.Frozen;

namespace Cluster.Asl.Definitions;

/// <summary>
/// An action of <c>arn:aws:states:::aws-sdk:sfn:&lt;action&gt;</c>: an operation of Step Functions itself, asked for by a Task. Parameters have
/// the names of the operation's members with a capital.
/// </summary>
/// <param name="Name">The action as a Resource names it, for example <c>sendTaskSuccess</c>.</param>
/// <param name="Required">The parameters without which it cannot be asked for.</param>
/// <param name="Optional">All others that it takes.</param>
/// <param name="Resending">What is right when nobody knows whether it was carried out.</param>
public sealed record SdkAction(string Name, string[] Required, string[] Optional, Resending Resending)
{
    /// <summary>The service of these actions as a Resource names it, shown as resourceType.</summary>
    public const string Service = "aws-sdk:sfn";

    private static readonly string[] Page = ["MaxResults", "NextToken"];

    private static readonly string[] MachineSettings =
        ["LoggingConfiguration", "TracingConfiguration", "Publish", "VersionDescription", "EncryptionConfiguration"];

    private static readonly FrozenDictionary<string, SdkAction> Built = new SdkAction[]
    {
        new("createActivity", ["Name"], ["Tags", "EncryptionConfiguration"], Resending.Harmless),
        new("createStateMachine", ["Name", "Definition", "RoleArn"], ["Type", "Tags", .. MachineSettings], Resending.Harmless),
        new("deleteActivity", ["ActivityArn"], [], Resending.Harmless),
        new("deleteStateMachine", ["StateMachineArn"], [], Resending.Harmless),
        new("describeActivity", ["ActivityArn"], [], Resending.Harmless),
        new("describeExecution", ["ExecutionArn"], ["IncludedData"], Resending.Harmless),
        new("describeStateMachine", ["StateMachineArn"], ["IncludedData"], Resending.Harmless),
        new("describeStateMachineForExecution", ["ExecutionArn"], ["IncludedData"], Resending.Harmless),
        new("getActivityTask", ["ActivityArn"], ["WorkerName"], Resending.Unsafe),
        new("getExecutionHistory", ["ExecutionArn"], ["ReverseOrder", "IncludeExecutionData", .. Page], Resending.Harmless),
        new("listActivities", [], Page, Resending.Harmless),
        new("listExecutions", [], ["StateMachineArn", "MapRunArn", "StatusFilter", "RedriveFilter", .. Page], Resending.Harmless),
        new("listStateMachineAliases", ["StateMachineArn"], Page, Resending.Harmless),
        new("listStateMachineVersions", ["StateMachineArn"], Page, Resending.Harmless),
        new("listStateMachines", [], Page, Resending.Harmless),
        new("listTagsForResource", ["ResourceArn"], [], Resending.Harmless),
        new("sendTaskFailure", ["TaskToken"], ["Error", "Cause"], Resending.Unsafe),
        new("sendTaskHeartbeat", ["TaskToken"], [], Resending.Harmless),
        new("sendTaskSuccess", ["TaskToken", "Output"], [], Resending.Unsafe),
        new("startExecution", ["StateMachineArn"], ["Name", "Input", "TraceHeader"], Resending.Harmless),
        new("stopExecution", ["ExecutionArn"], ["Error", "Cause"], Resending.Harmless),
        new("tagResource", ["ResourceArn", "Tags"], [], Resending.Unsafe),
        new("untagResource", ["ResourceArn", "TagKeys"], [], Resending.Unsafe),
        new("updateStateMachine", ["StateMachineArn"], ["Definition", "RoleArn", .. MachineSettings], Resending.Unsafe),
        new("validateStateMachineDefinition", ["Definition"], ["Type", "Severity", "MaxResults"], Resending.Harmless),
    }.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> NotBuilt = FrozenSet.ToFrozenSet(
        [
            "createStateMachineAlias", "deleteStateMachineAlias", "deleteStateMachineVersion", "describeMapRun", "describeStateMachineAlias",
            "listMapRuns", "publishStateMachineVersion", "redriveExecution", "startSyncExecution", "testState", "updateMapRun",
            "updateStateMachineAlias",
        ],
        StringComparer.Ordinal);

    /// <summary>All that are built here, in no order.</summary>
    public static IReadOnlyCollection<SdkAction> All => Built.Values;

    /// <summary>The operation that the action asks for, for example <c>SendTaskSuccess</c>.</summary>
    public string Operation => string.Concat(Name[..1].ToUpperInvariant(), Name.AsSpan(1));

    /// <summary>The action of that name, or null.</summary>
    public static SdkAction? Find(string name) => Built.GetValueOrDefault(name);

    /// <summary>Whether AWS has an action of that name, whether or not it is built here.</summary>
    public static bool IsKnown(string name) => Built.ContainsKey(name) || NotBuilt.Contains(name);

    /// <summary>Whether the action takes a parameter of that name.</summary>
    public bool Takes(string parameter) =>
        Required.Contains(parameter, StringComparer.Ordinal) || Optional.Contains(parameter, StringComparer.Ordinal);
}

/// <summary>What is right when nobody knows whether an operation was carried out.</summary>
public enum Resending : byte
{
    /// <summary>Asked for twice it does more, or answers something that is not so.</summary>
    Unsafe,

    /// <summary>Asked for twice is the same as once.</summary>
    Harmless,
}
