using System.Text.Json.Nodes;

namespace OrderProcessing.Functions;

/// <summary>Sends a mail; here it is printed.</summary>
internal static class NotifyCustomer
{
    public static JsonNode Run(JsonNode input)
    {
        Console.WriteLine($"functions: mail to {input["to"]}: {input["subject"]} (order {input["orderId"]})");
        return new JsonObject { ["messageId"] = $"mail-{input["orderId"]}" };
    }
}
