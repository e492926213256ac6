using OrderProcessing.Demo;

// Runs three orders on a server and prints their histories:
//   dotnet run --project samples/order-processing/Demo -- [http://127.0.0.1:8080]
var endpoint = new Uri(args.FirstOrDefault(static a => a.StartsWith("http", StringComparison.Ordinal)) ?? "http://127.0.0.1:8080");
using var api = new StepFunctionsApi(endpoint);
var demo = new OrderDemo(api, new Screen(Console.Out), TimeProvider.System);
try
{
    return await demo.RunAsync(endpoint);
}
catch (Exception e) when (e is HttpRequestException or StepFunctionsException or TimeoutException)
{
    await Console.Error.WriteLineAsync($"demo: {e.Message}");
    return 1;
}
