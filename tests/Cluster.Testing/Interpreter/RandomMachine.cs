using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;

namespace Cluster.Testing.Interpreter;

/// <summary>Machines by chance, with loops, paths that often lead nowhere, and all that may stand in a Task.</summary>
public sealed class RandomMachine(Random random)
{
    private static readonly string[] Paths = ["$", "$.a", "$.a.b", "$.n", "$.l[0]", "$.l[*]", "$..b", "$['t']", "$$.State", "$$.Execution.Input", "$.no"];

    private static readonly string[] Places = ["$", "$.a", "$.r", "$.r.s", "$.n.x", "$.l[0]"];

    private static readonly string[] Errors = ["E", "F", "States.TaskFailed", "States.Timeout", "States.HeartbeatTimeout", "States.DataLimitExceeded", "States.ResultPathMatchFailure"];

    private int _states;

    /// <summary>A machine that the parser takes, with its text.</summary>
    public (string Text, StateMachineDefinition Definition) Next()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var text = Text();
            if (DefinitionParser.Parse(Encoding.UTF8.GetBytes(text)).Definition is { } definition)
                return (text, definition);
        }

        throw new InvalidOperationException("No machine in 1,000 was valid.");
    }

    private bool Chance(double probability) => random.NextDouble() < probability;

    private string Of(string[] choices) => choices[random.Next(choices.Length)];

    private string Name() => $"S{random.Next(_states)}";

    private string Text()
    {
        _states = random.Next(1, 6);

        // Each state leads to the one after it, and often to any other too, so that all are reachable.
        var states = Enumerable.Range(0, _states).Select(i => $"\"S{i}\":{{{State(i)}}}");
        var timeout = Chance(0.3) ? $"\"TimeoutSeconds\":{random.Next(1, 30)}," : "";
        return $"{{\"StartAt\":\"S0\",{timeout}\"States\":{{{string.Join(',', states)}}}}}";
    }

    private string State(int index)
    {
        var next = index == _states - 1 ? "\"End\":true" : $"\"Next\":\"S{index + 1}\"";
        return random.Next(index == _states - 1 ? 7 : 8) switch
        {
            0 => Maybe("InputPath", Paths) + Maybe("OutputPath", Paths) + Pass() + next,
            1 => Maybe("InputPath", Paths) + "\"Type\":\"Wait\"," + Wait() + next,
            2 when index == _states - 1 => "\"Type\":\"Succeed\"",
            3 when index == _states - 1 => "\"Type\":\"Fail\"" + Fail(),
            7 => $"\"Type\":\"Choice\",\"Choices\":[{Rule($"S{index + 1}")},{Rule(Name())}]" + (Chance(0.8) ? $",\"Default\":\"{Name()}\"" : ""),
            _ => Maybe("InputPath", Paths) + Maybe("OutputPath", Paths) + Task() + next,
        };
    }

    private string Pass() =>
        "\"Type\":\"Pass\"," + Template("Parameters") + Maybe("ResultPath", Places)
        + (Chance(0.4) ? "\"Result\":{\"a\":{\"b\":1},\"n\":3,\"l\":[7]}," : "");

    private string Task() =>
        (Chance(0.5)
            ? "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"," + Template("Parameters")
            : "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"f\",\"Payload.$\":\"$\"},")
        + Template("ResultSelector") + Maybe("ResultPath", Places)
        + Seconds("Timeout", 5, 20) + Seconds("Heartbeat", 1, 4) + Retry() + Catch();

    private string Seconds(string name, int least, int most) => random.Next(4) switch
    {
        0 => $"\"{name}Seconds\":{random.Next(least, most)},",
        1 => $"\"{name}SecondsPath\":\"$.n\",",
        _ => "",
    };

    private string Retry() => Chance(0.5) ? "" : $$"""
        "Retry":[{"ErrorEquals":["{{Of(Errors)}}","{{Of(Errors)}}2"],"MaxAttempts":{{random.Next(3)}}},
        {"ErrorEquals":["States.ALL"],"IntervalSeconds":{{random.Next(1, 9)}},"MaxAttempts":{{random.Next(4)}},"BackoffRate":{{random.Next(1, 4)}}.5,
        "MaxDelaySeconds":12,"JitterStrategy":"{{(Chance(0.5) ? "FULL" : "NONE")}}"}],
        """;

    private string Catch() => Chance(0.5) ? "" : $$"""
        "Catch":[{"ErrorEquals":["{{Of(Errors)}}"],{{Maybe("ResultPath", Places)}}"Next":"{{Name()}}"},
        {"ErrorEquals":["States.ALL"],{{Maybe("ResultPath", Places)}}"Next":"{{Name()}}"}],
        """;

    private string Wait() => random.Next(4) switch
    {
        0 => $"\"Seconds\":{random.Next(0, 15)},",
        1 => "\"SecondsPath\":\"$.n\",",
        2 => "\"TimestampPath\":\"$.t\",",
        _ => $"\"Timestamp\":\"2023-11-14T22:13:{random.Next(10, 59)}Z\",",
    };

    private string Fail() => random.Next(3) switch
    {
        0 => "",
        1 => ",\"Error\":\"E\\udc00\",\"CausePath\":\"$.t\"",
        _ => ",\"ErrorPath\":\"$.no\"",
    };

    private string Rule(string next) => random.Next(3) switch
    {
        0 => $"{{\"Variable\":\"{Of(Paths)}\",\"IsPresent\":{(Chance(0.5) ? "true" : "false")},\"Next\":\"{next}\"}}",
        1 => $"{{\"Variable\":\"$.n\",\"NumericLessThan\":{random.Next(9)},\"Next\":\"{next}\"}}",
        _ => $"{{\"Not\":{{\"Variable\":\"$.t\",\"StringMatches\":\"2*\"}},\"Next\":\"{next}\"}}",
    };

    private string Template(string field) => random.Next(4) switch
    {
        0 => $$""" "{{field}}":{"a":{"b.$":"{{Of(Paths)}}"},"n":2,"l.$":"$.l[*]"},""",
        1 => $$""" "{{field}}":{"a.$":"{{Of(Paths)}}","t":"2023-11-14T22:13:40Z"},""",
        _ => "",
    };

    private string Maybe(string field, string[] choices) => random.Next(8) switch
    {
        0 => $"\"{field}\":null,",
        1 or 2 => $"\"{field}\":\"{Of(choices)}\",",
        _ => "",
    };
}
