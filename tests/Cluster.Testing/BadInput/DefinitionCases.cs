using System.Text;

namespace Cluster.Testing.BadInput;

/// <summary>Definitions.</summary>
internal static class DefinitionCases
{
    private const int MaxDefinitionBytes = 1_048_576;

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        new("A definition that is no JSON, is no object or has a key twice is refused", async run =>
        {
            foreach (var definition in (string[])
                [
                    "{", "not json", "[]", "null", "1", "{}", "{\"StartAt\":\"A\"}", "{\"StartAt\":\"A\",\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"},\"A\":{\"Type\":\"Succeed\"}}}", "{\"StartAt\":\"\\ud800\",\"States\":{\"\\ud800\":{\"Type\":\"Succeed\"}}}",
                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\",\"Seconds\":1e400,\"End\":true}}}", "{\"StartAt\":\"A\",\"TimeoutSeconds\":" + new string('9', 400) + ",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
                ])
            {
                await RefusedAsync(run, definition);
            }
        }),
        new("A definition nested 200,000 deep is refused", async run =>
        {
            foreach (var objects in (bool[])[false, true])
            {
                var deep = Texts.Nested(Texts.Deep, objects, closed: true);
                await RefusedAsync(run, deep);
                await RefusedAsync(run, $"{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Pass\",\"End\":true,\"Result\":{deep}}}}}}}");
            }
        }),
        new("A Choice nested 10,000 deep is refused", async run =>
        {
            const int depth = 10_000;
            foreach (var (open, close) in ((string, string)[])[("{\"Not\":", "}"), ("{\"And\":[", "]}"), ("{\"Or\":[", "]}")])
            {
                var rule = string.Concat(Enumerable.Repeat(open, depth)) + "{\"Variable\":\"$\",\"IsNull\":true}" + string.Concat(Enumerable.Repeat(close, depth));
                await RefusedAsync(run, "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Next\":\"B\"," + rule[1..] + "]},\"B\":{\"Type\":\"Succeed\"}}}");
            }
        }),
        new("A definition of 1,048,576 bytes is validated within a second and runs; one byte more is refused", async run =>
        {
            var definition = Longest();
            var machine = await run.CreateAsync(definition);
            await RefusedAsync(run, definition + " ");
            await run.EndsAsync(machine, "{}", "FAILED", "States.Runtime");
        }) { Within = TimeSpan.FromSeconds(2) },
        new("A definition of 1,048,576 bytes is validated within a second", run => run.CreateAsync(Longest())) { Within = TimeSpan.FromSeconds(1) },
        new("A long definition full of mistakes is refused", async run =>
        {
            var states = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"S{i}\":{{\"Type\":\"Nap\",\"Foo\":1}}"));
            await RefusedAsync(run, $"{{\"StartAt\":\"X\",\"States\":{{{states}}}}}");
            await RefusedAsync(run, "{\"" + new string('x', MaxDefinitionBytes - 100) + "\":1}");
        }),
        new("Paths, patterns and names in a definition that are as long as they can be are refused or run", async run =>
        {
            var longPath = "$" + string.Concat(Enumerable.Repeat(".a", 100_000));
            foreach (var state in (string[])
                [
                    $"\"Type\":\"Pass\",\"InputPath\":\"{longPath}\"", $"\"Type\":\"Pass\",\"InputPath\":\"$[?({new string('(', 100_000)}\"",
                    $"\"Type\":\"Pass\",\"InputPath\":\"$[?(@.a =~ /{string.Concat(Enumerable.Repeat("(a*)*", 1_000))}b/)]\"",
                    $"\"Type\":\"Pass\",\"ResultPath\":\"{longPath}\"", $"\"Type\":\"Pass\",\"Parameters\":{{\"{new string('x', 500_000)}.$\":\"$.a\"}}",
                ])
            {
                var answer = await run.CallAsync("CreateStateMachine", new
                {
                    name = run.Server.NewName("long"),
                    definition = "{\"StartAt\":\"A\",\"States\":{\"A\":{" + state + ",\"End\":true}}}",
                    roleArn = ApiClient.Role,
                });
                BadInputRun.Hold(answer.Succeeded || answer.Error == "InvalidDefinition", $"answered with {answer.Status} {answer.Error}");
                if (answer.Succeeded)
                    await run.RunAsync((string)answer.Body["stateMachineArn"]!, $"{{\"a\":\"{new string('a', 200_000)}\"}}");
            }
        }),
        new("Ten of the longest definitions, one after the other, leave room for others", async run =>
        {
            for (var i = 0; i < 10; i++)
            {
                // A comment makes each another definition.
                var machine = await run.CreateAsync(Longest(comment: $"{i:000}"));
                await run.EndsAsync(machine, "{}", "FAILED", "States.Runtime");
            }
        }),
    ];

    /// <summary>The longest definition: about 25,000 states in a row.</summary>
    private static string Longest(string comment = "000")
    {
        var text = new StringBuilder($"{{\"Comment\":\"{comment}\",\"StartAt\":\"0\",\"States\":{{");
        var last = "";
        for (var i = 0; ; i++)
        {
            last = $"\"{i:x}\":{{\"Type\":\"Succeed\"}}}}}}";
            var state = $"\"{i:x}\":{{\"Type\":\"Pass\",\"Next\":\"{i + 1:x}\"}},";
            if (text.Length + state.Length + last.Length + 10 > MaxDefinitionBytes)
                break;
            text.Append(state);
        }

        return text.Append(last).Append(' ', MaxDefinitionBytes - text.Length).ToString();
    }

    private static Task RefusedAsync(BadInputRun run, string definition) => run.RefusedAsync(
        "CreateStateMachine", new { name = run.Server.NewName("bad"), definition, roleArn = ApiClient.Role }, "InvalidDefinition", "ValidationException");
}
