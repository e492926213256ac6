using System.Text;
using Cluster.Node.Tests.Simulation.Nested;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// Machines by chance, as texts: all state types, with Retry and Catch, Parallel and Map inside each other. States lead forward only, so that
/// every execution ends; each Task has a TimeoutSeconds, since a function may never answer.
/// </summary>
internal sealed partial class MachineGenerator(SimulationRandom random, NestedCalls? nested = null)
{
    private const string FunctionPrefix = "arn:aws:lambda:us-east-1:123456789012:function:";

    /// <summary>How many machines have more states than a decision has events, and a history that is worth a snapshot.</summary>
    private const double LongMachines = 0.1;

    private const int LongestShort = 8;

    private const int DeepestNesting = 2;

    /// <summary>States that something leads to; a definition may hold no others. Each leads forward only, so one walk finds them all.</summary>
    private readonly HashSet<string> _reached = new(StringComparer.Ordinal);

    internal string Next()
    {
        _reached.Clear();
        var isLong = random.Chance(LongMachines);
        var timeout = random.Chance(0.2) ? $"\"TimeoutSeconds\":{random.Between(5, 40)}," : "";
        var scope = new ScopeShape("", isLong ? random.Between(110, 160) : random.Between(2, LongestShort), Depth: 0, isLong);
        return $"{{{timeout}{Scope(scope)}}}";
    }

    /// <summary>StartAt and States of the machine, of a branch, of an iteration.</summary>
    private string Scope(ScopeShape scope)
    {
        _reached.Add(scope.Name(0));
        var texts = new List<string>();
        for (var i = 0; i < scope.States; i++)
        {
            if (_reached.Contains(scope.Name(i)))
                texts.Add($"\"{scope.Name(i)}\":{{{State(scope, i)}}}");
        }

        if (_reached.Contains(scope.Done))
            texts.Add($$"""  "{{scope.Done}}":{"Type":"Succeed"}  """);
        if (_reached.Contains(scope.Broken))
            texts.Add($$"""  "{{scope.Broken}}":{"Type":"Fail","Error":"Gone","Cause":"wrong"}  """);
        return $"\"StartAt\":\"{scope.Name(0)}\",\"States\":{{{string.Join(',', texts)}}}";
    }

    private string State(ScopeShape scope, int index)
    {
        var kind = scope.IsLong ? LongKind(index, scope.States) : random.Below(scope.Depth >= DeepestNesting || (scope.Depth > 0 && random.Chance(0.5)) ? 10 : 12);
        return kind switch
        {
            0 or 1 => $"\"Type\":\"Pass\",{Pass()}{Next(scope, index)}",
            2 => $"\"Type\":\"Wait\",\"Seconds\":{random.Between(scope.IsLong ? 2 : 0, scope.Depth == 0 ? 12 : 3)},{Next(scope, index)}",
            3 => $"\"Type\":\"Wait\",\"SecondsPath\":\"$.w\",{Next(scope, index)}",
            4 => $"\"Type\":\"Choice\",\"Choices\":[{Rule(scope, index)},{Rule(scope, index)}],\"Default\":\"{Later(scope, index)}\"",
            10 => $"\"Type\":\"Parallel\",{Branches(scope, index)}\"ResultPath\":\"$.all\",{Handlers(scope, index)}{Next(scope, index)}",
            11 => $"\"Type\":\"Map\",{Iterations(scope, index)}\"ResultPath\":\"$.each\",{Handlers(scope, index)}{Next(scope, index)}",
            _ => $"\"Type\":\"Task\",{Call()}{Handlers(scope, index)}{Next(scope, index)}",
        };
    }

    private string Branches(ScopeShape scope, int index)
    {
        var branches = Enumerable.Range(0, random.Between(1, 3)).Select(i => $"{{{Scope(Inside(scope, $"{scope.Name(index)}b{i}"))}}}");
        return $"\"Branches\":[{string.Join(',', branches)}],";
    }

    private string Iterations(ScopeShape scope, int index)
    {
        var lanes = random.Chance(0.5) ? $"\"MaxConcurrency\":{random.Between(0, 3)}," : "";
        var items = scope.Depth == 0 ? "items" : "few";
        return lanes + $"\"ItemsPath\":\"$$.Execution.Input.{items}\",\"ItemSelector\":{{\"n.$\":\"$$.Map.Item.Value\",\"w.$\":\"$$.Map.Item.Index\"}},"
            + $"\"ItemProcessor\":{{{Scope(Inside(scope, $"{scope.Name(index)}i"))}}},";
    }

    private ScopeShape Inside(ScopeShape scope, string prefix) => new(prefix, random.Between(1, 2), scope.Depth + 1, IsLong: false);

    /// <summary>A long machine passes on and on, fans out in between, then waits long enough to be put to sleep, then calls.</summary>
    private static int LongKind(int index, int states) =>
        index == states - 2 ? 2 : index == states - 1 ? 9 : index == states / 2 ? 10 + (states % 2) : 0;

    private string Pass() => random.Below(3) switch
    {
        0 => $$"""" "Result":{"n":{{random.Below(10)}},"w":{{random.Below(4)}}},"""",
        1 => $$"""" "Result":{{random.Below(100)}},"ResultPath":"$.seen","""",
        _ => "",
    };

    private string Call()
    {
        if (nested is not null && random.Chance(0.6))
            return nested.Next();
        if (random.Chance(OthersEnd))
            return CallToOthers();
        var function = FunctionPrefix + random.Of("pure-price", "pure-stock", "pay", "ship", "mail");
        var timeout = $"\"TimeoutSeconds\":{random.Between(2, 10)},";
        if (random.Chance(0.3))
        {
            return timeout + $$"""" "Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"{{function}}","Payload.$":"$"},"ResultPath":"$.call","""";
        }

        return timeout + $"\"Resource\":\"{function}\"," + (random.Chance(0.5) ? "\"ResultPath\":\"$.result\"," : "");
    }

    private string Handlers(ScopeShape scope, int index)
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
            text.Append($$"""" "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"{{Later(scope, index)}}"}],"""");
        return text.ToString();
    }

    private string Numbers()
    {
        var text = $"\"IntervalSeconds\":{random.Between(1, 3)},\"MaxAttempts\":{random.Between(0, 3)},\"BackoffRate\":{random.Of("1.0", "1.5", "2.0")}";
        if (random.Chance(0.3))
            text += ",\"MaxDelaySeconds\":4";
        return random.Chance(0.3) ? text + ",\"JitterStrategy\":\"FULL\"" : text;
    }

    private string Rule(ScopeShape scope, int index) =>
        $$"""{"Variable":"$.n","NumericLessThan":{{random.Below(10)}},"Next":"{{Later(scope, index)}}"}""";

    private string Next(ScopeShape scope, int index) =>
        index == scope.States - 1 && random.Chance(0.7) ? "\"End\":true" : $"\"Next\":\"{Later(scope, index)}\"";

    private string Later(ScopeShape scope, int index)
    {
        var next = index + (scope.IsLong || random.Chance(0.8) ? 1 : 2);
        var name = !scope.IsLong && random.Chance(scope.Depth == 0 ? 0.05 : 0.08) ? scope.Broken : next < scope.States ? scope.Name(next) : scope.Done;
        _reached.Add(name);
        return name;
    }

    /// <summary>A scope that is being written; names are taken once in a machine.</summary>
    private sealed record ScopeShape(string Prefix, int States, int Depth, bool IsLong)
    {
        public string Done => Prefix + "Done";

        public string Broken => Prefix + "Broken";

        public string Name(int index) => $"{Prefix}S{index}";
    }
}
