using System.Diagnostics.Metrics;
using Cluster.Asl.Interpreter;
using Cluster.Gateway.Operations;
using Cluster.Node.Executions;
using Cluster.Node.Observation;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cluster.Node.Tests.Observation;

/// <summary>What the tests of this room share: a room of its own, and executions whose machines log.</summary>
internal static class Observed
{
    public const string ExecutionArn = "arn:aws:states:eu-west-1:123456789012:execution:m:n";

    public static readonly ExecutionId Id = ExecutionId.Create(1_790_000_000_000, 5, 1, 2);

    public static ObservationRoom Room(Meter? meter = null) => new()
    {
        Time = TimeProvider.System,
        Log = NullLogger.Instance,
        Metrics = new ObservationMetrics(meter ?? new Meter("test")),
    };

    public static ExecutionLog Log(IRecordSink sink, long queueBytes = 1 << 20) => new(Room(), sink, queueBytes, HistoryEventWriter.WriteDetails);

    public static string Configuration(string level, bool data) =>
        $$$"""{"level":"{{{level}}}","includeExecutionData":{{{(data ? "true" : "false")}}},"destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:eu-west-1:123456789012:log-group:orders:*"}}]}""";

    public static ExecutionStart Start(string? logging) => new()
    {
        ExecutionArn = ExecutionArn,
        Name = "n",
        StateMachineArn = "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
        StateMachineName = "m",
        RoleArn = "arn:aws:iam::123456789012:role/r",
        DefinitionHash = "00ff",
        LoggingConfiguration = logging,
    };

    /// <summary>An execution that has started.</summary>
    public static Execution Execution(string? logging, string input = "{}") => Asl.Interpreter.Execution.Empty(definition: null!) with
    {
        Start = Start(logging),
        Input = Text(input, origin: 1),
        StartedAt = 1_790_000_000_001,
    };

    public static Payload Text(string json, long origin) => Payload.Stored(System.Text.Encoding.UTF8.GetBytes(json), origin);
}

/// <summary>Tells another observer of executions as if their machines had a logging configuration.</summary>
internal sealed class Configured(IExecutionObserver inner, string logging) : IExecutionObserver
{
    public void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes) =>
        inner.Committed(id, execution with { Start = execution.Start! with { LoggingConfiguration = logging } }, events, bytes);
}
