using System.Text.Json;

namespace Cluster.Testing.BadInput;

/// <summary>Inputs of executions.</summary>
internal static class PayloadCases
{
    private static readonly string[] NoJson =
        ["{", "not json", "{\"a\":1,}", "'x'", "{} {}", "NaN", "01", "\u0000", "\"\u0000\"", "\ufeff{}", "{\"a\":\"\\x\"}"];

    /// <summary>What goes through a Pass state as it was written.</summary>
    private static readonly string[] Kept =
    [
        "1e400", "-1e400", "1E-400", "-0", "-0.0", "0.10", "1.0E+2", new('9', 400), $"0.{new string('3', 400)}", $"1e{new string('9', 100)}",
        "\"\\uD800\"", "\"\\uDC00x\"", "\"\\u0000\"", "\"😀\"", "{\"\\uD800\":1}", "{\"\":{\"\":1}}", "[[],{},\"\",null]",
    ];

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        new("An input that is no JSON is refused, and so is one nested 200,000 deep", async run =>
        {
            var machine = await run.CreateAsync(Machines.Pass);
            foreach (var input in NoJson)
                await run.RefusedAsync("StartExecution", new { stateMachineArn = machine, input }, "InvalidExecutionInput");
            foreach (var input in (string[])[new('[', Texts.Deep), Texts.Nested(40_000, objects: true, closed: true)])
                await run.RefusedAsync("StartExecution", new { stateMachineArn = machine, input }, "InvalidExecutionInput");
            await run.RefusedAsync("StartExecution", new { stateMachineArn = machine, input = Texts.Nested(Texts.Deep, objects: true, closed: true) }, "ValidationException");
        }),
        new("An input of 262,144 bytes in text of two bytes a character is taken, and one byte more is refused", async run =>
        {
            var machine = await run.CreateAsync(Machines.Pass);
            foreach (var bytes in (int[])[Texts.PayloadBytes - 1, Texts.PayloadBytes])
            {
                var end = await run.EndsAsync(machine, Texts.OfBytes(bytes), "SUCCEEDED");
                BadInputRun.Hold((string?)end["output"] == Texts.OfBytes(bytes), "the output is another");
            }

            await run.RefusedAsync(
                "StartExecution", new { stateMachineArn = machine, input = Texts.OfBytes(Texts.PayloadBytes + 1) }, "InvalidExecutionInput", "ValidationException");
        }),
        new("Numbers and texts that many parsers spoil go through as they were written", async run =>
        {
            var machine = await run.CreateAsync(Machines.Pass);
            foreach (var input in Kept)
            {
                var end = await run.EndsAsync(machine, input, "SUCCEEDED");
                BadInputRun.Hold((string?)end["output"] == input, $"{input} became {BadInputRun.Short((string?)end["output"])}");
                var history = await run.Server.Api.HistoryAsync((string)end["executionArn"]!);
                BadInputRun.Hold((string?)history[0]["executionStartedEventDetails"]!["input"] == input, "the history tells another input");
            }
        }),
        new("A key that stands twice in an input keeps its last value", async run =>
        {
            // A state that touches nothing lets the text through as it was written.
            const string machine = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Parameters\":{\"all.$\":\"$\"},\"End\":true}}}";
            var end = await run.EndsAsync(await run.CreateAsync(machine), "{\"a\":1,\"b\":2,\"a\":3}", "SUCCEEDED");
            BadInputRun.Hold((string?)end["output"] == "{\"all\":{\"a\":3,\"b\":2}}", $"the output is {end["output"]}");
        }),
        new("Numbers that no computer holds are compared, and a wait refuses them", async run =>
        {
            var choice = await run.CreateAsync("""
                {"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$","NumericGreaterThan":1e300,"Next":"B"}],"Default":"C"},
                "B":{"Type":"Pass","Result":"more","End":true},"C":{"Type":"Pass","Result":"less","End":true}}}
                """);
            foreach (var (input, output) in ((string, string)[])[("1e400", "\"more\""), (new('9', 400), "\"more\""), ("-1e400", "\"less\""), ("1e-999999999999", "\"less\""), ("1e999999999999", "\"more\"")])
            {
                var end = await run.EndsAsync(choice, input, "SUCCEEDED");
                BadInputRun.Hold((string?)end["output"] == output, $"{BadInputRun.Short(input)} is {end["output"]}");
            }

            var wait = await run.CreateAsync("""{"StartAt":"A","States":{"A":{"Type":"Wait","SecondsPath":"$","End":true}}}""");
            foreach (var input in (string[])["1e400", "-1", "1.5", new('9', 400), "\"x\"", "9223372036854775807", "\"\\u0000\""])
                await run.EndsAsync(wait, input, "FAILED", "States.Runtime");
            await run.EndsAsync(wait, "-0", "SUCCEEDED");
        }),
        new("A state that doubles its input again and again ends where its output is too large", async run =>
        {
            var states = string.Join(',', Enumerable.Range(0, 60).Select(i => JsonSerializer.Serialize($"S{i}")
                + ":{\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$\",\"b.$\":\"$\"}," + (i == 59 ? "\"End\":true" : $"\"Next\":\"S{i + 1}\"") + "}"));
            await run.EndsAsync(await run.CreateAsync($"{{\"StartAt\":\"S0\",\"States\":{{{states}}}}}"), "\"x\"", "FAILED", "States.DataLimitExceeded");
        }),
        new("A path over all that is nested deep ends with a cause of bounded length", async run =>
        {
            var machine = await run.CreateAsync("""
                {"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"$..*","Parameters":{"p.$":"$.no"},"End":true}}}
                """);
            var input = $"{new string('[', 900)}\"{new string('x', 200_000)}\"{new string(']', 900)}";
            var end = await run.EndsAsync(machine, input, "FAILED", "States.Runtime");
            BadInputRun.Hold(((string)end["cause"]!).Length == 32_768, "the cause has another length");
        }),
    ];
}
