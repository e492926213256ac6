namespace Cluster.Testing.BadInput;

/// <summary>Names with what names may not have.</summary>
internal static class NameCases
{
    private static readonly string[] Forbidden =
    [
        .. "<>{}[]?*\"#%\\^|~`$&,;:/ \u00a0\u2003\u3000\u2028\ufffe\uffff".Select(c => c.ToString()),
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(c => ((char)c).ToString()),
        "😀",
    ];

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        new("A machine's name with a forbidden character is refused", async run =>
        {
            foreach (var c in Forbidden)
                await run.RefusedAsync("CreateStateMachine", new { name = $"a{c}b", definition = Machines.Pass, roleArn = ApiClient.Role }, "InvalidName");
        }),
        new("An execution's name with a forbidden character is refused", async run =>
        {
            var machine = await run.CreateAsync(Machines.Pass);
            foreach (var c in Forbidden)
                await run.RefusedAsync("StartExecution", new { stateMachineArn = machine, name = $"a{c}b", input = "{}" }, "InvalidName");
        }),
        new("Names of no and of 81 characters are refused and one of 80 is taken", async run =>
        {
            var machine = await run.CreateAsync(Machines.Pass);
            foreach (var name in (string[])["", new('n', 81), new('é', 81), new('n', 1_000_000)])
            {
                await run.RefusedAsync("CreateStateMachine", new { name, definition = Machines.Pass, roleArn = ApiClient.Role }, "ValidationException", "InvalidName");
                await run.RefusedAsync("StartExecution", new { stateMachineArn = machine, name, input = "{}" }, "ValidationException", "InvalidName");
            }

            BadInputRun.Hold((await run.CallAsync("StartExecution", new { stateMachineArn = machine, name = new string('é', 80) })).Succeeded, "80 were refused");
        }),
        new("A name with half of a surrogate pair is refused", async run =>
        {
            var answer = await run.SendAsync("CreateStateMachine", "{\"name\":\"a\\ud800b\",\"definition\":\"{}\",\"roleArn\":\"arn:aws:iam::111111111111:role/any\"}"u8.ToArray());
            BadInputRun.Hold(answer.Status == 400, $"answered with {answer.Status}");
        }),
        new("ARNs that are none are refused", async run =>
        {
            foreach (var arn in (string[])["x", "arn:aws:states", "arn:aws:states:us-east-1:123456789012:stateMachine:", "arn:aws:states:us-east-1:123456789012:stateMachine:a/b", new string(':', 200), new string('a', 300), "arn:\u0000"])
            {
                await run.RefusedAsync("StartExecution", new { stateMachineArn = arn, input = "{}" }, "InvalidArn", "ValidationException", "StateMachineDoesNotExist");
                await run.RefusedAsync("DescribeExecution", new { executionArn = arn }, "InvalidArn", "ValidationException", "ExecutionDoesNotExist");
            }
        }),
        new("Page tokens that are none are refused", async run =>
        {
            foreach (var nextToken in (string[])["x", "AAAA", new string('A', 1024), new string('=', 8), "\u0000"])
                await run.RefusedAsync("ListStateMachines", new { nextToken }, "InvalidToken", "ValidationException");
        }),
    ];
}
