namespace Cluster.Testing.Interpreter;

/// <summary>Fields of states by chance: paths that lead nowhere now and then, templates, retriers, rules.</summary>
/// <param name="random">Chance.</param>
/// <param name="isGentle">Whether what states put out has mostly the shape that others look for, so that a machine gets far.</param>
/// <param name="isTame">Whether nothing stands in them that depends on times or that JSON cannot say well.</param>
internal sealed class RandomFields(Random random, bool isGentle, bool isTame)
{
    private static readonly string[] Paths =
    [
        "$", "$.a", "$.a.b", "$.n", "$.l[0]", "$.l[*]", "$..b", "$['t']", "$$.Execution.Input", "$$.State.Name", "$.no",
        "$$.Map.Item.Index", "$$.Map.Item.Value", "$[0]", "$$.State", "$$.State.EnteredTime", "$$.Execution.StartTime",
    ];

    private static readonly string[] TamePaths = ["$", "$.a", "$.a.b", "$.n", "$.l[0]", "$.l[*]", "$['t']", "$$.Execution.Input", "$$.State.Name"];

    private static readonly string[] SafePaths = ["$", "$.a", "$.a.b", "$.n", "$.l[0]", "$.l[*]", "$..b", "$['t']", "$$.Execution.Input", "$$.State.Name"];

    private static readonly string[] SafePlaces = ["$.r", "$.r", "$.s", "$.a.r"];

    private static readonly string[] Places = ["$", "$.a", "$.r", "$.r.s", "$.n.x", "$.l[0]"];

    private static readonly string[] Errors =
        ["E", "F", "States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout", "States.DataLimitExceeded", "States.ResultPathMatchFailure"];

    private static readonly string[] Items = ["$.l", "$.l", "$.l", "$.a", "$$.Execution.Input.l", "$.l[*]", "$.no", "$.n"];

    public bool Chance(double probability) => random.NextDouble() < probability;

    public int Below(int bound) => random.Next(bound);

    /// <summary>InputPath and OutputPath.</summary>
    public string Ends() => Slips() ? Maybe("InputPath", Paths) + Maybe("OutputPath", Paths) : "";

    public string Input() => Slips() ? Maybe("InputPath", Paths) : "";

    public string ResultPlace() =>
        Slips() ? Maybe("ResultPath", Places) : Chance(0.2) ? "\"ResultPath\":null," : $"\"ResultPath\":\"{Of(SafePlaces)}\",";

    public string Retry() => Chance(0.5) ? "" : $$"""
        "Retry":[{"ErrorEquals":["{{Of(Errors)}}","{{Of(Errors)}}2"],"MaxAttempts":{{random.Next(3)}}},
        {"ErrorEquals":["States.ALL"],"IntervalSeconds":{{random.Next(1, 9)}},"MaxAttempts":{{random.Next(4)}},"BackoffRate":{{random.Next(1, 4)}}.5,
        "MaxDelaySeconds":12,"JitterStrategy":"{{(Chance(0.5) ? "FULL" : "NONE")}}"}],
        """;

    /// <summary>Catchers that lead to one of some states.</summary>
    public string Catch(Func<string> name) => Chance(0.5) ? "" : $$"""
        "Catch":[{"ErrorEquals":["{{Of(Errors)}}"],{{ResultPlace()}}"Next":"{{name()}}"},
        {"ErrorEquals":["States.ALL"],{{ResultPlace()}}"Next":"{{name()}}"}],
        """;

    public string Seconds(string name, int least, int most) => random.Next(4) switch
    {
        0 => $"\"{name}Seconds\":{random.Next(least, most)},",
        1 when Slips() => $"\"{name}SecondsPath\":\"$.n\",",
        _ => "",
    };

    public string Wait() => random.Next(4) switch
    {
        0 => $"\"Seconds\":{random.Next(0, 15)},",
        1 => "\"SecondsPath\":\"$.n\",",
        2 => "\"TimestampPath\":\"$.t\",",
        _ => $"\"Timestamp\":\"2023-11-14T22:13:{random.Next(10, 59)}Z\",",
    };

    public string Fail() => random.Next(Slips() ? 4 : 3) switch
    {
        0 => "",
        1 => isTame ? ",\"Error\":\"E\",\"CausePath\":\"$.t\"" : ",\"Error\":\"E\\udc00\",\"CausePath\":\"$.t\"",
        2 => $",\"Error\":\"{(Chance(0.5) ? "E" : "F")}\",\"Cause\":\"why\"",
        _ => ",\"ErrorPath\":\"$.no\"",
    };

    public string Rule(string next) => !Slips()
        ? $"{{\"Variable\":\"$.n\",\"NumericLessThan\":{random.Next(5)},\"Next\":\"{next}\"}}"
        : random.Next(3) switch
        {
            0 => $"{{\"Variable\":\"{Path()}\",\"IsPresent\":{(Chance(0.5) ? "true" : "false")},\"Next\":\"{next}\"}}",
            1 => $"{{\"Variable\":\"$.n\",\"NumericLessThan\":{random.Next(9)},\"Next\":\"{next}\"}}",
            _ => $"{{\"Not\":{{\"Variable\":\"$.t\",\"StringMatches\":\"2*\"}},\"Next\":\"{next}\"}}",
        };

    public string Template(string field) => !Slips()
        ? Chance(0.6) ? "" : $$""" "{{field}}":{"a":{"b.$":"{{Path()}}"},"n.$":"$.n","l.$":"$.l[*]","t":"2023-11-14T22:13:40Z"},"""
        : random.Next(5) switch
        {
            0 => $$""" "{{field}}":{"a":{"b.$":"{{Path()}}"},"n":2,"l.$":"$.l[*]"},""",
            1 => $$""" "{{field}}":{"a.$":"{{Path()}}","t":"2023-11-14T22:13:40Z","l":[1,{"n.$":"$"}]},""",
            _ => "",
        };

    /// <summary>The ResultSelector of a Parallel or Map, whose result is an array.</summary>
    public string Selection() => Slips()
        ? Template("ResultSelector")
        : Chance(0.8) ? "" : """ "ResultSelector":{"a":{"b.$":"$[0]"},"n":2,"l":[1,2],"t":"2023-11-14T22:13:45Z"},""";

    /// <summary>What a Map iterates over, what it gives each iteration, and how many run at a time.</summary>
    public string Iteration(bool isLegacy)
    {
        var selector = isLegacy ? "Parameters" : "ItemSelector";
        return (!Slips() ? "\"ItemsPath\":\"$.l\"," : Chance(0.8) ? $"\"ItemsPath\":\"{Of(Items)}\"," : "")
            + (Slips() ? random.Next(4) : 4) switch
            {
                4 => $$""" "{{selector}}":{"a":{"b.$":"$$.Map.Item.Value"},"n.$":"$$.Map.Item.Index","l":[{{(Chance(0.5) ? "8" : "8,9")}}],"t":"2023-11-14T22:13:55Z"},""",
                0 => $$""" "{{selector}}":{"a.$":"$$.Map.Item.Value","n.$":"$$.Map.Item.Index","l.$":"$.l[*]"},""",
                1 => $$""" "{{selector}}":{"a":{"b.$":"{{Path()}}"},"l":[3,4],"n":1},""",
                _ => "",
            }
            + random.Next(5) switch
            {
                0 or 1 => $"\"MaxConcurrency\":{random.Next(4)},",
                2 => "\"MaxConcurrencyPath\":\"$.n\",",
                _ => "",
            };
    }

    /// <summary>Whether something that may lead nowhere stands here.</summary>
    private bool Slips() => !isTame && (!isGentle || random.Next(20) == 0);

    private string Path() => isTame ? Of(TamePaths) : !Slips() ? Of(SafePaths) : Of(Paths);

    private string Of(string[] choices) => choices[random.Next(choices.Length)];

    private string Maybe(string field, string[] choices) => random.Next(8) switch
    {
        0 => $"\"{field}\":null,",
        1 or 2 => $"\"{field}\":\"{(ReferenceEquals(choices, Paths) ? Path() : Of(choices))}\",",
        _ => "",
    };
}
