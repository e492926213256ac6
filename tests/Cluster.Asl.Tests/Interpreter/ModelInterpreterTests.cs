using System.Text;
using System.Text.Json.Nodes;
using Cluster.Asl.Interpreter;
using Cluster.Testing.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>The engine against a model that knows no events, no times and no order. The seed stands in each failure.</summary>
public sealed class ModelInterpreterTests(ITestOutputHelper output)
{
    private const int Machines = 800;
    private const int MostSteps = 400;

    private static readonly string[] Results =
        ["{\"a\":{\"b\":2},\"n\":1,\"l\":[1,2],\"t\":\"2023-11-14T22:13:50Z\"}", "{\"a\":{\"b\":[]},\"n\":3,\"l\":[{\"n\":2},\"x\",null],\"t\":\"2023-11-14T22:13:55Z\"}", "5"];

    [Fact]
    public void The_engine_ends_in_a_way_that_the_model_computes_from_the_recorded_results_in_whatever_order_they_came()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1; seed <= Machines; seed++)
        {
            var (text, definition) = new RandomMachine(new Random(seed), isGentle: true, isTame: true).Next();
            for (var order = 0; order < 2; order++)
            {
                var run = new Interleaving((seed * 2) + order, Execution.Empty(definition), Results[seed % 2], Answer);
                run.Run(MostSteps);
                var told = Compare(run, text) is { } wrong ? throw new InvalidOperationException($"seed {seed}, order {order}: {wrong}\n{text}") : _last;
                counts[told] = counts.GetValueOrDefault(told) + 1;
            }
        }

        output.WriteLine(string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}")));
        Assert.True(counts["succeeded alike"] > Machines / 10);
        Assert.True(counts["failed alike"] > Machines / 10);
    }

    [Theory]
    [InlineData("""{"n":1}""", """{"n":1}""", true)]
    [InlineData("""{"n":1}""", """{"n":2}""", false)]
    [InlineData("""{"n":1}""", """{"a":0,"n":1}""", false)]
    public void The_model_tells_one_result_from_another(string recorded, string output, bool isSame)
    {
        var ends = new Dictionary<(string Scope, long Visit, int Attempt), CallEnd>
        {
            [("/1.0.0", 1, 0)] = new(recorded, Error: null, Cause: null, IsHeartbeat: false),
        };
        var machine = JsonNode.Parse(
            """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"r","End":true}}}]}}}
            """);
        var way = Assert.Single(new ModelInterpreter(machine!, ends, input: null).Run()!);
        Assert.Equal(isSame, JsonNode.DeepEquals(way.Output, JsonNode.Parse($"[{output}]")));
    }

    private string _last = "";

    private string? Compare(Interleaving run, string text)
    {
        var end = run.Events[^1];
        if (!run.Execution.IsClosed)
            return Told("still open");
        var model = new ModelInterpreter(JsonNode.Parse(text)!, Ends(run.Events), JsonNode.Parse(run.Execution.Input!.ToString()));
        if (model.Run() is not { } ways)
            return Told("too many ways");
        if (end is ExecutionFailed failed)
        {
            Told(failed.Error == "States.Runtime" ? "failed alike with States.Runtime" : "failed alike");
            return ways.Any(way => way.Kind == ModelEndKind.Failed && way.Error == failed.Error) ? null : Differs($"{failed.Error}: {failed.Cause}", ways);
        }

        var put = JsonNode.Parse(end.Payload!.ToString());
        Told(ways.Any(way => way.IsVague) ? "succeeded, with a cause that the model does not know" : "succeeded alike");
        return ways.Any(way => way.Kind == ModelEndKind.Succeeded && (way.IsVague || JsonNode.DeepEquals(way.Output, put))) ? null : Differs(end.Payload.ToString(), ways);
    }

    private string? Told(string what)
    {
        _last = what;
        return null;
    }

    private static string Differs(string end, IEnumerable<ModelEnd> ways) => $"it ended with {end}, the model in one of\n{string.Join('\n', ways)}";

    /// <summary>The ends of calls, by scope, visit and attempt, as the events tell them.</summary>
    private static Dictionary<(string Scope, long Visit, int Attempt), CallEnd> Ends(IEnumerable<ExecutionEvent> events)
    {
        var ends = new Dictionary<(string Scope, long Visit, int Attempt), CallEnd>();
        var at = new Dictionary<string, (long Visit, int Attempt)>(StringComparer.Ordinal);
        foreach (var e in events)
        {
            var (visit, attempt) = at.GetValueOrDefault(e.Scope);
            at[e.Scope] = e switch
            {
                StateEntered => (visit + 1, 0),
                RetryScheduled => (visit, attempt + 1),
                _ => (visit, attempt),
            };
            CallEnd? end = e switch
            {
                TaskSucceeded => new CallEnd(e.Payload!.ToString(), Error: null, Cause: null, IsHeartbeat: false),
                TaskFailed failed => new CallEnd(Output: null, failed.Error, failed.Cause, IsHeartbeat: false),
                TaskTimedOut late => new CallEnd(Output: null, "States.Timeout", Cause: null, late.Heartbeat),
                _ => null,
            };
            if (end is not null)
                ends.Add((e.Scope, visit, attempt), end);
        }

        return ends;
    }

    private static ExecutionCommand Answer(OutstandingCall call, Random random) => random.Next(7) switch
    {
        0 => new ExecutionCommand.FailTask(call.Scope, call.Visit, call.Attempt, random.Next(2) == 0 ? "E" : "F", "why"),
        _ => new ExecutionCommand.CompleteTask(call.Scope, call.Visit, call.Attempt, Encoding.UTF8.GetBytes(Results[random.Next(8) == 0 ? 2 : random.Next(2)])),
    };
}
