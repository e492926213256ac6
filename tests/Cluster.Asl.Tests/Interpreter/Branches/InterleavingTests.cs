using System.Text;
using Cluster.Asl.Interpreter;
using Cluster.Asl.Parsing;
using Cluster.Checker.Histories;
using Cluster.Testing.Histories;
using Cluster.Testing.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>
/// A failure of one branch against the late reports of its siblings: their answers and decisions come in a thousand orders, before the failure
/// and after it, and each history is valid. The seed stands in each failure.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper output)
{
    private const int Interleavings = 1_000;
    private const int MostSteps = 4_000;

    private const string Call = "\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"";

    /// <summary>A branch that calls, passes and calls again; its second call fails when the machine is told so.</summary>
    private static string Branch(string name) => $$"""
        "StartAt":"{{name}}1","States":{"{{name}}1":{ {{Call}},"Next":"{{name}}2"},"{{name}}2":{"Type":"Pass","Next":"{{name}}3"},"{{name}}3":{ {{Call}},"End":true} }
        """;

    private static readonly string ParallelState =
        $$"""
        "Type":"Parallel","Retry":[{"ErrorEquals":["Again"],"IntervalSeconds":1,"MaxAttempts":1}],
        "Branches":[{ {{Branch("A")}} },{ {{Branch("B")}} },{ {{Branch("C")}} },{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":2,"End":true} } }]
        """;

    public static TheoryData<string, string> Machines => new()
    {
        { "Parallel", "{\"StartAt\":\"P\",\"States\":{\"P\":{" + ParallelState + ",\"End\":true}}}" },
        {
            "Map with lanes",
            "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":3,\"Retry\":[{\"ErrorEquals\":[\"Again\"],\"MaxAttempts\":1}],"
                + "\"Catch\":[{\"ErrorEquals\":[\"Caught\"],\"Next\":\"Z\"}],\"ItemProcessor\":{" + Branch("A") + "},\"Next\":\"Z\"},\"Z\":{\"Type\":\"Succeed\"}}}"
        },
        {
            "Parallel inside Map",
            "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":2,\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{\"P\":{"
                + ParallelState + ",\"Catch\":[{\"ErrorEquals\":[\"Caught\"],\"Next\":\"Z\"}],\"Next\":\"Z\"},\"Z\":{\"Type\":\"Succeed\"}}},\"End\":true}}}"
        },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_failure_against_late_siblings_leaves_a_valid_history_in_a_thousand_interleavings(string name, string text)
    {
        var definition = DefinitionParser.Parse(Encoding.UTF8.GetBytes(text)).Definition!;
        var (histories, ends) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var (late, events) = (0, 0);
        for (var seed = 1; seed <= Interleavings; seed++)
        {
            var run = new Interleaving(seed, Execution.Empty(definition), "[1,2,3,4]", Answer);
            run.Run(MostSteps);
            var history = HistoryLines.Of(run.Events);
            Assert.True(run.Execution.IsClosed, $"{name}, seed {seed}: it has not ended after {MostSteps} steps");
            Assert.True(run.Execution.Equals(run.Events.Aggregate(Execution.Empty(definition), ExecutionEvolution.Evolve)), $"{name}, seed {seed}: the fold differs");
            if (HistoryRules.Check(text, history) is { } wrong)
                Assert.Fail($"{name}, seed {seed}: {wrong}");
            histories.Add(string.Join('\n', history.Select(line => line.ToString())));
            ends[history[^1].Type] = ends.GetValueOrDefault(history[^1].Type) + 1;
            late += run.Late;
            events += history.Count;
        }

        output.WriteLine(
            $"{name}: seeds 1 to {Interleavings}, {histories.Count} different histories of {events / Interleavings} events, {late} late reports, "
            + string.Join(", ", ends.OrderBy(end => end.Key, StringComparer.Ordinal).Select(end => $"{end.Key} {end.Value}")));
        Assert.True(histories.Count > Interleavings / 2);
        Assert.True(late > Interleavings);
        Assert.True(ends.GetValueOrDefault("ExecutionFailed") > 0);
    }

    private static ExecutionCommand Answer(OutstandingCall call, Random random) => random.Next(9) switch
    {
        0 => new ExecutionCommand.FailTask(call.Scope, call.Visit, call.Attempt, "Again", "late"),
        1 => new ExecutionCommand.FailTask(call.Scope, call.Visit, call.Attempt, random.Next(2) == 0 ? "Gone" : "Caught", "late"),
        _ => new ExecutionCommand.CompleteTask(call.Scope, call.Visit, call.Attempt, Encoding.UTF8.GetBytes($"{random.Next(100)}")),
    };
}
