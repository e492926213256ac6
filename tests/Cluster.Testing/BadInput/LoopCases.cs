using System.Diagnostics;

namespace Cluster.Testing.BadInput;

/// <summary>Executions that never end by themselves.</summary>
internal static class LoopCases
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<BadInputCase> All { get; } =
    [
        new("An endless Choice loop ends with event 25,000", async run =>
        {
            var end = await run.EndsAsync(await run.CreateAsync(Machines.Loop), "{}", "FAILED", "States.Runtime");
            BadInputRun.Hold(
                (string?)end["cause"] == "The execution reached the maximum number of history events (25000).", $"the cause is {end["cause"]}");
            var last = (await run.CallAsync("GetExecutionHistory", new { executionArn = (string)end["executionArn"]!, reverseOrder = true, maxResults = 1 })).Ok["events"]![0]!;
            BadInputRun.Hold((long)last["id"]! == 25_000 && (long)last["previousEventId"]! == 24_999, last.ToJsonString());
        }),
        new("Five endless loops at once end too", async run =>
        {
            var machine = await run.CreateAsync(Machines.Loop);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => run.EndsAsync(machine, "{}", "FAILED", "States.Runtime")));
        }) { Within = TimeSpan.FromSeconds(5) },
    ];

    public static IReadOnlyList<BadInputCase> WithoutHistoryLimit { get; } =
    [
        new("A stop ends an endless loop within a second", run => StoppedAsync(run, Machines.Loop)) { Within = OneSecond },
        new("A TimeoutSeconds ends an endless loop within a second of its time", async run =>
        {
            var machine = await run.CreateAsync(Machines.LoopOfASecond);
            var execution = await run.StartAsync(machine);
            var clock = Stopwatch.StartNew();
            var end = await BadInputRun.EndAsync(run.Server.Api, execution);
            BadInputRun.Hold((string?)end["status"] == "TIMED_OUT", $"the loop ended as {end["status"]}");
            BadInputRun.Hold(clock.Elapsed < OneSecond * 2, $"it ended after {clock.Elapsed}");
            BadInputRun.Hold((double)end["stopDate"]! - (double)end["startDate"]! is > 0.999 and < 1.001, "the stop date is another");
        }),
        new("A loop that makes a large payload in each round leaves others in peace and is stopped within a second", run =>
            StoppedAsync(run, Machines.LoopOfLargePayloads)) { Within = OneSecond },
        new("A loop of waits for no time leaves others in peace and is stopped within a second", run => StoppedAsync(run, Machines.LoopOfWaits)) { Within = OneSecond },
        new("Three endless loops at once leave others in peace and are stopped within a second", async run =>
        {
            var machine = await run.CreateAsync(Machines.Loop);
            var executions = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => run.StartAsync(machine)));
            await Task.Delay(TimeSpan.FromSeconds(3));
            await run.TimeAsync(async () =>
            {
                await Task.WhenAll(executions.Select(executionArn => run.Server.Api.CallAsync("StopExecution", new { executionArn })));
                return await Task.WhenAll(executions.Select(executionArn => BadInputRun.EndAsync(run.Server.Api, executionArn)));
            });
        }) { Within = OneSecond },
    ];

    private static async Task StoppedAsync(BadInputRun run, string definition)
    {
        var execution = await run.StartAsync(await run.CreateAsync(definition));
        await Task.Delay(TimeSpan.FromSeconds(2));
        var end = await run.TimeAsync(async () =>
        {
            var answer = await run.Server.Api.CallAsync("StopExecution", new { executionArn = execution });
            BadInputRun.Hold(answer.Succeeded, $"the stop was answered with {answer.Status} {answer.Error}");
            return await BadInputRun.EndAsync(run.Server.Api, execution);
        });
        BadInputRun.Hold((string?)end["status"] == "ABORTED", $"the loop ended as {end["status"]}");
    }
}
