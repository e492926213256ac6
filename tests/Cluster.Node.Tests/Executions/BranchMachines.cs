namespace Cluster.Node.Tests.Executions;

/// <summary>Machines with branches, each with a phase of its own to stop in.</summary>
internal static class BranchMachines
{
    /// <summary>Two branches that call, with a retrier and a catcher.</summary>
    public static readonly string Parallel = Calling("""
        {"StartAt":"P","States":{
          "P":{"Type":"Parallel","Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"@call","Next":"A2"},"A2":{"Type":"Pass","End":true}}},
            {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"@call","TimeoutSeconds":60,"Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":5}],"End":true}}}],
            "Retry":[{"ErrorEquals":["Again"],"IntervalSeconds":3,"MaxAttempts":2}],
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Sorry"}],"Next":"Done"},
          "Sorry":{"Type":"Pass","Next":"Done"},
          "Done":{"Type":"Succeed"}}}
        """);

    /// <summary>Five items in two lanes; each iteration calls, then waits.</summary>
    public static readonly string Lanes = Calling("""
        {"StartAt":"M","States":{
          "M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,
            "ItemSelector":{"n.$":"$$.Map.Item.Value","of.$":"$.items"},
            "ItemProcessor":{"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"@call","ResultPath":"$.done","Next":"W"},
              "W":{"Type":"Wait","Seconds":2,"End":true}}},
            "Retry":[{"ErrorEquals":["Again"],"IntervalSeconds":3,"MaxAttempts":2}],
            "ResultPath":"$.results","End":true}}}
        """);

    /// <summary>A Map in a branch of a Parallel in an iteration of a Map, over an object.</summary>
    public static readonly string Nested = Calling("""
        {"StartAt":"Outer","States":{
          "Outer":{"Type":"Map","ItemsPath":"$.members","ItemProcessor":{"StartAt":"Both","States":{
            "Both":{"Type":"Parallel","Branches":[
              {"StartAt":"Inner","States":{"Inner":{"Type":"Map","ItemsPath":"$.Value","ItemProcessor":{"StartAt":"I","States":{
                "I":{"Type":"Task","Resource":"@call","Parameters":{"item.$":"$$.Map.Item.Value"},"End":true}}},"End":true}}},
              {"StartAt":"K","States":{"K":{"Type":"Pass","Parameters":{"key.$":"$$.Map.Item.Key"},"Next":"L"},"L":{"Type":"Task","Resource":"@call","End":true}}}],
              "End":true}}},"End":true}}}
        """);

    public static IReadOnlyList<(string Definition, string Input)> All { get; } =
    [
        (Parallel, "{\"a\":1}"),
        (Lanes, "{\"items\":[1,\"two\",[3],{\"four\":4},null]}"),
        (Nested, "{\"members\":{\"x\":[1,2],\"y\":[],\"z\":[\"é\"]}}"),
    ];

    private static string Calling(string definition) =>
        definition.Replace("@call", "arn:aws:lambda:us-east-1:123456789012:function:f", StringComparison.Ordinal);
}
