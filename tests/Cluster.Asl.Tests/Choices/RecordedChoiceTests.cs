using Cluster.Asl.Definitions;
using Cluster.Asl.Json;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

public sealed class RecordedChoiceTests
{
    /// <summary>So many operator cases were recorded.</summary>
    private const int RecordedOperatorCases = 266;

    [Fact]
    public void Every_recorded_operator_case_goes_the_way_it_went_in_AWS()
    {
        var wrong = new List<string>();
        var cases = RecordedCases.Of("choice_operators");
        foreach (var (name, recorded) in cases)
        {
            var result = Definition.Read(RecordedCases.DefinitionText(recorded["definition"]!));
            if (!result.IsValid)
            {
                wrong.Add($"{name}: {result.InvalidDefinitionMessage}");
                continue;
            }

            var input = JsonValue.Parse(((JsonString)recorded["input"]!).Value);
            var expected = ((JsonObject)recorded["expect"]!)["output"]!;
            if (!expected.Equals(Output(result.Definition.Root, input)))
                wrong.Add($"{name}: {recorded["input"]} did not give {expected}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(RecordedOperatorCases, cases.Count);
    }

    /// <summary>Runs the template of these cases: a Choice, then a Pass with a fixed result.</summary>
    private static JsonValue? Output(ScopeDefinition machine, JsonValue input)
    {
        var choice = Assert.IsType<ChoiceState>(machine.StartAt);
        var rule = choice.Choices.FirstOrDefault(r => Condition.Judge(r.Condition, input));
        Assert.True(machine.TryGetState(rule?.Next ?? choice.Default!, out var next));
        return Assert.IsType<PassState>(next).Result;
    }
}
