using Cluster.Asl.Definitions;
using Cluster.Asl.Definitions.Choices;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

/// <summary>Short ways to read and judge a condition in a test.</summary>
internal static class Condition
{
    private static readonly ContextObject Context = new(
        new ExecutionContextFacts("arn:e", "e", JsonObject.Empty, "arn:r", 0, "arn:m", "m"), "S", 0, retryCount: null);

    /// <summary>The condition of a rule's fields, without Next.</summary>
    public static ChoiceCondition Read(string fields)
    {
        var result = Machine(fields);
        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        return Assert.IsType<ChoiceState>(result.Definition.Root.StartAt).Choices[0].Condition;
    }

    public static Cluster.Asl.Parsing.DefinitionResult Machine(string fields) => Definition.Read(
        $$"""
        {"StartAt": "S", "States": {
          "S": {"Type": "Choice", "Choices": [{{{fields}}, "Next": "E"}], "Default": "E"},
          "E": {"Type": "Succeed"} } }
        """);

    public static bool Judge(ChoiceCondition condition, JsonValue input)
    {
        Assert.True(TryJudge(condition, input, out var holds, out var failure), failure?.Detail);
        return holds;
    }

    public static bool TryJudge(ChoiceCondition condition, JsonValue input, out bool holds, out EvaluationFailure? failure) =>
        condition.TryEvaluate(new EvaluationScope(input, Context), out holds, out failure);
}
