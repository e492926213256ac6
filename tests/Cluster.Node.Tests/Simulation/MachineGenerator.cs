using System.Text;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// Machines by chance, as texts: Pass, Task with Retry and Catch, Choice, Wait, Succeed and Fail. States lead forward only, so that every
/// execution ends; each Task has a TimeoutSeconds, since a function may never answer.
/// </summary>
internal sealed class MachineGenerator(SimulationRandom random)
{
    private const string FunctionPrefix = "arn:aws:lambda:us-east-1:123456789012:function:";

    /// <summary>How many machines have more states than a decision has events, and a history that is worth a snapshot.</summary>
    private const double LongMachines = 0.1;

    private const int LongestShort = 8;

    private const string Done = "Done";
    private const string Broken = "Broken";

    /// <summary>States that something leads to; a definition may hold no others. Each leads forward only, so one walk finds them all.</summary>
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);

    internal string Next()
    {
        _reached.Clear();
        _reached.Add("S0");
        var isLong = random.Chance(LongMachines);
        var states = isLong ? random.Between(110, 160) : random.Between(2, LongestShort);
        var texts = new List<string>();
        for (var i = 0; i < states; i++)
        {
            if (_reached.Contains($"S{i}"))
                texts.Add($"\"S{i}\":{{{State(i, states, isLong)}}}");
        }

        if (_reached.Contains(Done))
            texts.Add("""  "Done":{"Type":"Succeed"}  """);
        if (_reached.Contains(Broken))
            texts.Add("""  "Broken":{"Type":"Fail","Error":"Gone","Cause":"wrong"}  """);
        var timeout = random.Chance(0.2) ? $"\"TimeoutSeconds\":{random.Between(5, 40)}," : "";
        return $$"""{"StartAt":"S0",{{timeout}}"States":{ {{string.Join(',', texts)}} } }""";
    }

    private string State(int index, int states, bool isLong)
    {
        var kind = isLong ? LongKind(index, states) : random.Below(10);
        return kind switch
        {
            0 or 1 => $"\"Type\":\"Pass\",{Pass()}{Next(index, states)}",
            2 => $"\"Type\":\"Wait\",\"Seconds\":{random.Between(isLong ? 2 : 0, 12)},{Next(index, states)}",
            3 => $"\"Type\":\"Wait\",\"SecondsPath\":\"$.w\",{Next(index, states)}",
            4 => $"\"Type\":\"Choice\",\"Choices\":[{Rule(index, states)},{Rule(index, states)}],\"Default\":\"{Later(index, states)}\"",
            _ => $"\"Type\":\"Task\",{Call()}{Handlers(index, states)}{Next(index, states)}",
        };
    }

    /// <summary>A long machine passes on and on, then waits long enough to be put to sleep, then calls.</summary>
    private static int LongKind(int index, int states) => index == states - 2 ? 2 : index == states - 1 ? 9 : 0;

    private string Pass() => random.Below(3) switch
    {
        0 => $$"""" "Result":{"n":{{random.Below(10)}},"w":{{random.Below(4)}}},"""",
        1 => $$"""" "Result":{{random.Below(100)}},"ResultPath":"$.seen","""",
        _ => "",
    };

    private string Call()
    {
        var function = FunctionPrefix + random.Of("pure-price", "pure-stock", "pay", "ship", "mail");
        var timeout = $"\"TimeoutSeconds\":{random.Between(2, 10)},";
        if (random.Chance(0.3))
        {
            return timeout + $$"""" "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"{{function}}","Payload.$":"$"},"ResultPath":"$.call","""";
        }

        return timeout + $"\"Resource\":\"{function}\"," + (random.Chance(0.5) ? "\"ResultPath\":\"$.result\"," : "");
    }

    private string Handlers(int index, int states)
    {
        var text = new StringBuilder();
        if (random.Chance(0.7))
        {
            text.Append("\"Retry\":[");
            if (random.Chance(0.5))
                text.Append("""{"ErrorEquals":["Lambda.TooManyRequestsException","Declined"],""").Append(Numbers()).Append("},");
            text.Append("""{"ErrorEquals":["States.ALL"],""").Append(Numbers()).Append("}],");
        }

        if (random.Chance(0.6))
            text.Append($$"""" "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"{{Later(index, states)}}"}],"""");
        return text.ToString();
    }

    private string Numbers()
    {
        var text = $"\"IntervalSeconds\":{random.Between(1, 3)},\"MaxAttempts\":{random.Between(0, 3)},\"BackoffRate\":{random.Of("1.0", "1.5", "2.0")}";
        if (random.Chance(0.3))
            text += ",\"MaxDelaySeconds\":4";
        return random.Chance(0.3) ? text + ",\"JitterStrategy\":\"FULL\"" : text;
    }

    private string Rule(int index, int states) =>
        $$"""{"Variable":"$.n","NumericLessThan":{{random.Below(10)}},"Next":"{{Later(index, states)}}"}""";

    private string Next(int index, int states) =>
        index == states - 1 && random.Chance(0.7) ? "\"End\":true" : $"\"Next\":\"{Later(index, states)}\"";

    private string Later(int index, int states)
    {
        var isLong = states > LongestShort;
        var next = index + (isLong || random.Chance(0.8) ? 1 : 2);
        var name = !isLong && random.Chance(0.05) ? Broken : next < states ? $"S{next}" : Done;
        _reached.Add(name);
        return name;
    }
}
