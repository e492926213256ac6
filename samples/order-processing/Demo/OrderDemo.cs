using System.Globalization;
using System.Text.Json.Nodes;

namespace OrderProcessing.Demo;

/// <summary>Creates or finds the state machine, runs three orders at once, and shows what happened.</summary>
internal sealed class OrderDemo(StepFunctionsApi api, Screen screen, TimeProvider time)
{
    private const string Machine = "order-processing";
    private const string Role = "arn:aws:iam::123456789012:role/order-processing";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private static readonly (string Order, string Expected, string About)[] Orders =
    [
        ("paid", "SUCCEEDED", "The gateway is away at first, a Retry gets through, the parcel leaves"),
        ("declined", "FAILED", "The bank declines the card, a Catch tells the customer"),
        ("out-of-stock", "SUCCEEDED", "A Choice finds the shelf empty, nothing is charged"),
    ];

    /// <summary>Runs the demo.</summary>
    /// <returns>0 when each order ended as it should.</returns>
    public async Task<int> RunAsync(Uri endpoint)
    {
        var machine = await FindOrCreateAsync();
        var stamp = time.GetLocalNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        var running = new List<(string Name, string Arn)>();
        foreach (var (order, _, _) in Orders)
            running.Add(await StartAsync(machine, order, stamp));

        var failures = 0;
        for (var i = 0; i < Orders.Length; i++)
        {
            var ended = await EndOfAsync(running[i].Arn);
            var history = await api.ListAsync("GetExecutionHistory", "events", new JsonObject { ["executionArn"] = running[i].Arn, ["maxResults"] = 1000 });
            var status = ended["status"]!.ToString();
            screen.Heading($"{running[i].Name}: {status}", Orders[i].About, good: status == "SUCCEEDED");
            HistoryTable.Write(screen, history);
            if (status != Orders[i].Expected)
            {
                screen.Line($"This order should have ended as {Orders[i].Expected}.");
                failures++;
            }
        }

        WhereNext(endpoint, machine, running[0].Arn);
        return failures == 0 ? 0 : 1;
    }

    private async Task<string> FindOrCreateAsync()
    {
        var definition = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "order-processing.asl.json"));
        var machines = await api.ListAsync("ListStateMachines", "stateMachines", []);
        if (machines.Find(static m => m["name"]!.ToString() == Machine) is not { } found)
        {
            var created = await api.CallAsync("CreateStateMachine", new JsonObject { ["name"] = Machine, ["definition"] = definition, ["roleArn"] = Role });
            screen.Line($"Created the state machine {Machine}.");
            return created["stateMachineArn"]!.ToString();
        }

        var arn = found["stateMachineArn"]!.ToString();
        var earlier = await api.ListAsync("ListExecutions", "executions", new JsonObject { ["stateMachineArn"] = arn, ["maxResults"] = 1000 });
        screen.Line($"Found the state machine {Machine} with {earlier.Count} executions from earlier runs.");
        var current = await api.CallAsync("DescribeStateMachine", new JsonObject { ["stateMachineArn"] = arn });
        if (current["definition"]!.ToString() != definition)
        {
            await api.CallAsync("UpdateStateMachine", new JsonObject { ["stateMachineArn"] = arn, ["definition"] = definition });
            screen.Line("Its definition has changed since; it is updated.");
        }

        return arn;
    }

    private async Task<(string Name, string Arn)> StartAsync(string machine, string order, string stamp)
    {
        var input = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "orders", $"{order}.json")))!;
        input["orderId"] = $"{input["orderId"]}-{stamp}";
        var name = $"{order}-{stamp}";
        var started = await api.CallAsync(
            "StartExecution", new JsonObject { ["stateMachineArn"] = machine, ["name"] = name, ["input"] = input.ToJsonString() });
        return (name, started["executionArn"]!.ToString());
    }

    private async Task<JsonNode> EndOfAsync(string arn)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var execution = await api.CallAsync("DescribeExecution", new JsonObject { ["executionArn"] = arn });
            if (execution["status"]!.ToString() != "RUNNING")
                return execution;
            if (time.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"{arn} is still running after {Patience.TotalSeconds:F0} s; are the sample functions there?");
            await Task.Delay(BetweenLooks, time);
        }
    }

    private void WhereNext(Uri endpoint, string machine, string execution)
    {
        var flag = $"--endpoint-url {endpoint.AbsoluteUri.TrimEnd('/')} --region us-east-1";
        screen.Heading("Where next", "Any AWS client works; without configured keys any key will do.", good: true);
        screen.Line("  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any");
        screen.Line($"  aws stepfunctions list-executions {flag} \\");
        screen.Line($"      --state-machine-arn {machine}");
        screen.Line($"  aws stepfunctions get-execution-history {flag} \\");
        screen.Line($"      --execution-arn {execution}");
        screen.Line($"  aws stepfunctions start-execution {flag} \\");
        screen.Line($"      --state-machine-arn {machine} --input file://samples/order-processing/orders/paid.json");
    }
}
