using OrderProcessing.Functions;

// The functions of the order-processing sample, behind the Lambda Invoke API:
//   dotnet run --project samples/order-processing/Functions -- --urls http://127.0.0.1:9001
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (builder.Configuration["urls"] is null)
    builder.WebHost.UseUrls("http://127.0.0.1:9001");
var app = builder.Build();
var functions = new Dictionary<string, Function>(StringComparer.Ordinal)
{
    ["validate-order"] = ValidateOrder.Run,
    ["check-inventory"] = CheckInventory.Run,
    ["process-payment"] = new ProcessPayment().Run,
    ["ship-order"] = ShipOrder.Run,
    ["notify-customer"] = NotifyCustomer.Run,
};
app.MapPost("/2015-03-31/functions/{function}/invocations", context => InvokeApi.AnswerAsync(context, functions));
app.MapGet("/", () => "The sample functions: " + string.Join(", ", functions.Keys) + "\n");
app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"functions: {functions.Count} functions on {string.Join(", ", app.Urls)}"));
await app.RunAsync();
