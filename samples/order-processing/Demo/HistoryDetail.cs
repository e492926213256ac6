using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderProcessing.Demo;

/// <summary>The words about an event that a person would pick.</summary>
internal static class HistoryDetail
{
    public static string Of(string kind, JsonNode details) => kind switch
    {
        "ExecutionStarted" => Order(details["input"]),
        "LambdaFunctionScheduled" => Function(details["resource"]!.ToString()),
        "TaskScheduled" => Function(Parsed(details["parameters"])?["FunctionName"]?.ToString() ?? details["resource"]!.ToString()),
        "LambdaFunctionSucceeded" => Short(Parsed(details["output"])),
        "TaskSucceeded" => Short(Parsed(details["output"])?["Payload"] ?? Parsed(details["output"])),
        "ExecutionSucceeded" => Parsed(details["output"])?["notice"]?["subject"]?.ToString() ?? Short(Parsed(details["output"])),
        _ when details["error"] is { } error => $"{error}: {Cause(details["cause"])}",
        _ => "",
    };

    private static string Order(JsonNode? input)
    {
        var order = Parsed(input);
        var items = order?["items"]?.AsArray().Select(static i => $"{i?["quantity"]} × {i?["sku"]}") ?? [];
        return $"{order?["customer"]?["name"]} orders {string.Join(", ", items)}";
    }

    /// <summary>A function's cause is the JSON of its error, of which the message is meant for people.</summary>
    private static string Cause(JsonNode? cause) => Parsed(cause) is JsonObject error && error["errorMessage"] is { } message
        ? message.ToString()
        : cause?.ToString() ?? "";

    private static string Function(string arn) => arn[(arn.LastIndexOf(':') + 1)..];

    private static string Short(JsonNode? value) => value?.ToJsonString() ?? "";

    private static JsonNode? Parsed(JsonNode? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text.ToString());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
