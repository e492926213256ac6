using System.Text;

namespace Cluster.Testing.BadInput;

/// <summary>Request bodies.</summary>
internal static class BodyCases
{
    private const int MaxBodyBytes = 4 << 20;

    private static readonly string[] NoJson =
    [
        "", " ", "{", "[", "\"", "{\"name\":", "{\"name\":\"x\"", "{\"name\":\"x\"}}", "{name:1}", "{'name':1}", "{\"a\":1,}", "{\"a\" 1}", "nul", "not json",
        "{\"a\":01}", "{\"a\":1.}", "{\"a\":+1}", "{\"a\":NaN}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\n\"}", "/* c */ {}", "{} {}", "\u0000", "\ufeff{",
    ];

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        new("A body that is no JSON is refused", async run =>
        {
            foreach (var text in NoJson)
                await RefusedAsync(run, Encoding.UTF8.GetBytes(text), BadInputRun.Short(text));
        }),
        new("A body that is no object is refused", async run =>
        {
            foreach (var text in (string[])["[]", "1", "\"x\"", "null", "true"])
                await RefusedAsync(run, Encoding.UTF8.GetBytes(text), text);
        }),
        new("A body that is no UTF-8 is refused", async run =>
        {
            foreach (var hex in (string[])["FF", "7B2261223A22C328227D", "7B2261223A22EDA080227D", "7B2261223A22F0288CBC227D", "FFFE7B007D00"])
                await RefusedAsync(run, Convert.FromHexString(hex), hex);
        }),
        new("A body nested 200,000 deep is refused", async run =>
        {
            foreach (var objects in (bool[])[false, true])
            {
                foreach (var closed in (bool[])[false, true])
                    await RefusedAsync(run, Encoding.UTF8.GetBytes(Texts.Nested(Texts.Deep, objects, closed)), "deep");
            }

            var inside = $"{{\"stateMachineArn\":\"a\",\"unknown\":{Texts.Nested(Texts.Deep, objects: false, closed: true)}}}";
            await RefusedAsync(run, Encoding.UTF8.GetBytes(inside), "deep inside");
        }),
        new("A body of one byte more than 4 MiB is refused", async run =>
        {
            var answer = await run.SendAsync("StartExecution", new byte[MaxBodyBytes + 1]);
            BadInputRun.Hold(answer.Status == 413, $"answered with {answer.Status}");
        }),
        new("A body of 4 MiB of blanks, of digits or of brackets is refused", async run =>
        {
            foreach (var filling in " 1[{\"")
                await RefusedAsync(run, Encoding.UTF8.GetBytes(new string(filling, MaxBodyBytes)), filling.ToString());
        }),
        new("A key that stands twice in a body harms nobody", async run =>
        {
            var answer = await run.SendAsync("ListStateMachines", "{\"maxResults\":1,\"maxResults\":2}"u8.ToArray());
            BadInputRun.Hold(answer.Status is 200 or 400, $"answered with {answer.Status}");
        }),
        new("Fields of a wrong type are refused", async run =>
        {
            foreach (var value in (string[])["1", "true", "[]", "{}", "1e400", "-0", new string('9', 400)])
            {
                await RefusedAsync(run, Encoding.UTF8.GetBytes($"{{\"stateMachineArn\":{value}}}"), value);
                await RefusedAsync(run, Encoding.UTF8.GetBytes($"{{\"name\":\"x\",\"definition\":{value},\"roleArn\":\"r\"}}"), value, "CreateStateMachine");
            }

            foreach (var value in (string[])["\"1\"", "1e400", "1.5", "-1", "1001", new string('9', 400), "9223372036854775808"])
                await RefusedAsync(run, Encoding.UTF8.GetBytes($"{{\"maxResults\":{value}}}"), value, "ListStateMachines");
        }),
        new("An operation that does not exist is refused", async run =>
        {
            foreach (var operation in (string[])["", "Nothing", "startExecution", new string('x', 5_000), "StartExecution.StartExecution"])
                await RefusedAsync(run, "{}"u8.ToArray(), operation, operation);
        }),
    ];

    private static async Task RefusedAsync(BadInputRun run, byte[] body, string shown, string operation = "StartExecution")
    {
        var answer = await run.SendAsync(operation, body);
        BadInputRun.Hold(
            answer.Status is >= 400 and < 500 && answer.Text.Contains("__type", StringComparison.Ordinal),
            $"{shown} was answered with {answer.Status}: {BadInputRun.Short(answer.Text)}");
    }
}
