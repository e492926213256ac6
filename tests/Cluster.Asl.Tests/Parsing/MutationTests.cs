using System.Text;
using Cluster.Asl.Json;
using Cluster.Asl.Parsing;
using Cluster.Asl.Validation;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

public sealed class MutationTests
{
    private const int Rounds = 3000;

    /// <summary>A machine that has every field that is built.</summary>
    private const string Everything =
        """
        {"Comment": "c", "StartAt": "Choose", "Version": "1.0", "TimeoutSeconds": 9, "QueryLanguage": "JSONPath", "States": {
          "Choose": {"Type": "Choice", "InputPath": "$.a", "OutputPath": null, "Default": "Fail", "Choices": [
            {"Variable": "$.x", "StringMatches": "a*\\*", "Next": "Work", "Comment": "r"},
            {"And": [{"Variable": "$$.State.Name", "NumericLessThanPath": "$.y[0]"}, {"Not": {"Variable": "$.t", "TimestampEquals": "2016-03-14T01:59:00Z"}}], "Next": "Wait"}]},
          "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$['a'].b"},
            "ResultSelector": {"r": [{"s.$": "$.Payload"}]}, "ResultPath": "$.out", "TimeoutSecondsPath": "$.t", "HeartbeatSeconds": 3,
            "Retry": [{"ErrorEquals": ["A", "B"], "IntervalSeconds": 2, "MaxAttempts": 4, "BackoffRate": 1.5, "MaxDelaySeconds": 9, "JitterStrategy": "FULL"}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Pass", "ResultPath": null}], "Next": "Pass"},
          "Wait": {"Type": "Wait", "TimestampPath": "$.when", "Next": "Pass"},
          "Pass": {"Type": "Pass", "Result": {"a": [1, 2.50, null, true, "é"]}, "Parameters": {"x": 1}, "ResultPath": "$", "Next": "Both"},
          "Both": {"Type": "Parallel", "Parameters": {"p.$": "$"}, "ResultSelector": {"r.$": "$[0]"}, "ResultPath": "$.both", "Next": "Each",
            "Retry": [{"ErrorEquals": ["States.Timeout"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Each"}], "Branches": [
              {"StartAt": "B1", "States": {"B1": {"Type": "Pass", "Next": "B2"}, "B2": {"Type": "Wait", "Seconds": 1, "End": true}}},
              {"Comment": "b", "StartAt": "B3", "States": {"B3": {"Type": "Map", "Iterator": {"StartAt": "B4", "States": {"B4": {"Type": "Succeed"}}}, "End": true}}}]},
          "Each": {"Type": "Map", "ItemsPath": "$.items", "ItemSelector": {"v.$": "$$.Map.Item.Value"}, "MaxConcurrencyPath": "$.n", "ToleratedFailurePercentage": 10,
            "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "I", "States": {"I": {"Type": "Fail", "Error": "$.e"}}}, "Next": "Done"},
          "Done": {"Type": "Succeed"}, "Fail": {"Type": "Fail", "ErrorPath": "$.e", "Cause": "c"}}}
        """;

    private static readonly string[] Oddities =
    [
        "null", "\"\"", "{}", "[]", "[[]]", "-0", "1e400", "0.1", "99999999999999999999", "\"$\"", "\"$$\"", "\"$x\"", "\"$.a[?(@.b)]\"", "\"$['\"", "\"States.\"",
        "\"States.Format('{}', $.a)\"", "\"States.Array(States.Array(\"", "\"{% 1 %}\"", "\"JSONata\"", "\"DISTRIBUTED\"", "\"\\ud800\"", "{\"a.$\": \"$\", \"a\": 1}",
    ];

    [Fact]
    public void The_unchanged_machine_is_valid()
    {
        var result = Definition.Read(Everything);

        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
    }

    [Fact]
    public void Whatever_bytes_change_the_parser_gives_a_machine_or_diagnostics()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        var original = Encoding.UTF8.GetBytes(Everything);
        for (var round = 0; round < Rounds; round++)
        {
            var text = original.ToArray();
            for (var changes = chance.Next(1, 4); changes > 0; changes--)
                text[chance.Next(text.Length)] = chance.Next(3) == 0 ? (byte)chance.Next(256) : text[chance.Next(text.Length)];
            Judge(text.AsSpan(0, chance.Next(20) == 0 ? chance.Next(text.Length) : text.Length), seed, round);
        }
    }

    [Fact]
    public void Whatever_values_change_places_the_parser_gives_a_machine_or_diagnostics()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        var original = JsonValue.Parse(Everything);
        var values = new List<JsonValue>();
        Gather(original, values);
        for (var round = 0; round < Rounds; round++)
            Judge(JsonWriter.ToUtf8(Mutate(original, values, chance)), seed, round);
    }

    [Fact]
    public void Whatever_fields_change_names_the_parser_gives_a_machine_or_diagnostics()
    {
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        var original = JsonValue.Parse(Everything);
        var names = new List<string>();
        var values = new List<JsonValue>();
        Gather(original, values);
        foreach (var o in values.OfType<JsonObject>())
            names.AddRange(o.Properties.Select(p => p.Key));
        values.AddRange(Oddities.Select(JsonValue.Parse));
        for (var round = 0; round < Rounds; round++)
            Judge(JsonWriter.ToUtf8(Rename(original, names, values, chance)), seed, round);
    }

    private static void Judge(ReadOnlySpan<byte> text, int seed, int round)
    {
        var result = DefinitionParser.Parse(text);
        var at = $"seed {seed}, round {round}";
        Assert.True(result.IsValid == result.Diagnostics.All(d => d.Severity is DiagnosticSeverity.Warning), at);
        Assert.All(result.Diagnostics, d => Assert.True(d.Message.Length > 0 && (d.Location is null || d.Line > 0), $"{at}: {d}"));
        if (result.IsValid)
            Assert.All(result.Definition.Root.States, s => Assert.True(s.Next is null || result.Definition.Root.TryGetState(s.Next, out _), at));
    }

    /// <summary>Fields get each other's names and values, and values that are odd; a name may come twice.</summary>
    private static JsonValue Rename(JsonValue value, List<string> names, List<JsonValue> values, Random chance)
    {
        if (chance.Next(60) == 0)
            return values[chance.Next(values.Count)];
        return value switch
        {
            JsonObject o => new JsonObject([.. o.Properties.Select(p => KeyValuePair.Create(
                chance.Next(30) == 0 ? names[chance.Next(names.Count)] : p.Key, Rename(p.Value, names, values, chance)))]),
            JsonArray a => new JsonArray([.. a.Items.Select(v => Rename(v, names, values, chance))]),
            _ => value,
        };
    }

    private static void Gather(JsonValue value, List<JsonValue> values)
    {
        values.Add(value);
        IEnumerable<JsonValue> inner = value switch
        {
            JsonObject o => o.Properties.Select(p => p.Value),
            JsonArray a => a.Items,
            _ => [],
        };
        foreach (var v in inner)
            Gather(v, values);
    }

    private static JsonValue Mutate(JsonValue value, List<JsonValue> values, Random chance)
    {
        if (chance.Next(40) == 0)
            return values[chance.Next(values.Count)];
        return value switch
        {
            JsonObject o => new JsonObject(
            [
                .. o.Properties.Where(_ => chance.Next(40) != 0).Select(p => KeyValuePair.Create(p.Key, Mutate(p.Value, values, chance))),
            ]),
            JsonArray a => new JsonArray([.. a.Items.Where(_ => chance.Next(40) != 0).Select(v => Mutate(v, values, chance))]),
            _ => value,
        };
    }
}
