using System.Text;
using System.Text.Json;

namespace Cluster.Testing.BadInput;

/// <summary>Functions that misbehave.</summary>
internal static class FunctionCases
{
    private const string OneSecond = "\"TimeoutSeconds\":1,";

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        Fails("A function that hangs is given up when its time is over", HostileFunctions.Hang, "States.Timeout", OneSecond),
        Fails("A function that drips is given up when its time is over", HostileFunctions.Drip, "States.Timeout", OneSecond),
        Fails("A function that announces 10 GB is not waited for", HostileFunctions.Lie, "States.DataLimitExceeded"),
        Fails("A function that answers 10 GB is read no further than a payload may be long", HostileFunctions.Flood, "States.DataLimitExceeded"),
        Fails("A function that fails with 10 GB is read no further", HostileFunctions.FloodOfErrors, error: null),
        Fails("A function that answers with a megabyte of headers fails", HostileFunctions.Headers, error: null),
        Fails("A function that breaks off fails", HostileFunctions.BreakOff, "Lambda.SdkClientException"),
        Fails("A function that nobody serves fails", HostileFunctions.Refuse, "Lambda.SdkClientException"),
        Fails("A function that does not exist fails", "nobody", "Lambda.ResourceNotFoundException"),
        new("Three hundred functions that hang hold nobody up", async run =>
        {
            var machine = await run.CreateAsync(Machines.Call(HostileFunctions.Hang, OneSecond));
            var started = new List<string>();
            for (var i = 0; i < 300; i++)
                started.Add(await run.StartAsync(machine));
            foreach (var execution in started)
                BadInputRun.Hold((string?)(await BadInputRun.EndAsync(run.Server.Api, execution))["status"] == "FAILED", "a call that hung did not fail");
        }),
        new("An answer nested 200,000 deep fails the call", async run =>
        {
            var machine = await run.CreateAsync(Machines.Call(HostileFunctions.Say));
            foreach (var part in (string[])["[", "{\"a\":", "[{\"a\":"])
                await run.EndsAsync(machine, $"{{\"repeat\":{JsonSerializer.Serialize(part)},\"times\":{Texts.Deep}}}", "FAILED");
            foreach (var objects in (bool[])[false, true])
                await SaysAsync(run, Encoding.UTF8.GetBytes(Texts.Nested(20_000, objects, closed: true)), "FAILED");
        }),
        new("An answer that is no JSON fails the call", async run =>
        {
            foreach (var text in (string[])["", "{", "no json", "{} {}", "NaN", "\u0000", "'x'"])
                await SaysAsync(run, Encoding.UTF8.GetBytes(text), "FAILED");
            await SaysAsync(run, [0xff, 0xfe, 0x00], "FAILED");
            await SaysAsync(run, [(byte)'"', 0xed, 0xa0, 0x80, (byte)'"'], "FAILED");
        }),
        new("An answer of 262,144 bytes in text of two bytes a character is taken, and one byte more is too large", async run =>
        {
            var machine = await run.CreateAsync(Machines.Call(HostileFunctions.Say));
            foreach (var bytes in (int[])[Texts.PayloadBytes - 1, Texts.PayloadBytes])
            {
                var end = await run.EndsAsync(machine, $"{{\"bytes\":{bytes}}}", "SUCCEEDED");
                BadInputRun.Hold((string?)end["output"] == Texts.OfBytes(bytes), "the output is another");
            }

            await run.EndsAsync(machine, $"{{\"bytes\":{Texts.PayloadBytes + 1}}}", "FAILED", "States.DataLimitExceeded");
        }),
        new("Numbers and texts in an answer that many parsers spoil go through as they were written", async run =>
        {
            // What no state touches is not read either, so a key that stands twice stays.
            foreach (var text in (string[])["1e400", "-0", new('9', 400), "\"\\uD800\"", "\"\\u0000\"", "{\"\\uDC00\":[1.0]}", "{\"a\":1,\"a\":2}"])
                await SaysAsync(run, Encoding.UTF8.GetBytes(text), "SUCCEEDED", text);
        }),
        new("Errors of functions with everything that texts can hold are recorded", async run =>
        {
            foreach (var text in (string[])
                [
                    "{\"errorType\":\"\\ud800\",\"errorMessage\":\"\\udc00\\u0000\"}", "{\"errorType\":\"" + new string('e', 50_000) + "\"}",
                    "{\"errorType\":1,\"errorMessage\":[]}", "{\"errorType\":null}", "[]", "", "{", new string('[', 50_000),
                ])
            {
                var end = await run.EndsAsync(
                    await run.CreateAsync(Machines.Call(HostileFunctions.Say)), $"{{\"fails\":true,\"hex\":\"{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}\"}}", "FAILED");
                BadInputRun.Hold((string?)end["error"] is { Length: <= 256 }, $"the error is {BadInputRun.Short((string?)end["error"])}");
            }
        }),
    ];

    private static BadInputCase Fails(string name, string function, string? error, string fields = "") => new(
        name, async run => await run.EndsAsync(await run.CreateAsync(Machines.Call(function, fields)), "{}", "FAILED", error));

    private static async Task SaysAsync(BadInputRun run, byte[] answer, string status, string? output = null)
    {
        var end = await run.EndsAsync(
            await run.CreateAsync(Machines.Call(HostileFunctions.Say)), $"{{\"hex\":\"{Convert.ToHexString(answer)}\"}}", status);
        BadInputRun.Hold(output is null || (string?)end["output"] == output, $"{output} became {BadInputRun.Short((string?)end["output"])}");
    }
}
