using System.Collections.Frozen;
using Cluster.Gateway.Hosting;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>The operations by the value of <c>X-Amz-Target</c>.</summary>
internal sealed class OperationTable
{
    private const string Prefix = "AWSStepFunctions.";
    private const string Unknown = "unknown";

    private static readonly string[] NotYet =
    [
        "CreateActivity", "CreateStateMachineAlias", "DeleteActivity", "DeleteStateMachineAlias", "DeleteStateMachineVersion",
        "DescribeActivity", "DescribeMapRun", "DescribeStateMachineAlias", "GetActivityTask", "ListActivities", "ListMapRuns",
        "ListStateMachineAliases", "ListStateMachineVersions", "ListTagsForResource", "PublishStateMachineVersion",
        "RedriveExecution", "SendTaskFailure", "SendTaskHeartbeat", "SendTaskSuccess", "StartSyncExecution", "TagResource",
        "TestState", "UntagResource", "UpdateMapRun", "UpdateStateMachineAlias", "ValidateStateMachineDefinition",
    ];

    private readonly FrozenDictionary<string, Entry> _entries;

    public OperationTable(GatewayPorts ports)
    {
        OperationHandler[] handlers =
        [
            new StartExecutionHandler(ports.Router, ports.Secrets),
            new StopExecutionHandler(ports.Router),
            new DescribeExecutionHandler(ports.Queries),
            new ListExecutionsHandler(ports.Queries),
            new GetExecutionHistoryHandler(ports.Queries),
            new CreateStateMachineHandler(ports.Catalog),
            new UpdateStateMachineHandler(ports.Catalog),
            new DeleteStateMachineHandler(ports.Catalog),
            new DescribeStateMachineHandler(ports.Queries),
            new DescribeStateMachineForExecutionHandler(ports.Queries),
            new ListStateMachinesHandler(ports.Queries),
        ];
        _entries = handlers.Select(handler => new Entry(handler.Name, handler, Error: null))
            .Concat(NotYet.Select(name => new Entry(name, Handler: null, AwsErrors.NotSupportedYet($"The operation {name}"))))
            .ToFrozenDictionary(entry => Prefix + entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The handler of a target, or the error that says why there is none.</summary>
    public Entry Find(string target) => _entries.TryGetValue(target, out var entry)
        ? entry
        : new Entry(Unknown, Handler: null, new AwsError("UnknownOperationException", "The requested operation is not recognized."));

    /// <summary>An operation: it has either a handler or an error.</summary>
    /// <param name="Name">AWS's name, or a word for those that have none; one of a closed set.</param>
    /// <param name="Handler">The handler, or null.</param>
    /// <param name="Error">Why there is no handler, or null.</param>
    internal readonly record struct Entry(string Name, OperationHandler? Handler, AwsError? Error);
}
