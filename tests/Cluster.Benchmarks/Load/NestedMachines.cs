namespace Cluster.Benchmarks.Load;

/// <summary>The workload of nested executions: a child that only passes its input on, and parents that wait for it by <c>.sync:2</c>.</summary>
internal static class NestedMachines
{
    public const string Child = "nested-child";

    public const string ChildDefinition = """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""";

    /// <summary>The machine whose executions start one child each.</summary>
    public const string Pair = "nested-pair";

    /// <summary>The machine whose executions start <see cref="ChildrenOfMap"/> children each, as many at a time as there are.</summary>
    public const string Map = "nested-map";

    public const int ChildrenOfMap = 100;

    /// <summary>The history of an execution of <see cref="Pair"/>, event by event.</summary>
    public static IReadOnlyList<string> PairHistory { get; } =
    [
        "ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited",
        "ExecutionSucceeded",
    ];

    public static string PairDefinition { get; } = "{\"StartAt\":\"N\",\"States\":{\"N\":" + Start + "}}";

    public static string MapDefinition { get; } =
        """{"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":""" + PairDefinition + ""","ResultPath":null,"End":true}}}""";

    public static string MapInput { get; } = $"[{string.Join(',', Enumerable.Range(0, ChildrenOfMap))}]";

    /// <summary>Events of a history of <see cref="Map"/>: six around it, eight of each iteration.</summary>
    public const int MapHistoryEvents = 6 + (ChildrenOfMap * 8);

    private static string Start =>
        $$"""{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","Parameters":{"StateMachineArn":"{{HttpServer.ArnPrefix}}stateMachine:{{Child}}","Input.$":"$"},"End":true}""";
}
