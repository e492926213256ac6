using System.Globalization;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Kills;

/// <summary>A parent that is asked for.</summary>
/// <param name="Machine">The machine's ARN.</param>
/// <param name="Name">The execution's name.</param>
/// <param name="Input">Its input.</param>
/// <param name="Ends">The status with which it must end.</param>
internal sealed record Parent(string Machine, string Name, string Input, string Ends)
{
    /// <summary>Whether its start was acknowledged.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether it is to be stopped: its child would wait for longer than any test.</summary>
    public bool IsStopped => Ends == "ABORTED";
}

/// <summary>Machines whose executions start executions of another.</summary>
internal sealed class NestedMachines
{
    private const string Again = """ "Retry":[{"ErrorEquals":["States.TaskFailed"],"IntervalSeconds":1,"MaxAttempts":1}],""";

    /// <summary>Longer than any test waits, in seconds: a child that waits so long ends only by being stopped.</summary>
    private const int Forever = 3600;

    private string _single = "";
    private string _many = "";
    private string _hasty = "";

    private NestedMachines()
    {
    }

    public string Child { get; private init; } = "";

    public IReadOnlyList<string> All => [Child, _single, _many, _hasty];

    public static async Task<NestedMachines> CreateAsync(ApiClient api)
    {
        var child = await api.CreateAsync("child", """
            {"StartAt":"W","States":{
              "W":{"Type":"Wait","SecondsPath":"$.seconds","Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.fails","BooleanEquals":true,"Next":"F"}],"Default":"P"},
              "F":{"Type":"Fail","Error":"Meant"},
              "P":{"Type":"Pass","End":true}}}
            """);
        return new NestedMachines
        {
            Child = child,
            _single = await api.CreateAsync("single", $$"""{ {{Waits("S", ".sync:2", child)}} }"""),
            _many = await api.CreateAsync(
                "many", $$"""{"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{ {{Waits("A", ".sync", child, Again)}} },{ {{Waits("B", ".sync:2", child)}} }]} } }"""),
            _hasty = await api.CreateAsync("hasty", $$"""{ {{Waits("S", ".sync", child, "\"TimeoutSeconds\":2,")}} }"""),
        };
    }

    public static string ArnOf(string machine, string name) => ApiClient.ExecutionOf(machine, name);

    public string ArnOf(Parent parent) => ArnOf(parent.Machine, parent.Name);

    /// <summary>Parents of each kind: whose children end well, whose children fail, who are stopped, and whose time is over.</summary>
    public IEnumerable<Parent> Parents(int ofEach, int round)
    {
        for (var i = 0; i < ofEach; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"r{round}-{i}");
            yield return new Parent(_single, $"{name}-well", Input(i % 3, fails: false), "SUCCEEDED");
            yield return new Parent(_many, $"{name}-fails", Input(i % 3, fails: true), "SUCCEEDED");
            yield return new Parent(i % 2 == 0 ? _single : _many, $"{name}-stopped", Input(Forever, fails: false), "ABORTED");
            yield return new Parent(_hasty, $"{name}-late", Input(Forever, fails: false), "SUCCEEDED");
        }
    }

    /// <summary>A Task that waits for its child, and takes it as it comes when that fails or its own time is over.</summary>
    private static string Waits(string state, string pattern, string child, string more = "") => $$$"""
        "StartAt":"{{{state}}}","States":{"{{{state}}}":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution{{{pattern}}}",{{{more}}}
          "Parameters":{"StateMachineArn":"{{{child}}}","Input.$":"$"},
          "Catch":[{"ErrorEquals":["States.TaskFailed","States.Timeout"],"Next":"{{{state}}}E"}],"Next":"{{{state}}}E"},"{{{state}}}E":{"Type":"Pass","End":true} }
        """;

    private static string Input(int seconds, bool fails) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"seconds":{{seconds}},"fails":{{(fails ? "true" : "false")}}}""");
}
