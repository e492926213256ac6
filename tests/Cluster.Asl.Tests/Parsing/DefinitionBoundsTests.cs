using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cluster.Asl.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

/// <summary>How long reading takes, and what becomes of definitions that nest deep.</summary>
public sealed class DefinitionBoundsTests
{
    private const double MaxMilliseconds = 5;

    /// <summary>A small stack for a thread, so that recursion without bounds would show.</summary>
    private const int SmallStack = 256 * 1024;

    [Fact]
    public void A_machine_of_200_states_is_read_in_5_milliseconds()
    {
        var text = Encoding.UTF8.GetBytes(TwoHundredStates());
        var best = TimeSpan.MaxValue;

        // The shortest of some runs, and of many where others use the same cores: the compiler of hot code waits for one too.
        for (var run = 0; run < 100 || (best.TotalMilliseconds > MaxMilliseconds && run < 3000); run++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = DefinitionParser.Parse(text);
            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
            Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        }

        TestContext.Current.SendDiagnosticMessage("200 states, {0} bytes: best {1:0.000} ms", text.Length, best.TotalMilliseconds);
        Assert.InRange(best.TotalMilliseconds, 0, MaxMilliseconds);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(200)]
    public void Branches_in_branches_are_refused_quickly(int depth) => Judge(Nested(
        depth,
        i => $$$"""{"StartAt": "P{{{i}}}", "States": {"P{{{i}}}": {"Type": "Parallel", "End": true, "Branches": [""",
        """{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}""",
        "]}}}"));

    [Theory]
    [InlineData(2_000)]
    [InlineData(150)]
    public void Processors_in_processors_are_refused_quickly(int depth) => Judge(Nested(
        depth,
        i => $$$"""{"StartAt": "M{{{i}}}", "States": {"M{{{i}}}": {"Type": "Map", "End": true, "ItemProcessor": """,
        """{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}""",
        "}}}"));

    [Theory]
    [InlineData(1_000)]
    [InlineData(400)]
    public void Rules_in_rules_are_refused_quickly(int depth) => Judge(OneState(
        "\"Type\": \"Choice\", \"Choices\": [{\"Next\": \"S\", " + Nested(depth, _ => "\"Not\": {", "\"Variable\": \"$\", \"IsNull\": true", "}") + "}]"));

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_500)]
    public void Templates_that_nest_too_deep_are_refused_quickly(int depth) => Judge(OneState(
        "\"Type\": \"Pass\", \"End\": true, \"Parameters\": " + Nested(depth, _ => "{\"a\": ", "1", "}")));

    [Theory]
    [InlineData("Parameters", "{\"a\": ", "{\"b.$\": \"c\"}", "}")]
    [InlineData("Parameters", "{\"a\": [", "{\"b\": \"$.c\"}", "]}")]
    [InlineData("Result", "[", "\"$.c\"", "]")]
    public void What_nests_as_deep_as_it_may_is_read_on_a_small_stack(string field, string open, string inner, string close)
    {
        var text = OneState($"\"Type\": \"Pass\", \"End\": true, \"{field}\": " + Nested(490, _ => open, inner, close));
        DefinitionResult? result = null;

        OnSmallStack(() => result = Definition.Read(text));

        Assert.NotNull(result);
        Assert.Single(result.Diagnostics);
    }

    private static void Judge(string text)
    {
        DefinitionResult? result = null;
        var elapsed = TimeSpan.Zero;
        OnSmallStack(() =>
        {
            var started = Stopwatch.GetTimestamp();
            result = Definition.Read(text);
            elapsed = Stopwatch.GetElapsedTime(started);
        });

        Assert.NotNull(result);
        Assert.False(result.IsValid);
        Assert.InRange(elapsed.TotalMilliseconds, 0, 1000);
    }

    private static void OnSmallStack(Action read)
    {
        var thread = new Thread(() => read(), SmallStack);
        thread.Start();
        thread.Join();
    }

    private static string OneState(string fields) => $$"""{"StartAt": "S", "States": {"S": { {{fields}} } } }""";

    private static string Nested(int depth, Func<int, string> open, string inner, string close) =>
        string.Concat(Enumerable.Range(0, depth).Select(open)) + inner + string.Concat(Enumerable.Repeat(close, depth));

    /// <summary>Forty rounds of the five types that most machines are made of, with templates, paths, retriers and catchers.</summary>
    private static string TwoHundredStates()
    {
        var states = new StringBuilder();
        for (var i = 0; i < 40; i++)
        {
            states.Append(CultureInfo.InvariantCulture, $$$"""
                "Pass{{{i}}}": {"Type": "Pass", "InputPath": "$.a.b", "Parameters": {"x.$": "$.x[0].y", "y": {"z.$": "$$.Execution.Id", "w": [1, 2, {"v.$": "$['v']"}]}}, "ResultPath": "$.r", "Next": "Choice{{{i}}}"},
                "Choice{{{i}}}": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.n", "NumericGreaterThan": {{{i}}} }, {"Not": {"Variable": "$.s", "StringMatches": "a*"}}], "Next": "Work{{{i}}}"},
                  {"Variable": "$.t", "TimestampLessThan": "2030-01-01T00:00:00Z", "Next": "Wait{{{i}}}"}], "Default": "Wait{{{i}}}"},
                "Work{{{i}}}": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "ResultSelector": {"p.$": "$.Payload"}, "TimeoutSeconds": 60,
                  "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException", "Lambda.Unknown"], "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 1.5, "JitterStrategy": "FULL"}],
                  "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "Wait{{{i}}}"}], "Next": "Wait{{{i}}}"},
                "Wait{{{i}}}": {"Type": "Wait", "SecondsPath": "$.seconds", "Next": "Both{{{i}}}"},
                "Both{{{i}}}": {"Type": "Map", "ItemsPath": "$.items", "ItemSelector": {"v.$": "$$.Map.Item.Value"}, "MaxConcurrency": 2,
                  "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Each{{{i}}}", "States": {"Each{{{i}}}": {"Type": "Pass", "End": true} } }, "Next": "Pass{{{i + 1}}}"},

                """);
        }

        return $$"""{"StartAt": "Pass0", "States": { {{states}} "Pass40": {"Type": "Succeed"} } }""";
    }
}
