using Cluster.Asl.Json;
using Cluster.Asl.Validation;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

public sealed class RecordedDefinitionTests
{
    [Fact]
    public void What_AWS_took_is_refused_only_for_what_is_not_built_yet()
    {
        var wrong = new List<string>();
        var valid = 0;
        foreach (var (name, definition, error) in Definitions())
        {
            // The runner fills in what an earlier call answered, such as the ARN of an activity.
            if (error is not null || definition.Contains("activityArn}", StringComparison.Ordinal))
                continue;
            var result = Definition.Read(definition);
            valid += result.IsValid ? 1 : 0;
            wrong.AddRange(result.Diagnostics
                .Where(d => d.Severity is DiagnosticSeverity.Error && !string.Equals(d.Code, DiagnosticCodes.NotSupportedYet, StringComparison.Ordinal))
                .Select(d => $"{name}: {d.Code}: {d.Message} at {d.Location}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(valid, 300, int.MaxValue);
    }

    [Fact]
    public void What_AWS_refused_is_refused_in_its_words()
    {
        var wrong = new List<string>();
        var judged = 0;
        foreach (var (name, definition, error) in Definitions())
        {
            if (error?["message"] is not JsonString message || !message.Value.Contains("SCHEMA", StringComparison.Ordinal))
                continue;
            var result = Definition.Read(definition);
            if (result.Diagnostics.Any(d => string.Equals(d.Code, DiagnosticCodes.NotSupportedYet, StringComparison.Ordinal)))
                continue;
            judged++;
            if (!string.Equals(result.InvalidDefinitionMessage, message.Value, StringComparison.Ordinal))
                wrong.Add($"{name}:\n  AWS  {message.Value}\n  here {result.InvalidDefinitionMessage}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(judged, 7, int.MaxValue);
    }

    /// <summary>Every definition of the recordings, with the error where AWS refused it.</summary>
    private static IEnumerable<(string Name, string Definition, JsonObject? Error)> Definitions()
    {
        foreach (var (name, recorded) in RecordedCases.Of("*"))
        {
            if (recorded["definition"] is { } own and not JsonNull)
                yield return (name, RecordedCases.DefinitionText(own), null);
            if (recorded["calls"] is not JsonArray calls)
                continue;
            foreach (var call in calls.Items.OfType<JsonObject>())
            {
                // TestState takes single states too, and judges them by rules of its own.
                var isWhole = call["action"] is JsonString { Value: "CreateStateMachine" or "UpdateStateMachine" };
                if (call["request"] is not JsonObject request || request["definition"] is not { } definition)
                    continue;
                var error = call["error"] as JsonObject;
                var refused = error?["code"] is JsonString { Value: "InvalidDefinition" };
                if (isWhole ? refused || error is null : refused && request["stateName"] is not null)
                    yield return (name, RecordedCases.DefinitionText(definition), error);
            }
        }
    }
}
