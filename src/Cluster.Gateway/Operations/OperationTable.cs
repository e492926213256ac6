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
        "CreateStateMachineAlias", "DeleteStateMachineVersion", "DescribeMapRun", "ListMapRuns", "PublishStateMachineVersion",
        "RedriveExecution", "StartSyncExecution", "TestState", "UpdateMapRun",
    ];

    /// <summary>No alias can be created yet: whatever alias is named, it is not there. Terraform and CDK know this answer.</summary>
    private static readonly string[] OfAliases = ["DeleteStateMachineAlias", "DescribeStateMachineAlias", "UpdateStateMachineAlias"];

    private static readonly AwsError NoSuchAlias = new("ResourceNotFound", "Request references a resource that does not exist.");

    private readonly FrozenDictionary<string, Entry> _entries;

    /// <param name="ports">Whom the operations ask.</param>
    /// <param name="stopping">Ends long polls when the server stops.</param>
    public OperationTable(GatewayPorts ports, CancellationToken stopping)
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
            new ListStateMachineVersionsHandler(ports.Queries),
            new ListStateMachineAliasesHandler(ports.Queries),
            new ValidateStateMachineDefinitionHandler(ports.Catalog),
            new CreateActivityHandler(ports.Activities),
            new DeleteActivityHandler(ports.Activities),
            new DescribeActivityHandler(ports.Queries),
            new ListActivitiesHandler(ports.Queries),
            new GetActivityTaskHandler(ports.Router, stopping),
            new SendTaskSuccessHandler(ports.Router),
            new SendTaskFailureHandler(ports.Router),
            new SendTaskHeartbeatHandler(ports.Router),
            new TagResourceHandler(ports.Tags),
            new UntagResourceHandler(ports.Tags),
            new ListTagsForResourceHandler(ports.Queries),
        ];
        _entries = handlers.Select(handler => new Entry(handler.Name, handler, Error: null))
            .Concat(NotYet.Select(name => new Entry(name, Handler: null, AwsErrors.NotSupportedYet($"The operation {name}"))))
            .Concat(OfAliases.Select(name => new Entry(name, Handler: null, NoSuchAlias)))
            .ToFrozenDictionary(entry => Prefix + entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The handler of a target, or the error that says why there is none.</summary>
    public Entry Find(string target) => _entries.TryGetValue(target, out var entry)
        ? entry
        : new Entry(Unknown, Handler: null, new AwsError("UnknownOperationException", "The requested operation is not recognized."));

    /// <summary>The same of an operation's name.</summary>
    public Entry FindByName(string name) => Find(Prefix + name);

    /// <summary>An operation: it has either a handler or an error.</summary>
    /// <param name="Name">AWS's name, or a word for those that have none; one of a closed set.</param>
    /// <param name="Handler">The handler, or null.</param>
    /// <param name="Error">Why there is no handler, or null.</param>
    internal readonly record struct Entry(string Name, OperationHandler? Handler, AwsError? Error);
}
