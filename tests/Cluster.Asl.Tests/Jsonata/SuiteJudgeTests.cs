using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>The judge of the suite finds what is wrong: otherwise its verdicts would prove nothing.</summary>
public sealed class SuiteJudgeTests
{
    [Theory]
    [InlineData("""{"result": 1}""", "1.0", true)]
    [InlineData("""{"result": 1}""", "\"1\"", false)]
    [InlineData("""{"result": null}""", "null", true)]
    [InlineData("""{"result": null}""", null, false)]
    [InlineData("""{"result": {"a": [1, 2]}}""", """{"a": [2, 1]}""", false)]
    [InlineData("""{"result": {"a": 1, "b": 2}}""", """{"b": 2, "a": 1}""", true)]
    [InlineData("""{"result": {"a": 1}}""", """{"a": 1, "b": 2}""", false)]
    [InlineData("""{"result": [1, 2, 2], "unordered": true}""", "[2, 1, 2]", true)]
    [InlineData("""{"result": [1, 2, 2], "unordered": true}""", "[2, 1, 1]", false)]
    [InlineData("""{"undefinedResult": true}""", null, true)]
    [InlineData("""{"undefinedResult": true}""", "[]", false)]
    [InlineData("""{"code": "T1006"}""", "1", false)]
    [InlineData("""{}""", "1", false)]
    public void A_value_is_held_against_what_the_case_expects(string expected, string? given, bool isGood)
    {
        var result = given is null
            ? new JsonataResult(JsonataOutcome.Undefined, Value: null, Error: null)
            : new JsonataResult(JsonataOutcome.Value, JsonValue.Parse(given), Error: null);

        Assert.Equal(isGood, SuiteJudge.Fault(Case("1", expected), result) is null);
    }

    [Theory]
    [InlineData("""{"code": "T2001"}""", true)]
    [InlineData("""{"code": "T2002"}""", false)]
    [InlineData("""{"code": "T2001", "token": "+"}""", true)]
    [InlineData("""{"code": "T2001", "token": "-"}""", false)]
    [InlineData("""{"error": {"code": "T2001", "message": "why", "position": 3, "value": 5}}""", true)]
    [InlineData("""{"error": {"code": "T2001", "message": "because"}}""", false)]
    [InlineData("""{"error": {"code": "T2001", "position": 4}}""", false)]
    [InlineData("""{"error": {"code": "T2001", "value": 6}}""", false)]
    [InlineData("""{"result": 1}""", false)]
    [InlineData("""{"undefinedResult": true}""", false)]
    public void An_error_is_held_against_what_the_case_expects(string expected, bool isGood)
    {
        var error = new JsonataError("T2001", "why", Position: 3, Token: "+", JsonNumber.Of(5));

        Assert.Equal(isGood, SuiteJudge.Fault(Case("1", expected), new JsonataResult(JsonataOutcome.Error, Value: null, error)) is null);
    }

    [Fact]
    public void A_case_that_calls_eval_expects_the_refusal_of_Step_Functions()
    {
        var @case = Case("$eval('1')", """{"result": 1}""");
        var refusal = new JsonataError("T1006", "Attempted to invoke a non-function");

        Assert.Null(SuiteJudge.Fault(@case, new JsonataResult(JsonataOutcome.Error, Value: null, refusal)));
        Assert.NotNull(SuiteJudge.Fault(@case, new JsonataResult(JsonataOutcome.Value, JsonNumber.Of(1), Error: null)));
        Assert.NotNull(SuiteJudge.Fault(@case, new JsonataResult(JsonataOutcome.Error, Value: null, refusal with { Code = "T1005" })));
    }

    private static SuiteCase Case(string expression, string expected) =>
        new("a case", expression, Input: null, new Dictionary<string, JsonValue>(StringComparer.Ordinal), (JsonObject)JsonValue.Parse(expected));
}
